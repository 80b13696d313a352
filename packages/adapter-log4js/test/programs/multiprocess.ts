// A process that writes what others send to it, and those others: ours, and one of log4js itself.
import { fromLog4jsConfig, log4jsSink } from "@logbridge/adapter-log4js";
import { logger } from "@logbridge/core";
import log4js from "log4js";

const [role, port, filename] = process.argv.slice(2) as [string, string, string];
const loggerPort = Number(port);
const LINES = { type: "pattern", pattern: "%p %c %m" };

if (role === "master") {
  const { notTaken, ...configuration } = fromLog4jsConfig({
    appenders: {
      file: { type: "file", filename, layout: LINES },
      server: { type: "multiprocess", mode: "master", appender: "file", loggerPort, loggerHost: "127.0.0.1" },
    },
    categories: { default: { appenders: ["server"], level: "info" } },
  });
  logger.configure(configuration);
  logger.forModule("here").info("of the master");
  // What arrives is written out again and again; those that send must not be cut off by it.
  const timer = setInterval(() => void logger.complete(), 20);
  process.stdin.resume().on("end", async () => {
    clearInterval(timer);
    const { dropped, pending } = await logger.complete();
    await logger.remove();
    process.exit(dropped + pending);
  });
  process.stdout.write(`ready ${notTaken.length}\n`);
} else if (role === "ours") {
  logger.remove();
  const sink = log4jsSink({ type: "multiprocess", mode: "worker", loggerPort, loggerHost: "127.0.0.1" });
  logger.add(sink);
  for (let index = 0; index < 100; index++) {
    logger.forModule("ours").warning(`record ${index}`);
    if (index % 25 === 0) await new Promise((done) => setTimeout(done, 30));
  }
  logger.forModule("ours").error("failed", new Error("boom", { cause: new Error("why") }));
  const { pending } = await logger.complete();
  process.exit(pending);
} else {
  log4js.configure({
    appenders: { out: { type: "multiprocess", mode: "worker", loggerPort, loggerHost: "127.0.0.1" } },
    categories: { default: { appenders: ["out"], level: "info" } },
  });
  for (let index = 0; index < 100; index++) log4js.getLogger("theirs").info("record %d", index);
  setTimeout(() => log4js.shutdown(() => process.exit(0)), 300);
}
