import { inspect, LogbridgeError } from "@logbridge/core";
import type { Copy, Log4jsLevels } from "../levels.ts";
import {
  configOf,
  isAppenderModule,
  type Log4jsAppender,
  type Log4jsAppenderSource,
  type ReadableConfig,
} from "./appender.ts";
import { moduleOfType } from "./appender-type.ts";

/** What an appender is made with. */
export interface Making {
  readonly copy: Copy;
  /** Where the source was given, for errors. */
  readonly caller: string;
  /** The named appenders that it may refer to. */
  readonly named: Readonly<Record<string, unknown>>;
  /** How an error says where to give a named appender that is missing. */
  readonly givePlace: (name: string) => string;
  /** The third argument of an appender's `configure`. */
  readonly find: (name: string) => Log4jsAppender | false;
  /** A second time, so that a file that was to be emptied keeps what is in it by now. */
  readonly again: boolean;
}

/** The types whose option `layout` is a layout of log4js; others may mean something of their own by it. */
const WITH_LAYOUT: ReadonlySet<unknown> = new Set(
  "console stdout stderr file fileSync dateFile multiFile tcp".split(" "),
);

/**
 * Makes an appender as `log4js.configure` does.
 *
 * @throws LogbridgeTypeError LB1530, LogbridgeError LB1531 for a configuration that makes none, LB1532 for one that refers to a missing appender
 */
export function makeAppender(source: Log4jsAppenderSource, making: Making): Log4jsAppender {
  const { copy, caller } = making;
  const config = configOf(source, caller);
  if (!config) return source as Log4jsAppender;
  checkReference(config, making);
  checkFilter(config, making);
  checkLayout(config, making);
  const { type } = config;
  if (type === "tcp-server")
    throw new LogbridgeError(
      "LB1531",
      `${caller}: "tcp-server" is no appender to write to, it takes in events of other processes; configure it in log4js, which hands them to its own appenders`,
    );
  const module = (isAppenderModule(type) ? type : moduleOfType(type, copy, caller)) as {
    configure?(...parts: unknown[]): unknown;
  };
  let appender: unknown;
  try {
    const own = copy.adapters.modifyConfig(configFor(config, making.again));
    appender = module.configure?.(own, copy.layouts, making.find, copy.levels);
  } catch (cause) {
    if (cause instanceof LogbridgeError || (cause as { code?: unknown } | null)?.code === "LB1530") throw cause;
    throw new LogbridgeError(
      "LB1531",
      `${caller}: the appender refused its configuration: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
  if (typeof appender !== "function")
    throw new LogbridgeError("LB1531", `${caller}: configure() of the appender's module gave no function`);
  return appender as Log4jsAppender;
}

function checkReference({ appender }: ReadableConfig, { caller, named, givePlace }: Making): void {
  if (typeof appender !== "string" || Object.hasOwn(named, appender)) return;
  throw new LogbridgeError(
    "LB1532",
    `${caller}: it refers to the appender ${JSON.stringify(appender)}; give that one as ${givePlace(appender)}`,
  );
}

function isLevel(value: unknown, { levels }: Log4jsLevels): boolean {
  const name = typeof value === "object" && value !== null ? (value as { levelStr?: unknown }).levelStr : value;
  return levels.some(({ levelStr }) => levelStr === String(name).toUpperCase());
}

const isTexts = (value: unknown): boolean => [value].flat().every((one) => typeof one === "string");

/** What makes a filter of log4js, or its choice of a file, fail at each record. */
function checkFilter({ type, level, maxLevel, exclude, property, base }: ReadableConfig, making: Making): void {
  const { levels } = making.copy;
  const wrong = (option: string, what: string, value: unknown): LogbridgeError =>
    new LogbridgeError(
      "LB1531",
      `${making.caller}: option ${option} of ${String(type)} ${what}, got ${inspect(value)}`,
    );
  const known = `must be a level (${levels.levels.map(({ levelStr }) => levelStr).join(", ")})`;
  if (type === "logLevelFilter") {
    if (!isLevel(level, levels)) throw wrong("level", known, level);
    if (maxLevel && !isLevel(maxLevel, levels)) throw wrong("maxLevel", known, maxLevel);
  }
  if (type === "categoryFilter" && !isTexts(exclude))
    throw wrong("exclude", "must be a category, or an array of them", exclude);
  if (type === "noLogFilter") checkPatterns(exclude, wrong);
  if (type !== "multiFile") return;
  if (typeof property !== "string") throw wrong("property", "must be the name of a field", property);
  if (typeof base !== "string") throw wrong("base", "must be the beginning of a path", base);
}

function checkPatterns(exclude: unknown, wrong: (option: string, what: string, value: unknown) => Error): void {
  const patterns = [exclude].flat();
  // An array may have gaps, which log4js leaves out.
  const isGap = (value: unknown): boolean => Array.isArray(exclude) && (value === null || value === undefined);
  try {
    if (!patterns.every((one) => typeof one === "string" || isGap(one))) throw new SyntaxError();
    new RegExp(patterns.filter(Boolean).join("|"), "i");
  } catch {
    throw wrong("exclude", "must be a regular expression as a text, or an array of them", exclude);
  }
}

/** log4js itself would fail at each record. */
function checkLayout({ type, layout }: ReadableConfig, { caller, copy }: Making): void {
  if (layout === undefined || layout === null || !WITH_LAYOUT.has(type)) return;
  const name: unknown = (layout as { type?: unknown }).type;
  let made: unknown;
  try {
    made = copy.layouts.layout(name as string, layout);
  } catch (cause) {
    throw new LogbridgeError(
      "LB1531",
      `${caller}: the layout refused its configuration: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
  if (typeof made === "function") return;
  throw new LogbridgeError(
    "LB1531",
    `${caller}: there is no layout of type ${JSON.stringify(name) ?? String(name)}; log4js brings basic, colored, messagePassThrough, dummy and pattern, and log4js.addLayout(name, make) adds others`,
  );
}

/** A configuration that the appender may write into. */
function configFor(config: ReadableConfig, again: boolean): object {
  const clone = cloned(config) as Record<string, unknown>;
  const { flags } = config;
  if (again && typeof flags === "string") clone["flags"] = flags.replace(/^w/, "a");
  return clone;
}

/** Appenders write defaults into their configuration. */
function cloned(value: unknown, seen: Map<object, object> = new Map()): unknown {
  if (typeof value !== "object" || value === null) return value;
  const isArray = Array.isArray(value);
  if (!isArray && Object.getPrototypeOf(value) !== Object.prototype) return value;
  const known = seen.get(value);
  if (known) return known;
  const clone: Record<string, unknown> | unknown[] = isArray ? [] : {};
  // What contains itself is the same in the copy.
  seen.set(value, clone);
  for (const [key, part] of Object.entries(value))
    (clone as Record<string, unknown>)[key] = key === "type" ? part : cloned(part, seen);
  return clone;
}
