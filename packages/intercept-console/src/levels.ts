import {
  type InboundPort,
  isPlainObject,
  LogbridgeError,
  LogbridgeTypeError,
  type NamedSeverity,
  severityOfNumber,
} from "@logbridge/core";
import { givenText } from "./given-text.ts";

const DEBUG: NamedSeverity = { name: "DEBUG", no: 10 };
const INFO: NamedSeverity = { name: "INFO", no: 20 };
const WARNING: NamedSeverity = { name: "WARNING", no: 30 };
const ERROR: NamedSeverity = { name: "ERROR", no: 40 };

/** What `debug` logs at: it knows no levels. */
export const DEBUG_LEVEL: NamedSeverity = DEBUG;

/**
 * The severity of each console method that prints.
 *
 * `trace` is DEBUG and not TRACE: a console always prints it, and the default handler, which starts at DEBUG, must not lose it.
 * `assert` prints by `warn`, but what it says is that the program is wrong.
 */
export const METHOD_LEVELS: Readonly<Record<string, NamedSeverity>> = {
  log: INFO,
  info: INFO,
  warn: WARNING,
  error: ERROR,
  debug: DEBUG,
  trace: DEBUG,
  assert: ERROR,
  dir: INFO,
  dirxml: INFO,
  table: INFO,
  group: INFO,
  groupCollapsed: INFO,
  count: INFO,
  timeLog: INFO,
  timeEnd: INFO,
};

/** The severity of a method of `METHOD_LEVELS`. */
export function levelOf(method: string): NamedSeverity {
  return METHOD_LEVELS[method] ?? INFO;
}

/**
 * Does a call that the port does not want fall silent? Consoles and `debug` have no level that could be set, so following our
 * threshold means this. While no handler is there at all nothing would be left of the call, so it is printed.
 */
export function mutes(port: InboundPort, follows: boolean): boolean {
  return follows && port.mode === "replace" && port.wants(Number.MAX_VALUE);
}

/** Levels by console method (`log`, `warn`, …) and by source: `stdout`, `stderr`, `warning`, `uncaught`. */
export type LevelsBySource = Readonly<Record<string, string | number>>;

const SOURCE_LEVELS: Readonly<Record<string, NamedSeverity>> = {
  stdout: INFO,
  stderr: WARNING,
  warning: WARNING,
  uncaught: { name: "CRITICAL", no: 50 },
};

/** The levels of one interception: the table, with what its options say otherwise. */
export class SpokenLevels {
  readonly #given = new Map<string, NamedSeverity>();

  /**
   * @throws LogbridgeTypeError LB1544 for an unknown method or source or another type, LogbridgeError LB1003 for an unknown level
   */
  constructor(given: LevelsBySource | undefined, port: Pick<InboundPort, "levelNamed">) {
    if (given === undefined) return;
    const known = [...Object.keys(METHOD_LEVELS), ...Object.keys(SOURCE_LEVELS)];
    if (!isPlainObject(given))
      throw new LogbridgeTypeError(
        "LB1544",
        `interceptConsole(): option levels must be an object of levels by method or source, as { log: "DEBUG" }, got ${givenText(given)}`,
      );
    for (const [source, level] of Object.entries(given)) {
      if (!known.includes(source))
        throw new LogbridgeTypeError(
          "LB1544",
          `interceptConsole(): option levels: unknown ${JSON.stringify(source)}; allowed are ${known.join(", ")}`,
        );
      this.#given.set(source, givenSeverity(level, `interceptConsole(): option levels.${source}`, port));
    }
  }

  /** The severity of what a method or source says. */
  of(source: string): NamedSeverity {
    return this.#given.get(source) ?? SOURCE_LEVELS[source] ?? levelOf(source);
  }
}

/**
 * The severity of a level that an option gives.
 *
 * @param option the function and the option, for the message
 * @throws LogbridgeError LB1003 for an unknown level or another type
 */
export function givenSeverity(level: unknown, option: string, port: Pick<InboundPort, "levelNamed">): NamedSeverity {
  const known = typeof level === "string" ? port.levelNamed(level) : null;
  if (known) return known;
  if (typeof level === "number" && Number.isFinite(level) && level >= 0) return severityOfNumber(level);
  throw new LogbridgeError(
    "LB1003",
    `${option} must be a level's name, as logger.level() knows it, or a number from 0, got ${givenText(level)}`,
  );
}
