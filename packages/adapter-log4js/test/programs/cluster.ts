// A cluster worker whose records go to the appenders of the primary, as log4js does it.
import cluster from "node:cluster";
import { propagateToLog4js } from "@logbridge/adapter-log4js";
import { logger } from "@logbridge/core";
import log4js from "log4js";

log4js.configure({
  appenders: {
    file: {
      type: "fileSync",
      filename: process.argv[2] as string,
      layout: { type: "pattern", pattern: "%p %c %d{yyyy} %m" },
    },
  },
  categories: { default: { appenders: ["file"], level: "all" } },
});

if (cluster.isPrimary) {
  cluster.fork();
} else {
  logger.remove();
  logger.add(propagateToLog4js(log4js));
  const old = logger.patch((record) => void (record.micros = Date.UTC(2020, 5, 6) * 1000));
  old.forModule("worker").success("from the worker", { big: 5n, tags: ["a"] });
  old.forModule("worker").error("failed", new Error("boom", { cause: new Error("why") }));
  cluster.worker?.disconnect();
}
