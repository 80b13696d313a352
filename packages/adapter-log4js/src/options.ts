import cluster from "node:cluster";
import {
  LogbridgeError,
  LogbridgeTypeError,
  type LogRecord,
  type MovedConfiguration,
  type NotTaken,
} from "@logbridge/core";
import type { LoggingEvent } from "log4js";
import { defineLevelMethods } from "./facade/category-logger.ts";
import { type Copy, isOff, type Layouts, levelFor, severityOf } from "./levels.ts";
import { Categories } from "./options/categories.ts";
import { type CheckedConfiguration, type Log4jsConfiguration, readConfiguration } from "./options/configuration.ts";
import { moveLevels } from "./options/moved-levels.ts";
import type { Log4jsModule } from "./propagate.ts";
import { HostedAppender } from "./sink/hosted-appender.ts";
import { AppenderHouse } from "./sink/house.ts";
import { checkRemake, copyOrPeer } from "./sink.ts";

/** A layout: what it gives for an event is what is written. */
// As methods, whose parameters may be annotated with more or with less than is known here.
export type Log4jsLayout = { lay(event: LoggingEvent): unknown }["lay"];

/** Makes a layout from its configuration, as for `log4js.addLayout`. */
export type MakeLog4jsLayout = { make(config: Readonly<Record<string, unknown>>): Log4jsLayout }["make"];

/** Options of `fromLog4jsConfig`. */
export interface FromLog4jsConfigOptions {
  /** The copy of log4js whose levels, layouts and appenders are used. Default: the one that this package imports. */
  readonly log4js?: Log4jsModule;
  /** Layouts by their type, beside those of log4js and of `log4js.addLayout`. */
  readonly layouts?: Readonly<Record<string, MakeLog4jsLayout>>;
  /** As the option of `log4jsSink`, for all appenders of the configuration. */
  readonly remake?: boolean;
}

type HandlerConfig = MovedConfiguration["handlers"][number];

/** Their numbers stand above every threshold. MARK is an INFO that is always written. */
const MARK_NO = 20;
/** No record is that severe. */
const NEVER = Number.MAX_SAFE_INTEGER;

/**
 * Reads what `log4js.configure` takes, and gives handlers that write what log4js itself would.
 *
 * Each appender is one handler; it is made once, also where a filter refers to it. A record's category is its name, and the
 * category's level and appenders decide as in log4js. Levels of the configuration join those of that copy of log4js.
 *
 * @param source the configuration, or the path of a JSON file
 * @returns what `configure()` takes, and under `notTaken` what could not be taken over
 * @throws LogbridgeError LB1587 for a file that cannot be read, LogbridgeTypeError LB1588 for a mistake in the configuration, the
 * errors of `log4jsSink` for an appender that cannot be made, LogbridgeTypeError LB1589 for wrong options
 * @example
 * const { notTaken, ...configuration } = fromLog4jsConfig("log4js.json");
 * logger.configure(configuration);
 */
export function fromLog4jsConfig(
  source: Log4jsConfiguration | string,
  options: FromLog4jsConfigOptions = {},
): MovedConfiguration {
  const copy = checked(options);
  const configuration = readConfiguration(source);
  const notTaken: NotTaken[] = [];
  const levels = moveLevels(configuration, copy, notTaken);
  defineLevelMethods(copy.levels);
  const handlers = moveAppenders(configuration, new Categories(configuration, copy), copy, notTaken, options.remake);
  noteProcesses(configuration, notTaken);
  noteUnknown(configuration, notTaken);
  return { handlers, ...(levels.length > 0 && { levels }), notTaken };
}

function checked({ log4js, layouts = {}, remake, ...others }: FromLog4jsConfigOptions): Copy {
  for (const name of Object.keys(others))
    throw new LogbridgeError(
      "LB1002",
      `fromLog4jsConfig(): unknown option ${JSON.stringify(name)}; allowed are log4js, layouts, remake`,
    );
  if (typeof layouts !== "object" || layouts === null)
    throw new LogbridgeTypeError("LB1589", "fromLog4jsConfig(): option layouts must be an object of functions");
  for (const [name, make] of Object.entries(layouts))
    if (typeof make !== "function")
      throw new LogbridgeTypeError(
        "LB1589",
        `fromLog4jsConfig(): option layouts.${name} must be a function (config) => (event) => text`,
      );
  checkRemake(remake, "fromLog4jsConfig()");
  const copy = copyOrPeer(log4js, "fromLog4jsConfig()");
  const own: Layouts = {
    ...copy.layouts,
    layout: (name, config) =>
      Object.hasOwn(layouts, name) ? layouts[name]?.(config as never) : copy.layouts.layout(name, config),
  };
  return { ...copy, layouts: own };
}

function moveAppenders(
  { appenders }: CheckedConfiguration,
  categories: Categories,
  copy: Copy,
  notTaken: NotTaken[],
  remake: boolean | undefined,
): HandlerConfig[] {
  const house = new AppenderHouse({
    copy,
    remake,
    named: appenders,
    place: "fromLog4jsConfig(): option appenders",
    givePlace: (name) => `appenders.${name} of the configuration`,
  });
  const referred = new Set(Object.values(appenders).map((config) => (config as { appender?: unknown }).appender));
  try {
    return Object.entries(appenders).flatMap(([name, { type }]) => {
      const rules = categories.rules().filter((rule) => rule.appenders.includes(name));
      if (type === "tcp-server") {
        notTaken.push({
          option: `appenders.${name}`,
          why: "It is no output: it takes in events of other processes for the categories of log4js.",
          instead: "Keep it in log4js.configure() of the process that collects, until those that send are moved.",
        });
        return [];
      }
      // It writes what other processes send, also where no category of this one uses it.
      if (rules.length === 0 && type !== "multiprocess") {
        if (!referred.has(name))
          notTaken.push({
            option: `appenders.${name}`,
            why: "No category has it, so that log4js does not make it either.",
            instead: "Delete it, or name it in a category.",
          });
        return [];
      }
      const times = Math.max(1, ...rules.map((rule) => countOf(rule.appenders, name)));
      return Array.from({ length: times }, (_, index) => handlerOf(name, index, house, categories, copy));
    });
  } catch (error) {
    void house.abandon();
    throw error;
  }
}

const countOf = (names: readonly string[], name: string): number => names.filter((one) => one === name).length;

/** The handler of an appender. `index`: it is the second, third … for categories that name the appender more than once. */
function handlerOf(
  name: string,
  index: number,
  house: AppenderHouse,
  categories: Categories,
  copy: Copy,
): HandlerConfig {
  const rules = categories.rules().filter((rule) => countOf(rule.appenders, name) > index && !isOff(rule.level));
  const located = (category: string): boolean => categories.of(category).located;
  const sink = new HostedAppender({
    copy,
    house,
    appender: { name },
    located,
    category: (record) => categories.named(record),
    needsCaller: rules.some((rule) => rule.located),
  });
  const lowest = Math.min(...rules.map((rule) => Math.floor(severityOf(rule.level))), MARK_NO);
  const least = Math.min(...rules.map((rule) => rule.level.level));
  const filter = (record: LogRecord): boolean => {
    const { level } = levelFor(record, copy.levels);
    // The name may cost a look at the stack.
    if (level < least) return false;
    const rule = categories.of(categories.named(record));
    return rule.level.level <= level && countOf(rule.appenders, name) > index;
  };
  return { sink, level: rules.length > 0 ? lowest : NEVER, filter };
}

/** What log4js does between processes. */
function noteProcesses({ pm2, pm2InstanceVar, disableClustering }: CheckedConfiguration, notTaken: NotTaken[]): void {
  if (pm2)
    notTaken.push({
      option: "pm2",
      why: "With it the instances send their events to the first one, which writes them; here each instance writes itself.",
      instead:
        "Give each a file of its own (process.env.NODE_APP_INSTANCE), or keep log4js and use propagateToLog4js(log4js).",
    });
  if (pm2InstanceVar !== undefined)
    notTaken.push({ option: "pm2InstanceVar", why: "It belongs to pm2.", instead: "See pm2." });
  if (!pm2 && !disableClustering && cluster.isWorker)
    notTaken.push({
      option: "disableClustering",
      why: "Without it the workers of a cluster send their events to the primary, which writes them; here each worker writes itself.",
      instead: "Keep log4js and use propagateToLog4js(log4js) in the workers, or write to stdout.",
    });
}

const KNOWN = ["appenders", "categories", "levels", "pm2", "pm2InstanceVar", "disableClustering"];
const KNOWN_OF_CATEGORY = ["appenders", "level", "enableCallStack", "inherit"];

function noteUnknown(configuration: CheckedConfiguration, notTaken: NotTaken[]): void {
  const note = (option: string, instead: string): void =>
    void notTaken.push({ option, why: "log4js has no such option and ignores it.", instead });
  for (const name of Object.keys(configuration))
    if (!KNOWN.includes(name))
      note(name, name === "replaceConsole" ? "interceptConsole() takes in the console." : "Leave it out.");
  for (const [category, rule] of Object.entries(configuration.categories))
    for (const name of Object.keys(rule))
      if (!KNOWN_OF_CATEGORY.includes(name)) note(`categories.${category}.${name}`, "Leave it out.");
}
