import { LogbridgeError, LogbridgeTypeError, promisedSink, type Sink } from "@logbridge/core";
import { addSuccess, type Copy, copyOf } from "./levels.ts";
import { isLog4js, isLog4jsLogger, type Log4jsLogger, type Log4jsModule } from "./propagate.ts";
import type { Log4jsAppender, Log4jsAppenderSource } from "./sink/appender.ts";
import { HostedAppender } from "./sink/hosted-appender.ts";
import { AppenderHouse } from "./sink/house.ts";
import { locatesAny, presentAppenders, Resident } from "./sink/resident.ts";

/** Options of `log4jsSink`. */
export interface Log4jsSinkOptions {
  /** The named appenders that a filter refers to, as under `appenders` of `log4js.configure`. */
  readonly appenders?: Readonly<Record<string, Log4jsAppenderSource>>;
  /** The copy of log4js whose levels and layouts are used. Default: the one that this package imports. */
  readonly log4js?: Log4jsModule;
  /**
   * May `complete()` shut the appender down, to prove that it has delivered, and make it again for the next record? Default: `true` for those
   * that log4js brings, `false` for others, whose `shutdown` may cut off what is under way.
   */
  readonly remake?: boolean;
}

/**
 * An appender of log4js as a sink: from its configuration, its module, or as a function.
 *
 * `complete()` resolves when an appender that log4js brings has delivered: it is shut down and made again for the next record. Another
 * one that has `shutdown` is ended at `remove()` alone, unless `remake` is set; what it was given counts as pending until then.
 *
 * @param source the appender, or a promise of it
 * @throws LogbridgeTypeError LB1530 for what is no appender, LogbridgeError LB1531 for a configuration that makes none, LB1532 for a
 * filter whose appender is not in `appenders`
 * @example
 * logger.add(log4jsSink({ type: "dateFile", filename: "app.log", pattern: "yyyy-MM-dd" }));
 */
export function log4jsSink(
  source: Log4jsAppenderSource | PromiseLike<Log4jsAppenderSource>,
  options: Log4jsSinkOptions = {},
): Sink {
  const copy = checked(options);
  const make = (arrived: Log4jsAppenderSource): Sink => hosted(arrived, options, copy);
  if (typeof (source as { then?: unknown } | null | undefined)?.then !== "function")
    return make(source as Log4jsAppenderSource);
  const refusal = (cause: unknown): LogbridgeError =>
    new LogbridgeError(
      "LB1535",
      "log4jsSink(): the promised appender did not come; its records are dropped and counted",
      { cause },
    );
  return promisedSink(source as PromiseLike<Log4jsAppenderSource>, make, { text: false, caller: true }, refusal);
}

function hosted(source: Log4jsAppenderSource, { appenders: named = {}, remake }: Log4jsSinkOptions, copy: Copy): Sink {
  const givePlace = (name: string): string => `log4jsSink(config, { appenders: { ${JSON.stringify(name)}: … } })`;
  const house = new AppenderHouse({ copy, named, place: "log4jsSink(): option appenders", givePlace, remake });
  return new HostedAppender({ copy, house, appender: { source, caller: "log4jsSink()" } });
}

function checked({ appenders, log4js, remake, ...others }: Log4jsSinkOptions): Copy {
  for (const name of Object.keys(others))
    throw new LogbridgeError(
      "LB1002",
      `log4jsSink(): unknown option ${JSON.stringify(name)}; allowed are appenders, log4js, remake`,
    );
  if (appenders !== undefined && (typeof appenders !== "object" || appenders === null))
    throw new LogbridgeTypeError(
      "LB1530",
      "log4jsSink(): option appenders must be an object, as under appenders of log4js.configure",
    );
  checkRemake(remake, "log4jsSink()");
  return copyOrPeer(log4js, "log4jsSink()");
}

/** @throws LogbridgeTypeError LB1530 for anything but `true`, `false` or nothing */
export function checkRemake(remake: unknown, caller: string): void {
  if (remake !== undefined && typeof remake !== "boolean")
    throw new LogbridgeTypeError("LB1530", `${caller}: option remake must be true or false`);
}

/**
 * The copy of log4js that an option names, or the one that this package imports.
 *
 * @throws LogbridgeTypeError LB1530 for anything but the module
 */
export function copyOrPeer(log4js: Log4jsModule | undefined, caller: string): Copy {
  if (log4js === undefined) return copyOf() as Copy;
  if (!isLog4js(log4js))
    throw new LogbridgeTypeError(
      "LB1530",
      `${caller}: option log4js must be the module, as import log4js from "log4js" gives it`,
    );
  return copyOf(log4js) ?? { ...(copyOf() as Copy), levels: log4js.levels };
}

/**
 * The appenders of a running log4js as sinks: given the module, each of the present configuration once; given a logger, those of its
 * category. They stay log4js' own and are not ended.
 *
 * The module's get what log4js itself would give them: a record's category is its name, and the category's level and appenders decide.
 * What was logged through log4js goes to the appenders of its category alone wherever these are hosted; all else goes to the
 * appenders of every logger that was given, by the level of that logger's category. Levels are those that the categories have at that moment.
 *
 * @param theirs the module, or a logger
 * @throws LogbridgeTypeError LB1536 for anything else, or a copy of log4js that cannot be found
 * @example
 * for (const sink of log4jsSinks(log4js)) logger.add(sink, { level: "TRACE" });
 */
export function log4jsSinks(theirs: Log4jsLogger | Log4jsModule): Sink[] {
  const copy = isLog4jsLogger(theirs) || isLog4js(theirs) ? copyOf(theirs) : null;
  if (!copy)
    throw new LogbridgeTypeError(
      "LB1536",
      "log4jsSinks(): expected a log4js logger or the module log4js, of a copy that was loaded from node_modules",
    );
  addSuccess(copy.levels);
  const category = isLog4jsLogger(theirs) ? theirs.category : null;
  const needsCaller = locatesAny(copy, category);
  const located = (one: string): boolean => copy.categories.getEnableCallStackForCategory(one);
  return presentAppenders(copy, category).map((appender) => {
    const house = new AppenderHouse({ copy, named: {}, place: "log4jsSinks()", givePlace: String, shared: true });
    const resident = new Resident(copy, appender, category);
    const source = { source: appender as Log4jsAppender, caller: "log4jsSinks()" };
    return new HostedAppender({ copy, house, appender: source, located, needsCaller, resident });
  });
}
