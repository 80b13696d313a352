import { log4jsSink } from "@logbridge/adapter-log4js";
import log4js from "log4js";

/** @type {Record<string, (file: string) => import("log4js").Appender>} */
const make = {
  file: (filename) => ({ type: "file", filename }),
  dateFile: (filename) => ({ type: "dateFile", filename }),
  fileSync: (filename) => ({ type: "fileSync", filename }),
  stdout: () => ({ type: "stdout", layout: { type: "basic" } }),
};

export const transports = Object.fromEntries(
  Object.entries(make).map(([name, appender]) => [
    name,
    {
      /** @param {string} file */
      native(file) {
        log4js.configure({
          appenders: { out: appender(file) },
          categories: { default: { appenders: ["out"], level: "info" } },
        });
        const logger = log4js.getLogger();
        return {
          log: (/** @type {string} */ text) => logger.info(text),
          flush: () => new Promise((resolve) => log4js.shutdown(resolve)),
        };
      },
      /** @param {string} file */
      sink: (file) => log4jsSink(appender(file)),
    },
  ]),
);
