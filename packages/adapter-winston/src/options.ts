import {
  type HandlerConfig,
  isPlainObject,
  LogbridgeTypeError,
  type MovedConfiguration,
  type NotTaken,
} from "@logbridge/core";
import { customLevels, inboundLevel, NPM_LEVELS, type WinstonLevels } from "./levels.ts";
import type { WinstonFormat } from "./map/info.ts";
import { currentMeta } from "./map/metadata.ts";
import { leftOut } from "./options/left-out.ts";
import { isWinstonLogger, type WinstonLogger } from "./propagate/winston-logger.ts";
import { isLegacyTransport, isWinstonTransport } from "./sink/transports.ts";
import { commonSinks } from "./sink.ts";

/** What `winston.createLogger()` takes, of any version from 3.2. */
export interface WinstonOptions {
  readonly transports?: unknown;
  readonly level?: string | null | undefined;
  readonly levels?: WinstonLevels | null | undefined;
  readonly format?: WinstonFormat | null | undefined;
  readonly defaultMeta?: unknown;
  readonly silent?: boolean | undefined;
  readonly exitOnError?: unknown;
  readonly handleExceptions?: boolean | undefined;
  readonly handleRejections?: boolean | undefined;
  readonly exceptionHandlers?: unknown;
  readonly rejectionHandlers?: unknown;
}

/**
 * The configuration of a winston logger as ours: each transport is hosted with the logger's `format` and `levels`, and gets what it got
 * there; `defaultMeta` is `extra`, custom levels are `levels`. What cannot be taken over is in `notTaken`, with what to do instead.
 *
 * @param options what `winston.createLogger()` takes, or a logger that it has made
 * @throws LogbridgeTypeError LB1562 where it is neither
 * @example
 * const { notTaken, ...configuration } = fromWinstonOptions(options);
 * logger.configure(configuration);
 */
export function fromWinstonOptions(options: WinstonOptions | WinstonLogger): MovedConfiguration {
  const isModule = typeof (options as { readonly createLogger?: unknown } | null)?.createLogger === "function";
  if (typeof options !== "object" || options === null || Array.isArray(options) || isModule)
    throw new LogbridgeTypeError(
      "LB1562",
      `fromWinstonOptions(): expected the options of winston.createLogger(), or a winston logger${isModule ? ", got the module winston" : ""}`,
    );
  const from = isWinstonLogger(options) ? optionsOf(options) : options;
  const notTaken: NotTaken[] = [];
  const { format, silent } = from;
  const levels = from.levels ?? NPM_LEVELS;
  const meta = metaOf(from.defaultMeta, notTaken);
  const transports = silent ? [] : transportsOf(from.transports, notTaken);
  const sinks = commonSinks(transports, () => ({
    levels,
    format: format ?? null,
    defaultMeta: currentMeta(meta.forSinks),
  }));
  const handlers = sinks.map((sink, index): HandlerConfig => {
    const { level } = transports[index] as { readonly level?: unknown };
    const own = typeof level === "string" && level !== "" ? level : null;
    return { sink, level: own === null ? loggerLevel(from, levels, notTaken) : severity(own, levels) };
  });
  const custom = from.levels ? customLevels(from.levels) : [];
  return {
    handlers,
    ...(custom.length > 0 && { levels: custom }),
    ...(meta.extra && { extra: meta.extra }),
    notTaken: [...notTaken, ...leftOut(from, transports)],
  };
}

function optionsOf(logger: WinstonLogger): WinstonOptions {
  const { transports, level, levels, format, defaultMeta, silent, exitOnError } = logger as WinstonLogger &
    WinstonOptions;
  const inner = (transports as readonly { readonly transport?: unknown }[]).map((one) =>
    // winston's wrapper around a transport of winston 2.
    isWinstonTransport(one) ? one : one.transport,
  );
  // What handles uncaught errors alone is a wrapper around a transport that is no output of the logger.
  const outputs = inner.filter((one, index) => one === transports[index] || isLegacyTransport(one));
  return { transports: outputs, level, levels, format: format as WinstonFormat, defaultMeta, silent, exitOnError };
}

function transportsOf(given: unknown, notTaken: NotTaken[]): readonly object[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : given ? [given] : [];
  return list.filter((one, index): one is object => {
    if (isWinstonTransport(one) || isLegacyTransport(one)) return true;
    notTaken.push({
      option: Array.isArray(given) ? `transports[${index}]` : "transports",
      why: "It is no winston transport.",
      instead: "Pass what the transport's constructor gave, or add it with logger.add() as what it is.",
    });
    return false;
  });
}

function metaOf(
  meta: unknown,
  notTaken: NotTaken[],
): { readonly extra: object | null; readonly forSinks: object | null } {
  if (meta === undefined || meta === null) return { extra: null, forSinks: null };
  // A getter is read for each record.
  if (isPlainObject(meta) && currentMeta(meta as object) === meta) return { extra: meta as object, forSinks: null };
  if (typeof meta === "object") return { extra: null, forSinks: meta };
  notTaken.push({
    option: "defaultMeta",
    why: "It is no object of fields.",
    instead: "Bind values: logger.configure({ extra }) or logger.bind().",
  });
  return { extra: null, forSinks: null };
}

function severity(name: string, levels: WinstonLevels): number {
  return inboundLevel(name, levels, null).no;
}

/** The level that transports without one of their own have. */
function loggerLevel({ level = "info" }: WinstonOptions, levels: WinstonLevels, notTaken: NotTaken[]): number {
  // Without any, winston prints all.
  if (!level) return 0;
  if (Object.hasOwn(levels, level)) return severity(level, levels);
  if (!notTaken.some(({ option }) => option === "level"))
    notTaken.push({
      option: "level",
      why: `The levels have no ${JSON.stringify(level)}, so winston prints nothing; here every level is printed.`,
      instead: "Give the handlers the level that was meant.",
    });
  return 0;
}
