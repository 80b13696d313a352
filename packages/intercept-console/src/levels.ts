import type { InboundPort, NamedSeverity } from "@logbridge/core";

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
