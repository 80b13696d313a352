import { createWriteStream } from "node:fs";
import { basename, dirname } from "node:path";
import { winstonSink } from "@logbridge/adapter-winston";
import winston from "winston";
import DailyRotateFile from "winston-daily-rotate-file";

/** @type {Record<string, (file: string) => winston.transport>} */
const make = {
  Console: () => new winston.transports.Console(),
  File: (filename) => new winston.transports.File({ filename }),
  Stream: (file) => new winston.transports.Stream({ stream: createWriteStream(file, { flags: "a" }) }),
  "daily-rotate-file": (file) =>
    new DailyRotateFile({ dirname: dirname(file), filename: `${basename(file)}-%DATE%`, auditFile: `${file}.audit` }),
};

export const transports = Object.fromEntries(
  Object.entries(make).map(([name, transport]) => [
    name,
    {
      /** @param {string} file */
      native(file) {
        const logger = winston.createLogger({ transports: [transport(file)] });
        return {
          log: (/** @type {string} */ text) => void logger.info(text),
          // As its README says: the end of the logger, and its `finish`.
          flush: () => new Promise((resolve) => logger.once("finish", resolve).end()),
        };
      },
      /** @param {string} file */
      sink: (file) => winstonSink(transport(file)),
    },
  ]),
);
