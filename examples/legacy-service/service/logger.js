// The request log: winston. JSON to app.log, errors also to error.log, short lines to the console.
import { join } from "node:path";
import winston from "winston";
import { config } from "./config.js";

const { combine, errors, json, printf, timestamp } = winston.format;
const SECRETS = new Set(["password", "token", "authorization"]);

const masked = (value) =>
  Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (SECRETS.has(key)) return [key, "[REDACTED]"];
      return [key, item !== null && typeof item === "object" && !Array.isArray(item) ? masked(item) : item];
    }),
  );

/** Customers' secrets never reach a disk. */
const redact = winston.format((info) => {
  for (const key of Object.keys(info)) {
    if (SECRETS.has(key)) info[key] = "[REDACTED]";
    else if (info[key] !== null && typeof info[key] === "object" && info[key].constructor === Object)
      info[key] = masked(info[key]);
  }
  if (typeof info.message === "string") info.message = info.message.replace(/token=\S+/g, "token=[REDACTED]");
  return info;
});

/** The load balancer asks every second: its lines are dropped. */
const withoutProbes = winston.format((info) => (info.probe ? false : info));

/** The log shipper finds gaps by this number. */
let lines = 0;
const numbered = winston.format((info) => {
  lines += 1;
  info.line = lines;
  return info;
});

export const logger = winston.createLogger({
  level: config.logLevel,
  defaultMeta: { service: "shop" },
  format: combine(withoutProbes(), errors({ stack: true }), redact(), timestamp(), numbered(), json()),
  transports: [
    new winston.transports.File({ filename: join(config.logDir, "app.log") }),
    new winston.transports.File({ filename: join(config.logDir, "error.log"), level: "error" }),
    new winston.transports.Console({
      format: printf((info) => {
        const text = typeof info.message === "string" ? info.message : JSON.stringify(info.message);
        return `${info.timestamp} ${info.level.toUpperCase()} ${info.requestId ?? "-"} ${text}`;
      }),
    }),
  ],
});

/** Resolves when all transports have written what they were given. */
export function closeLogger() {
  const files = logger.transports.map((transport) => new Promise((done) => transport.once("finish", done)));
  logger.end();
  return Promise.all(files);
}
