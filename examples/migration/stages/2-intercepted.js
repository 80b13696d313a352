// Stage 2: the same, and everything that is logged arrives in one more file. Nothing else changes.
import { interceptLog4js } from "@logbridge/adapter-log4js";
import { interceptPino } from "@logbridge/adapter-pino";
import { interceptWinston } from "@logbridge/adapter-winston";
import { logger } from "@logbridge/core";
import log4js from "log4js";
import pino from "pino";
import winston from "winston";
import { SECRETS } from "../after/log.js";
import { logFile } from "../config.js";

await logger.remove();
logger.add(logFile("unified.jsonl"), { serialize: "flat", redact: SECRETS });
interceptWinston(winston);
interceptPino(pino);
interceptLog4js(log4js);

await import("./1-untouched.js");
