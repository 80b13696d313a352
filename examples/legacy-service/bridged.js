// The same service with logbridge beside it: nothing in ./service changes, and every output it has goes on as before.
import { join } from "node:path";
import { interceptLog4js } from "@logbridge/adapter-log4js";
import { interceptPino } from "@logbridge/adapter-pino";
import { interceptWinston } from "@logbridge/adapter-winston";
import { logger } from "@logbridge/core";
import { interceptConsole, interceptDebug } from "@logbridge/intercept-console";
import createDebug from "debug";
import log4js from "log4js";
import pino from "pino";
import winston from "winston";

const logs = process.env.LOG_DIR ?? "logs";
logger.remove();
logger.add(process.stderr, { colorize: true }); // for a person at the terminal
logger.add(join(logs, "unified.log"), { colorize: true }); // the same, to keep
logger.add(join(logs, "unified.jsonl"), { serialize: "flat" }); // the same, for machines

interceptWinston(winston);
interceptPino(pino);
interceptLog4js(log4js);
interceptConsole({ mode: "tee" });
interceptDebug(createDebug);

await import("./service/main.js");
