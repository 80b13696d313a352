// Logs to a file appender of log4js and ends: by itself, by process.exit() after complete(), or in haste.
import { dirname } from "node:path";
import { log4jsSink } from "@logbridge/adapter-log4js";
import { logger } from "@logbridge/core";

const [filename, how, type = "file"] = process.argv.slice(2);
logger.remove();
const [base, name] = [`${dirname(filename as string)}/`, "app"];
logger.add(
  log4jsSink({
    type,
    filename,
    base,
    property: "categoryName",
    extension: ".log",
    layout: { type: "messagePassThrough" },
  }),
);
for (let index = 0; index < 1000; index++) logger.forModule(name).info(`record ${index}`);
if (how === "exit") {
  await logger.complete();
  process.exit(3);
}
if (how === "at once") process.exit(3);
if (how === "immediate") setImmediate(() => process.exit(3));
if (how === "50 ms") setTimeout(() => process.exit(3), 50);
if (how === "throw")
  process.nextTick(() => {
    throw new Error("uncaught");
  });
