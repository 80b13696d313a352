import { LogbridgeTypeError, type LogRecord, type Sink, StreamsBehind } from "@logbridge/core";
import { addSuccess, copyOf, type Log4jsLevels, levelFor } from "./levels.ts";
import { categoryOf } from "./map/category.ts";
import { eventOf } from "./map.ts";
import { drained } from "./sink/draining.ts";

/** A log4js logger, as far as it is used here. */
export interface Log4jsLogger {
  /** Every logger has it; the types of the oldest versions do not say so. */
  readonly category?: string;
  log(level: never, ...values: never[]): unknown;
  isLevelEnabled(level?: never): boolean;
  addContext(key: string, value: unknown): unknown;
}

/** The log4js module, as far as it is used here: any copy and version from 6. */
export interface Log4jsModule {
  readonly levels: Log4jsLevels;
  getLogger(category?: string): Log4jsLogger;
  configure(...configuration: never[]): unknown;
}

/** True for a log4js logger. */
export function isLog4jsLogger(value: unknown): value is Log4jsLogger & { readonly category: string } {
  if (typeof value !== "object" || value === null) return false;
  const logger = value as { category?: unknown; addContext?: unknown; isLevelEnabled?: unknown; _log?: unknown };
  return (
    typeof logger.category === "string" && typeof logger.addContext === "function" && typeof logger._log === "function"
  );
}

/** True for the log4js module. */
export function isLog4js(value: unknown): value is Log4jsModule {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return false;
  const module = value as { levels?: { addLevels?: unknown }; getLogger?: unknown; configure?: unknown };
  return (
    typeof module.getLogger === "function" &&
    typeof module.configure === "function" &&
    typeof module.levels?.addLevels === "function"
  );
}

/** A logger that also says whether its category wants the caller. */
interface Target {
  readonly category: string;
  readonly useCallStack?: boolean;
  isLevelEnabled(level: unknown): boolean;
}

/**
 * A sink that writes every record to log4js, whose categories, levels and appenders do the rest.
 *
 * Given a logger, everything goes to its category. Given the module, each record goes to the category of its `name`, as
 * `logging.getLogger(record.name)` of Loguru's recipe. The level crosses by name or to the nearest that is not more severe, the time as
 * `startTime`, `extra` behind the text and as context, an exception as the Error itself. A level SUCCESS (25000) is added to that
 * copy's levels. log4js does not tell when its appenders have delivered: what those that can be shut down were given counts as pending.
 *
 * @param theirs a log4js logger, or the module
 * @throws LogbridgeTypeError LB1536 where it is neither, or of a copy that cannot be found
 * @example
 * logger.add(propagateToLog4js(log4js.getLogger("orders")), { level: "INFO" });
 */
export function propagateToLog4js(theirs: Log4jsLogger | Log4jsModule): Sink {
  const copy = isLog4jsLogger(theirs) || isLog4js(theirs) ? copyOf(theirs) : null;
  if (!copy)
    throw new LogbridgeTypeError(
      "LB1536",
      "propagateToLog4js(): expected a logger as log4js.getLogger() makes it, or the module log4js itself, of a copy that was loaded from node_modules or is imported by this package",
    );
  addSuccess(copy.levels);
  const byName = new Map<string, Target>();
  const targetOf = (record: LogRecord): Target => {
    if (isLog4jsLogger(theirs)) return theirs as unknown as Target;
    const name = categoryOf(record, (one) => copy.categories.has?.(one) ?? false);
    let target = byName.get(name);
    if (!target) byName.set(name, (target = (theirs as Log4jsModule).getLogger(name) as unknown as Target));
    return target;
  };
  let unproven = 0;
  const behind = new StreamsBehind();
  return {
    needs: { text: false },
    write(_text: string, record: LogRecord) {
      const target = targetOf(record);
      const level = levelFor(record, copy.levels);
      if (!target.isLevelEnabled(level)) return;
      // Not by its methods: they would stamp it with the time of delivery, and an interception would take it in again.
      const event = eventOf(record, copy, target.category, level, target.useCallStack === true);
      behind.during(() => copy.clustering.send(event));
      if (copy.categories.appendersForCategory(target.category).some(endsLater)) unproven++;
    },
    // Appenders that only put off their work to the next turn have done it then.
    async flush() {
      await new Promise((resolve) => setTimeout(() => setImmediate(resolve), 0));
      await drained([behind]);
    },
    pending: () => unproven,
    leadsTo: (bridge, target) =>
      bridge === "log4js" && typeof target === "object" && target !== null && copyOf(target) === copy,
  };
}

/** An appender that must be shut down works behind the call: that it has returned proves nothing. */
function endsLater(appender: unknown): boolean {
  return typeof (appender as { shutdown?: unknown } | null | undefined)?.shutdown === "function";
}
