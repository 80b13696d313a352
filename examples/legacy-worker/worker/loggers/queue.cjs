"use strict";

// The queue's log: log4js, a file for each month, warnings in a second file, some categories on the console too.
const log4js = require("log4js");
const { logFile } = require("../settings.cjs");

const pattern = { type: "pattern", pattern: "%d{ISO8601} [%p] %c{1} <%X{job}> %m" };

log4js.configure({
  levels: { NOTICE: { value: 25000, colour: "cyan" } },
  appenders: {
    monthly: { type: "dateFile", filename: logFile("queue.log"), pattern: "yyyy-MM", layout: pattern },
    warnings: { type: "file", filename: logFile("warnings.log"), layout: { type: "messagePassThrough" } },
    onlyWarnings: { type: "logLevelFilter", appender: "warnings", level: "warn" },
    console: { type: "console", layout: { type: "pattern", pattern: "%[%p%] %c - %m" } },
  },
  categories: {
    default: { appenders: ["monthly", "onlyWarnings"], level: "info" },
    "queue.retry": { appenders: ["monthly", "onlyWarnings", "console"], level: "debug" },
    "queue.silent": { appenders: ["monthly"], level: "off" },
  },
});

exports.getLogger = log4js.getLogger;
exports.closeQueueLog = () => new Promise((done) => log4js.shutdown(done));
