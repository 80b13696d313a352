"use strict";

// The audit trail: winston with levels of our own, printf text, and %-arguments.
const winston = require("winston");
const { logFile } = require("../settings.cjs");

const { colorize, combine, label, printf, splat, timestamp } = winston.format;

winston.addColors({ fatal: "bold red", error: "red", warn: "yellow", notice: "cyan", info: "green", trace: "gray" });

// After splat(), so that a key is masked wherever in the text it has landed.
const maskKeys = winston.format((info) => {
  info.message = String(info.message).replace(/key-[\w-]+/g, "key-***");
  return info;
});

const line = printf(({ timestamp: time, label: trail, level, message, component, queue, job, ...rest }) => {
  const path = [component, queue, job].filter(Boolean).join("/");
  const more = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : "";
  return `${time} ${trail} ${level} <${path}> ${message}${more}`;
});

const audit = winston.createLogger({
  levels: { fatal: 0, error: 1, warn: 2, notice: 3, info: 4, trace: 5 },
  level: "info",
  format: combine(splat(), maskKeys(), label({ label: "audit" }), timestamp({ format: "YYYY-MM-DD HH:mm:ss.SSS" })),
  transports: [
    new winston.transports.File({ filename: logFile("audit.log"), format: line }),
    new winston.transports.Console({
      level: "warn",
      stderrLevels: ["fatal", "error"],
      format: combine(colorize(), line),
    }),
  ],
});

exports.queueAudit = audit.child({ component: "queue" });

exports.closeAudit = () => {
  const files = audit.transports.map((transport) => new Promise((done) => transport.once("finish", done)));
  audit.end();
  return Promise.all(files);
};
