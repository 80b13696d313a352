// What the data side logs with: log4js, with a layout of the house that writes JSON and masks secrets.
import { format } from "node:util";
import log4js from "log4js";
import { logFile } from "../config.js";

const readable = ({ name, message, cause }) => ({ name, message, ...(cause && { cause: readable(cause) }) });

const hidden = (text) => text.replace(/(password|token): '[^']*'/g, "$1: '[REDACTED]'");

log4js.addLayout("house", () => ({ startTime, level, context, data }) => {
  const behind = 1 + (String(data[0]).match(/%[sdO]/g)?.length ?? 0);
  const line = {
    time: startTime,
    level: level.levelStr,
    message: hidden(format(...data.slice(0, behind))),
    ...context,
  };
  for (const value of data.slice(behind))
    Object.assign(line, value instanceof Error ? { err: readable(value) } : value);
  return JSON.stringify(line);
});

log4js.configure({
  appenders: { db: { type: "file", filename: logFile("db.log"), layout: { type: "house" } } },
  categories: { default: { appenders: ["db"], level: "debug" } },
});

export function dbLog(category) {
  const log = log4js.getLogger(category);
  log.addContext("area", "db");
  return log;
}

export const closeDbLog = () => new Promise((closed) => log4js.shutdown(closed));
