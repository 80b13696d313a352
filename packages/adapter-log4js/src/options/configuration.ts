import { readFileSync } from "node:fs";
import { inspect, LogbridgeError, LogbridgeTypeError } from "@logbridge/core";
import type { Log4jsAppenderConfig } from "../sink/appender.ts";

/** A category as `log4js.configure` takes it. */
export interface Log4jsCategory {
  /** The names of its appenders; absent: those of the category that it inherits from. */
  readonly appenders?: readonly string[];
  /** The lowest level; absent: that of the category that it inherits from. */
  readonly level?: string;
  /** Do its events say where they were logged? Default `false`. */
  readonly enableCallStack?: boolean;
  /** Has it the appenders of `a` too, if it is `a.b`? Default `true`. */
  readonly inherit?: boolean;
}

/** What `log4js.configure` takes, of any copy and version from 6. */
export interface Log4jsConfiguration {
  readonly appenders: Readonly<Record<string, Log4jsAppenderConfig>>;
  readonly categories: Readonly<Record<string, Log4jsCategory>>;
  /** Levels of its own: `{ AUDIT: { value: 27000, colour: "cyan" } }`. */
  readonly levels?: object;
  readonly pm2?: boolean;
  readonly pm2InstanceVar?: string;
  readonly disableClustering?: boolean;
}

/** A configuration whose parts are known to be objects. */
export interface CheckedConfiguration extends Log4jsConfiguration {
  readonly levels?: Readonly<Record<string, { readonly value: number; readonly colour: string }>>;
  readonly [unknown: string]: unknown;
}

const COLOURS = ["white", "grey", "black", "blue", "cyan", "green", "magenta", "red", "yellow"];
const IDENTIFIER = /^[A-Za-z][A-Za-z0-9_]*$/;

/** An error of one option, which it names. */
export function wrongOption(option: string, what: string, value: unknown): LogbridgeTypeError {
  return new LogbridgeTypeError("LB1588", `fromLog4jsConfig(): ${option} ${what}, got ${inspect(value)}`);
}

/**
 * The configuration itself: as it is given, or from a JSON file.
 *
 * @throws LogbridgeError LB1587 for a file that cannot be read, LogbridgeTypeError LB1588 for what `log4js.configure` does not take
 */
export function readConfiguration(source: unknown): CheckedConfiguration {
  const configuration = typeof source === "string" ? parseFile(source) : source;
  if (!isObject(configuration))
    throw wrongOption(
      "the configuration",
      "must be an object as log4js.configure takes it, or the path of a JSON file",
      source,
    );
  const { appenders, categories, levels } = configuration;
  if (!isObject(appenders) || Object.keys(appenders).length === 0)
    throw wrongOption("option appenders", "must be an object with at least one appender", appenders);
  for (const [name, appender] of Object.entries(appenders))
    if (!isObject(appender) || !appender["type"])
      throw wrongOption(`option appenders.${name}`, "must be an object with a type", appender);
  if (!isObject(categories) || Object.keys(categories).length === 0)
    throw wrongOption("option categories", "must be an object with at least one category", categories);
  for (const [name, category] of Object.entries(categories))
    if (!isObject(category)) throw wrongOption(`option categories.${name}`, "must be an object", category);
  if (!Object.hasOwn(categories, "default"))
    throw wrongOption("option categories", 'must have a category "default"', Object.keys(categories));
  if (levels !== undefined && levels !== null) checkLevels(levels);
  for (const name of ["pm2", "disableClustering"])
    if (configuration[name] !== undefined && typeof configuration[name] !== "boolean")
      throw wrongOption(`option ${name}`, "must be true or false", configuration[name]);
  return configuration as unknown as CheckedConfiguration;
}

function parseFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new LogbridgeError(
      "LB1587",
      `fromLog4jsConfig(): the configuration cannot be read from ${JSON.stringify(path)}: ${(cause as Error).message}`,
      { cause },
    );
  }
}

function checkLevels(levels: unknown): void {
  if (!isObject(levels)) throw wrongOption("option levels", "must be an object", levels);
  for (const [name, level] of Object.entries(levels)) {
    const option = `option levels.${name}`;
    if (!IDENTIFIER.test(name))
      throw wrongOption("option levels", "must have names of letters, digits and _ that begin with a letter", name);
    if (!isObject(level)) throw wrongOption(option, "must be an object { value, colour }", level);
    const { value, colour } = level;
    if (!Number.isInteger(value) || value === 0) throw wrongOption(`${option}.value`, "must be an integer", value);
    if (!COLOURS.includes(colour as string))
      throw wrongOption(`${option}.colour`, `must be one of ${COLOURS.join(", ")}`, colour);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
