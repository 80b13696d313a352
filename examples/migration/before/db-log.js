// What the data side logs with: log4js, with a layout of the house that writes JSON and masks secrets.
import { format } from "node:util";
import log4js from "log4js";
import { logFile } from "../config.js";

const readable = ({ name, message, cause }) => ({ name, message, ...(cause && { cause: readable(cause) }) });

log4js.addLayout("house", () => ({ startTime, level, context, data }) => {
  const message = format(...data.filter((value) => !(value instanceof Error)));
  const err = data.find((value) => value instanceof Error);
  return JSON.stringify({
    time: startTime,
    level: level.levelStr,
    message: message.replace(/"(password|token)":"[^"]*"/g, '"$1":"[REDACTED]"'),
    ...context,
    ...(err && { err: readable(err) }),
  });
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
