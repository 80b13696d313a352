import { LogbridgeTypeError } from "@logbridge/core";
import type { LoggingEvent } from "log4js";
import { isLog4js } from "../propagate.ts";

/** Takes an event. */
// As a method, whose parameter may be annotated with the type of another version.
type Append = { append(event: LoggingEvent): unknown }["append"];

/** An appender: what a module's `configure` gives. */
export interface Log4jsAppender extends Append {
  shutdown?(callback: (error?: Error) => void): unknown;
}

/** An appender's module: built in, from npm, or of one's own. */
export interface Log4jsAppenderModule {
  configure(...parts: never[]): unknown;
}

/** An appender as `log4js.configure` takes it. */
export type Log4jsAppenderConfig =
  | { readonly type: string | Log4jsAppenderModule }
  | { readonly type: string | Log4jsAppenderModule; readonly [option: string]: unknown };

/** Everything that can be an appender. */
export type Log4jsAppenderSource = Log4jsAppender | Log4jsAppenderConfig | Log4jsAppenderModule;

/** An appender's configuration, whose options are read. */
export interface ReadableConfig {
  readonly type: string | Log4jsAppenderModule;
  readonly [option: string]: unknown;
}

const EXPECTED =
  'an appender function, an appender configuration such as { type: "file", filename: "app.log" }, an appender module { configure }, or a promise of one';

/** True for an appender's module. */
export function isAppenderModule(value: unknown): value is Log4jsAppenderModule {
  return typeof (value as { configure?: unknown } | null | undefined)?.configure === "function" && !isLog4js(value);
}

/** True for an appender configuration and for an appender that must be shut down: other functions are sinks as they are. */
export function isLog4jsAppender(value: unknown): value is Log4jsAppender | Log4jsAppenderConfig {
  const own = (key: string): unknown => Object.getOwnPropertyDescriptor(value, key)?.value as unknown;
  if (typeof value === "function") return typeof own("shutdown") === "function";
  if (typeof value !== "object" || value === null || own("write") !== undefined) return false;
  const type = own("type");
  return Object.getPrototypeOf(value) === Object.prototype && (typeof type === "string" || isAppenderModule(type));
}

/**
 * The configuration that an appender is to be made from, `null` for one that is made already.
 *
 * @param caller where the source was given, for the error
 * @throws LogbridgeTypeError LB1530 for what is no appender
 */
export function configOf(source: Log4jsAppenderSource, caller: string): ReadableConfig | null {
  if (typeof source === "function") return null;
  if (isAppenderModule(source)) return { type: source };
  const type: unknown = (source as { type?: unknown } | null | undefined)?.type;
  if (typeof type === "string" || isAppenderModule(type)) return source as ReadableConfig;
  throw new LogbridgeTypeError("LB1530", `${caller}: expected ${EXPECTED}, got ${mistake(source)}`);
}

/** What was given instead, and what it needs. */
function mistake(value: unknown): string {
  if (value === null) return "null";
  if (isLog4js(value)) return "the module log4js itself; for that there is propagateToLog4js(log4js)";
  if (typeof value === "string") {
    const text = JSON.stringify(value);
    return `the text ${text}; for an appender of that type give { type: ${text}, … }`;
  }
  if (typeof value !== "object") return typeof value;
  const has = (key: string): boolean => typeof (value as Record<string, unknown>)[key] === "function";
  if (has("addContext") && has("_log"))
    return "a log4js logger; for that there is propagateToLog4js(logger), and log4jsSinks(logger) for its appenders";
  if (has("write")) return "a stream, which logger.add() takes as it is";
  if ("appenders" in value && "categories" in value)
    return "a whole configuration; for that there is fromLog4jsConfig(configuration)";
  if (typeof (value as { default?: unknown }).default === "function" || has("appender"))
    return "a module without configure(); give { configure: (config, layouts) => appender }";
  const keys = Object.keys(value).slice(0, 5).join(", ");
  return keys === "" ? "an object without a type" : `an object without a type (it has ${keys})`;
}
