// Compiled with the types of each version of log4js that is tested.
import {
  asLog4js,
  interceptLog4js,
  type Log4jsLogger,
  type Log4jsModule,
  log4jsSink,
  log4jsSinks,
  propagateToLog4js,
} from "@logbridge/adapter-log4js";
import { createLogger } from "@logbridge/core";
import log4js from "log4js";

/** A type that could not be resolved is `any`, and fits everything. */
type Known<Type> = 0 extends Type & 1 ? never : Type;

const logger = createLogger();
const legacy: Known<log4js.Logger> = log4js.getLogger("orders");
const appender: Known<log4js.FileAppender> = { type: "file", filename: "app.log" };

logger.add(log4jsSink(appender, { log4js }));
for (const sink of log4jsSinks(legacy)) logger.add(sink);
logger.add(propagateToLog4js(legacy));
interceptLog4js(log4js, { mode: "replace" }).restore();
interceptLog4js(legacy).restore();
logger.add({ type: "file", filename: "app.log" });
logger.add(log4jsSink((event) => console.log(event.categoryName satisfies Known<string>)));
logger.add(log4jsSink((event: Known<log4js.LoggingEvent>) => console.log(event.data)));

export const theirs: Known<log4js.Logger> = asLog4js(logger, "orders");
export const kept: readonly [Known<Log4jsLogger>, Known<Log4jsModule>] = [legacy, log4js];
