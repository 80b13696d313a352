import { createRequire } from "node:module";
import { type LogRecord, type NamedSeverity, nameOfSeverity, nearestLevel } from "@logbridge/core";
// Events of the library's own class, its layouts and its way to the appenders are not in its public face. They are imported
// statically, so that ESM, CommonJS, Jest and bundlers all find them; what other copies have is taken from where those were loaded.
import peer from "log4js";
// @ts-expect-error no types are declared for inner modules
import adapters from "log4js/lib/appenders/adapters.js";
// @ts-expect-error no types are declared for inner modules
import appenders from "log4js/lib/appenders/index.js";
// @ts-expect-error no types are declared for inner modules
import categories from "log4js/lib/categories.js";
// @ts-expect-error no types are declared for inner modules
import clustering from "log4js/lib/clustering.js";
// @ts-expect-error no types are declared for inner modules
import EventOfPeer from "log4js/lib/LoggingEvent.js";
// @ts-expect-error no types are declared for inner modules
import layouts from "log4js/lib/layouts.js";
// @ts-expect-error no types are declared for inner modules
import LoggerOfPeer from "log4js/lib/logger.js";

/** On the loggers of a facade, of whatever copy of this package: they are our own, and no log4js to intercept. */
export const FACADE: unique symbol = Symbol.for("logbridge.log4js.facade") as never;

/** A level of log4js. Its number is a thousand times Loguru's. */
export interface Log4jsLevel {
  readonly level: number;
  readonly levelStr: string;
}

/** The levels of one copy of log4js: `log4js.levels`. Appenders compare the instances in it, so ours are always taken from there. */
export interface Log4jsLevels {
  readonly levels: readonly Log4jsLevel[];
  addLevels(levels: object): void;
}

/** Their numbers stand above every threshold: they say "always", not how severe something is. */
const ALWAYS: ReadonlySet<string> = new Set(["MARK", "OFF"]);
/** No level for a record of ours, unless it came from there by that name. */
const NEVER_CHOSEN: ReadonlySet<string> = new Set(["ALL", "MARK", "OFF"]);
const SIX: ReadonlySet<string> = new Set(["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"]);
/** Their numbers for one of ours. */
export const SCALE = 1000;
const ALWAYS_NO = 20;

/** A level's severity in Loguru's numbers. */
export function severityOf(level: Log4jsLevel): number {
  return ALWAYS.has(level.levelStr) ? ALWAYS_NO : level.level / SCALE;
}

/** A level of theirs in our words. `named`: our own level of a name, by which a level of the application's crosses. */
export function inboundLevel(level: Log4jsLevel, named: (name: string) => NamedSeverity | null): NamedSeverity {
  const no = severityOf(level);
  const { levelStr } = level;
  const ours = SIX.has(levelStr) || NEVER_CHOSEN.has(levelStr) ? null : named(levelStr);
  return ours ? { name: ours.name, no: ours.no } : { name: nameOfSeverity(no, levelStr), no };
}

/** The level of the registry for a record: the very one that it came with, else of the same name, else the nearest that is not more severe. */
export function levelFor(record: LogRecord, { levels }: Log4jsLevels): Log4jsLevel {
  const { level, origin } = record;
  const original = origin?.name === "log4js" ? origin.level?.name : undefined;
  const same = original === undefined ? undefined : levels.find((one) => one.levelStr === original);
  // A patcher may have changed the level since.
  if (same && severityOf(same) === level.no) return same;
  return nearest(
    level,
    levels.filter((one) => !NEVER_CHOSEN.has(one.levelStr) || one.levelStr === level.name),
  );
}

/** For an appender with a closed table of its own: the nearest of log4js' six levels, `null` where the level is one of them. */
export function standardLevel(level: Log4jsLevel, { levels }: Log4jsLevels): Log4jsLevel | null {
  if (SIX.has(level.levelStr)) return null;
  return nearest(
    { name: level.levelStr, no: severityOf(level) },
    levels.filter((one) => SIX.has(one.levelStr)),
  );
}

function nearest(level: NamedSeverity, levels: readonly Log4jsLevel[]): Log4jsLevel {
  const found = nearestLevel(
    level,
    levels.map((one) => ({ name: one.levelStr, no: severityOf(one) })),
  );
  return (levels.find((one) => one.levelStr === found?.name) ?? levels[0]) as Log4jsLevel;
}

/** On a level that we have added: also another copy of this package must know it. */
const ADDED = Symbol.for("logbridge.log4js.added");

/**
 * Gives the registry a SUCCESS, if it has none.
 *
 * The registry is shared by the whole copy of log4js, and nothing is ever taken out of it. A level more changes no other
 * level and no configuration; one that the application configures later by this name replaces ours.
 */
export function addSuccess(registry: Log4jsLevels): void {
  const find = (): Log4jsLevel | undefined => registry.levels.find((one) => one.levelStr === "SUCCESS");
  if (find()) return;
  registry.addLevels({ SUCCESS: { value: 25 * SCALE, colour: "green" } });
  Object.defineProperty(find(), ADDED, { value: true });
}

/**
 * The level as another process is told it. A process that has no level of that name ends at the first layout (the primary of a
 * cluster, a tcp-server), so one that only we have added here stays here.
 */
export function levelAbroad(level: Log4jsLevel, registry: Log4jsLevels): Log4jsLevel {
  return (Object.hasOwn(level, ADDED) && standardLevel(level, registry)) || level;
}

/** True for a category that was switched off, or that nobody has configured. */
export function isOff(level: Log4jsLevel): boolean {
  return level.levelStr === "OFF";
}

/** An event as the library's own class makes it. */
export interface LoggingEvent {
  startTime: Date;
  readonly categoryName: string;
  data: unknown[];
  level: Log4jsLevel;
  context: Record<string, unknown>;
  pid: number;
  error?: unknown;
  serialise(): string;
}

/** The class of events. */
export type EventClass = new (
  category: string,
  level: Log4jsLevel,
  data: unknown[],
  context: object,
  location?: object,
  error?: unknown,
) => LoggingEvent;

/** The layouts of one copy of log4js. */
export interface Layouts {
  layout(name: string, config: unknown): unknown;
  addLayout(name: string, make: never): void;
}

/** The categories of one copy of log4js as they are now. In newer versions it is a map of them too. */
export interface CategoryRegistry {
  appendersForCategory(category: string): readonly unknown[];
  getLevelForCategory(category: string): Log4jsLevel;
  getEnableCallStackForCategory(category: string): boolean;
  has?(category: string): boolean;
  values?(): Iterable<{ readonly appenders: readonly unknown[]; readonly enableCallStack?: boolean }>;
}

/** What of one copy of log4js is used: it may be installed several times in a process, each with levels and categories of its own. */
export interface Copy {
  readonly getLogger: unknown;
  readonly levels: Log4jsLevels;
  readonly Logger: { readonly prototype: object };
  readonly LoggingEvent: EventClass;
  readonly layouts: Layouts;
  readonly adapters: { modifyConfig(config: object): object };
  readonly categories: CategoryRegistry;
  /** All that are configured, by name; also those behind filters alone. */
  readonly appenders: ReadonlyMap<string, unknown>;
  readonly clustering: { send(event: LoggingEvent): void };
  /** `require` as seen from the library's main file, `null` where nothing tells where that is (a bundle). */
  readonly load: () => NodeJS.Require | null;
}

const PEER: Copy = {
  getLogger: peer.getLogger,
  levels: peer.levels,
  Logger: LoggerOfPeer as Copy["Logger"],
  LoggingEvent: EventOfPeer as EventClass,
  layouts: layouts as Layouts,
  adapters: adapters as Copy["adapters"],
  categories: categories as CategoryRegistry,
  appenders: appenders as Copy["appenders"],
  clustering: clustering as Copy["clustering"],
  load: () => loaded().find(({ main }) => main.getLogger === peer.getLogger)?.load ?? null,
};

interface Loaded {
  readonly main: { readonly getLogger?: unknown; readonly levels?: unknown };
  readonly load: NodeJS.Require;
}

const MAIN = /[\\/]log4js[\\/]lib[\\/]log4js\.js$/;

/** The copies of log4js that this process has loaded. */
function loaded(): Loaded[] {
  try {
    const { cache } = createRequire(`${process.cwd()}/_`);
    return Object.entries(cache).flatMap(([path, module]) =>
      MAIN.test(path) && module ? [{ main: module.exports as Loaded["main"], load: createRequire(path) }] : [],
    );
  } catch {
    // No file system, or the folder is gone: nothing tells.
    return [];
  }
}

const copies = new Map<unknown, Copy>();

function otherCopy({ main, load }: Loaded): Copy {
  const known = copies.get(main);
  if (known) return known;
  const copy: Copy = {
    getLogger: main.getLogger,
    levels: main.levels as Log4jsLevels,
    Logger: load("./logger.js") as Copy["Logger"],
    LoggingEvent: load("./LoggingEvent.js") as EventClass,
    layouts: load("./layouts.js") as Layouts,
    adapters: load("./appenders/adapters.js") as Copy["adapters"],
    categories: load("./categories.js") as CategoryRegistry,
    appenders: load("./appenders/index.js") as Copy["appenders"],
    clustering: load("./clustering.js") as Copy["clustering"],
    load: () => load,
  };
  copies.set(main, copy);
  return copy;
}

function owns({ getLogger, Logger }: Copy, theirs: object): boolean {
  return (
    (theirs as { getLogger?: unknown }).getLogger === getLogger ||
    Object.prototype.isPrototypeOf.call(Logger.prototype, theirs)
  );
}

/**
 * The copy of log4js that something belongs to, `null` where it cannot be found.
 *
 * @param theirs the module or a logger; absent: the copy that this package itself imports
 */
export function copyOf(theirs?: object): Copy | null {
  if (theirs === undefined || owns(PEER, theirs)) return PEER;
  for (const one of loaded()) {
    const copy = otherCopy(one);
    if (owns(copy, theirs)) return copy;
  }
  return null;
}
