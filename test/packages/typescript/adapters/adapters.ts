import { interceptLog4js, log4jsSink, propagateToLog4js } from "@logbridge/adapter-log4js";
import { interceptPino, pinoSink, propagateToPino } from "@logbridge/adapter-pino";
import { interceptWinston, propagateToWinston, winstonSinks } from "@logbridge/adapter-winston";
import { createLogger, type Interception, type Sink } from "@logbridge/core";
import { asConsole, interceptConsole, interceptDebug } from "@logbridge/intercept-console";

declare const winston: typeof import("winston");
declare const pino: typeof import("pino");
declare const log4js: typeof import("log4js");
declare const createDebug: typeof import("debug");

const logger = createLogger();
const theirs = winston.createLogger();
export const sinks: readonly Sink[] = [
  propagateToWinston(theirs),
  propagateToPino(pino()),
  propagateToLog4js(log4js.getLogger("app")),
  pinoSink(pino.destination(1)),
  log4jsSink((event) => void event),
  log4jsSink({ type: "stdout" }),
  ...winstonSinks(theirs),
];
export const interceptions: readonly Interception[] = [
  interceptWinston(winston, { logger }),
  interceptWinston(theirs, { mode: "replace" }),
  interceptPino(pino),
  interceptPino(pino(), { level: "DEBUG" }),
  interceptLog4js(log4js),
  interceptConsole({ mode: "tee" }),
  interceptDebug(createDebug),
];
export const facade: Pick<Console, "log" | "error"> = asConsole(logger);

// Where the types are not found, everything is any, and these are no errors any more.
// @ts-expect-error there is no such mode
interceptPino(pino, { mode: "both" });
// @ts-expect-error a name is no module
interceptLog4js("log4js");
// @ts-expect-error there is no such option
interceptConsole({ modus: "tee" });
