// From stage 3 on: the libraries write nothing themselves any more. Their outputs are sinks of ours, and get what they got before.
import { interceptLog4js, log4jsSinks } from "@logbridge/adapter-log4js";
import { interceptPino, pinoSinks } from "@logbridge/adapter-pino";
import { interceptWinston, winstonSinks } from "@logbridge/adapter-winston";
import { logger } from "@logbridge/core";
import log4js from "log4js";
import pino from "pino";
import winston from "winston";
import { only, SECRETS } from "../after/log.js";
import { closeDbLog } from "../before/db-log.js";
import { closeHttpLog, httpLog } from "../before/http-log.js";
import { closeJobsLog, jobsLog } from "../before/jobs-log.js";
import { logFile } from "../config.js";

await logger.remove();
logger.add(logFile("unified.jsonl"), { serialize: "flat", redact: SECRETS });
for (const sink of winstonSinks(httpLog)) logger.add(sink, { filter: only("http"), redact: SECRETS });
for (const sink of pinoSinks(jobsLog)) logger.add(sink, { filter: only("jobs"), redact: SECRETS });
for (const sink of log4jsSinks(log4js.getLogger())) logger.add(sink, { filter: only("db"), redact: SECRETS });
interceptWinston(winston, { mode: "replace" });
interceptPino(pino, { mode: "replace" });
interceptLog4js(log4js, { mode: "replace" });

export async function closeLogs() {
  await logger.remove();
  await Promise.all([closeHttpLog(), closeJobsLog(), closeDbLog()]);
}
