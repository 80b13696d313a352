import { inspect, isLogger, LogbridgeError, LogbridgeTypeError, type Logger } from "@logbridge/core";
import log4js, { type Log4js, type LoggingEvent, type Logger as TheirLogger } from "log4js";
import { CategoryLogger, defineLevelMethods, defineMethod } from "./facade/category-logger.ts";
import { Scope } from "./facade/scope.ts";
import type { Log4jsLevel } from "./levels.ts";

/** What appenders of the type "recording" have taken in this process. */
export interface Log4jsRecording {
  configure(): (event: LoggingEvent) => void;
  replay(): LoggingEvent[];
  playback(): LoggingEvent[];
  reset(): void;
  erase(): void;
}

/** A logger of log4js, and the module that `getLogger()` is asked of, for code that is given either. */
export type Log4jsFacade = TheirLogger &
  Log4js & {
    /** The events of appenders of the type "recording". */
    recording(): Log4jsRecording;
    /** Is the caller of this category's calls looked for, where a handler wants it? Default `true`. */
    useCallStack: boolean;
    readonly context: Readonly<Record<string, unknown>>;
  };

let isDefined = false;

/** At the first facade: whoever uses another direction alone pays nothing for it. */
function defineMethods(): void {
  if (isDefined) return;
  isDefined = true;
  defineMethod("log", (voice) => {
    const log = (level: unknown, ...data: unknown[]): void => voice.log(level, data, log);
    return log;
  });
  defineMethod("_log", (voice) => {
    const log = (level: unknown, data: unknown): void =>
      voice.deliver(
        voice.scope.levelOf(level) ?? (voice.scope.levelOf("INFO") as Log4jsLevel),
        Array.isArray(data) ? data : [data],
        log,
      );
    return log;
  });
  defineMethod("isLevelEnabled", (voice) => (level: unknown) => voice.isEnabled(level));
  defineMethod("addContext", (voice) => (key: string, value: unknown) => {
    // Not by assignment: `__proto__` is a name like any other.
    Object.defineProperty(voice.context, key, { value, writable: true, enumerable: true, configurable: true });
  });
  defineMethod("removeContext", (voice) => (key: string) => {
    delete voice.context[key];
  });
  defineMethod("clearContext", (voice) => () => {
    voice.context = {};
  });
  defineMethod("setParseCallStackFunction", (voice) => (parse: unknown) => voice.parseBy(parse));
  defineModule();
}

/** What the module log4js has. */
function defineModule(): void {
  defineMethod("getLogger", (voice) => (category?: string) => {
    // As in log4js: who asks for no category gets the one that is called "default".
    return new CategoryLogger(voice.scope, category || voice.scope.logger._core.name || "default");
  });
  defineMethod("configure", () => () => {
    throw new LogbridgeError(
      "LB1583",
      "configure(): what is logged to this facade of log4js goes to logbridge, whose handlers are configured there: logger.configure(fromLog4jsConfig(configuration)); take out this call",
    );
  });
  defineMethod("isConfigured", () => () => true);
  defineMethod("shutdown", (voice) => (done: unknown = () => {}) => {
    if (typeof done !== "function")
      throw new LogbridgeTypeError("LB1584", `shutdown(): expected a callback, got ${inspect(done)}`);
    voice.scope.logger.complete().then(({ pending }) => {
      const late = `shutdown(): ${pending} records are still on their way`;
      done(pending > 0 ? new LogbridgeError("LB1585", late) : undefined);
    }, done as never);
  });
  defineMethod("addLayout", () => log4js.addLayout);
  defineMethod("connectLogger", () => log4js.connectLogger);
  defineMethod("recording", () => log4js.recording);
  Object.defineProperty(CategoryLogger.prototype, "levels", { get: () => log4js.levels, configurable: true });
}

/**
 * A logger as one of log4js, for code that demands one: `log4js.connectLogger(asLog4js(logger))`, koa-log4, or a file that is not
 * rewritten yet. It is the module too: `asLog4js(logger).getLogger("orders")`.
 *
 * Texts are filled as log4js does (`%s`), an error among the values is the exception, plain objects and what `addContext` has are in
 * `extra`, the category is the record's name. `level` limits a category of this facade further than the handlers do. `shutdown`
 * calls back when the handlers have delivered, and ends none. Every method works detached.
 *
 * @param category the record's name; default: the logger's own name, else `default`
 * @throws LogbridgeTypeError LB1586 where it is no logger, or the category no text
 * @example
 * app.use(log4js.connectLogger(asLog4js(logger, "http"), { level: "auto" }));
 */
export function asLog4js(logger: Logger, category?: string): Log4jsFacade {
  if (!isLogger(logger))
    throw new LogbridgeTypeError(
      "LB1586",
      `asLog4js(): expected a logger, as logger or createLogger() of @logbridge/core, got ${inspect(logger)}`,
    );
  if (category !== undefined && typeof category !== "string")
    throw new LogbridgeTypeError("LB1586", `asLog4js(): the category must be a text, got ${inspect(category)}`);
  const scope = new Scope(logger);
  defineMethods();
  defineLevelMethods(scope.copy.levels);
  return new CategoryLogger(scope, category) as unknown as Log4jsFacade;
}
