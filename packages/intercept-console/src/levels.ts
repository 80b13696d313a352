/** The console methods that print. */
export type ConsoleMethod =
  | "log"
  | "info"
  | "warn"
  | "error"
  | "debug"
  | "trace"
  | "dir"
  | "dirxml"
  | "table"
  | "group"
  | "groupCollapsed"
  | "count"
  | "assert"
  | "timeLog"
  | "timeEnd";

const LEVELS: Readonly<Partial<Record<ConsoleMethod, { readonly name: string; readonly no: number }>>> = {
  debug: { name: "DEBUG", no: 10 },
  // A trace is a question of the developer, not a detail below DEBUG: it must not vanish at the default level.
  trace: { name: "DEBUG", no: 10 },
  warn: { name: "WARNING", no: 30 },
  error: { name: "ERROR", no: 40 },
  assert: { name: "ERROR", no: 40 },
};

/** The level of a console method; INFO for all that are not named. */
export function levelOf(method: ConsoleMethod): { readonly name: string; readonly no: number } {
  return LEVELS[method] ?? { name: "INFO", no: 20 };
}

/** The methods that print by themselves, without calling another. */
export const BASIC: readonly ConsoleMethod[] = ["log", "info", "warn", "error", "debug"];

/** The methods that print by calling one of the basic ones. */
export const COMPOSITE: readonly ConsoleMethod[] = [
  "dirxml",
  "table",
  "group",
  "groupCollapsed",
  "count",
  "assert",
  "timeLog",
  "timeEnd",
];
