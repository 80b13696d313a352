// What the HTTP side logs with: winston. One JSON line each, secrets masked, errors written out.
import winston from "winston";
import { logFile } from "../config.js";

const SECRETS = new Set(["password", "token"]);

const masked = (value) =>
  Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (SECRETS.has(key)) return [key, "[REDACTED]"];
      return [key, item?.constructor === Object ? masked(item) : item];
    }),
  );

const withoutSecrets = winston.format((info) => Object.assign(info, masked(info)));

const readable = ({ name, message, cause }) => ({ name, message, ...(cause && { cause: readable(cause) }) });

const withErrors = winston.format((info) => {
  if (info.err instanceof Error) info.err = readable(info.err);
  return info;
});

export const httpLog = winston.createLogger({
  level: "debug",
  defaultMeta: { area: "http" },
  format: winston.format.combine(withErrors(), withoutSecrets(), winston.format.timestamp(), winston.format.json()),
  transports: [new winston.transports.File({ filename: logFile("http.log") })],
});

export const closeHttpLog = () =>
  new Promise((closed) => httpLog.transports[0].once("finish", closed) && httpLog.end());
