import { formatConsole, inspect, type Logger, LogbridgeTypeError } from "@logbridge/core";
import { type ConsoleMethod, levelOf } from "./levels.ts";
import { isError } from "./map.ts";

/** A console whose calls go to a logger: for libraries that take `{ log, warn, error, … }`. Every method works detached. */
export interface ConsoleFacade {
  log(...data: unknown[]): void;
  info(...data: unknown[]): void;
  warn(...data: unknown[]): void;
  error(...data: unknown[]): void;
  debug(...data: unknown[]): void;
  trace(...data: unknown[]): void;
  dir(item?: unknown): void;
  dirxml(...data: unknown[]): void;
  table(data?: unknown): void;
  assert(condition?: boolean, ...data: unknown[]): void;
  count(label?: string): void;
  countReset(label?: string): void;
  group(...data: unknown[]): void;
  groupCollapsed(...data: unknown[]): void;
  groupEnd(): void;
  time(label?: string): void;
  timeLog(label?: string, ...data: unknown[]): void;
  timeEnd(label?: string): void;
}

/** Frames between the caller and the logger: the facade's method and the function that speaks for all of them. */
const DEPTH = 2;

/**
 * A logger as a console. Texts are filled as the console does (`%s`), braces stay as they are, an Error becomes the exception.
 *
 * @throws LogbridgeTypeError LB1543 where it is no logger
 * @example
 * const client = new Client({ logger: asConsole(logger) });
 */
export function asConsole(logger: Logger): ConsoleFacade {
  if (typeof (logger as Logger | null)?.opt !== "function") throw new LogbridgeTypeError("LB1543", "asConsole(): expected a logbridge logger");
  const counts = new Map<string, number>();
  const starts = new Map<string, number>();
  function say(method: ConsoleMethod, data: readonly unknown[]): void {
    const error = data.find(isError);
    const [only] = data;
    const text = data.length === 1 && isError(only) ? only.message : formatConsole(data);
    const speaking = logger.opt({ depth: DEPTH, ...(error !== undefined && { exception: error }) });
    speaking.log(levelOf(method).name, text);
  }
  function elapsed(label: string): string {
    return `${(performance.now() - (starts.get(label) ?? performance.now())).toFixed(3)}ms`;
  }
  return {
    log: (...data) => say("log", data),
    info: (...data) => say("info", data),
    warn: (...data) => say("warn", data),
    error: (...data) => say("error", data),
    debug: (...data) => say("debug", data),
    trace: (...data) => say("trace", data),
    dir: (item) => say("dir", [inspect(item)]),
    dirxml: (...data) => say("dirxml", data),
    table: (data) => say("table", [inspect(data)]),
    assert(condition, ...data) {
      if (condition) return;
      const [first, ...rest] = data;
      say("assert", data.length === 0 ? ["Assertion failed"] : typeof first === "string" ? [`Assertion failed: ${first}`, ...rest] : ["Assertion failed:", ...data]);
    },
    count(label = "default") {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      say("count", [`${label}: ${counts.get(label)}`]);
    },
    countReset: (label = "default") => void counts.delete(label),
    group: (...data) => {
      if (data.length > 0) say("group", data);
    },
    groupCollapsed: (...data) => {
      if (data.length > 0) say("groupCollapsed", data);
    },
    groupEnd() {},
    time: (label = "default") => void starts.set(label, performance.now()),
    timeLog: (label = "default", ...data) => say("timeLog", [`${label}: ${elapsed(label)}`, ...data]),
    timeEnd(label = "default") {
      say("timeEnd", [`${label}: ${elapsed(label)}`]);
      starts.delete(label);
    },
  };
}
