import { platform } from "#platform";
import { LogbridgeError, shown } from "../diagnostics.ts";

/** The shapes of a line that have a name. */
export const SHAPES: readonly Shape[] = ["flat", "ecs", "gcp", "logfmt"];

/** The name of a line's shape. */
export type Shape = "flat" | "ecs" | "gcp" | "logfmt";

/** What `LOGBRIDGE_…` variables can say, by their name. */
export interface EnvironmentDefaults {
  readonly LEVEL: string | number;
  readonly FORMAT: string;
  readonly FILTER: string;
  readonly COLORIZE: boolean;
  readonly SERIALIZE: boolean | Shape;
  readonly BACKTRACE: boolean;
  readonly DIAGNOSE: boolean | "values";
  readonly ENQUEUE: boolean;
  readonly CATCH: boolean;
  readonly AUTOINIT: boolean;
}

/** Words that some of them take beside truth values. */
const WORDS: Readonly<Record<string, readonly string[]>> = { SERIALIZE: SHAPES, DIAGNOSE: ["values"] };

/**
 * What the variable `LOGBRIDGE_<name>` says, `undefined` where it is not set or empty.
 *
 * @throws LogbridgeError LB1013 for a value that it cannot have
 */
export function defaultOption<Name extends keyof EnvironmentDefaults>(
  name: Name,
): EnvironmentDefaults[Name] | undefined {
  const value = platform.env(`LOGBRIDGE_${name}`);
  return value === undefined || value === "" ? undefined : (read(name, value) as EnvironmentDefaults[Name]);
}

function read(name: string, value: string): string | number | boolean {
  if (name === "LEVEL") return /^\d+$/.test(value) ? Number(value) : value;
  if (name === "FORMAT" || name === "FILTER") return value;
  if (/^(1|true|yes|on|y|t)$/i.test(value)) return true;
  if (/^(0|false|no|off|n|f)$/i.test(value)) return false;
  const words = WORDS[name] ?? [];
  const word = value.toLowerCase();
  if (words.includes(word)) return word;
  throw new LogbridgeError(
    "LB1013",
    `LOGBRIDGE_${name}=${shown(value)}: expected a truth value such as 1, true, 0 or false${words.length > 0 ? `, or ${words.join(", ")}` : ""}`,
  );
}

/** Are colours wanted, when `colorize` does not say it? */
export function wantsColors(sinkShowsColors: boolean): boolean {
  return defaultOption("COLORIZE") ?? showsColors(sinkShowsColors);
}

/** What `NO_COLOR`, `FORCE_COLOR` and the other side say of colours. */
export function showsColors(sinkShowsColors: boolean): boolean {
  const forced = platform.env("FORCE_COLOR");
  if (platform.env("NO_COLOR")) return false;
  if (forced !== undefined && forced !== "") return forced !== "0" && forced !== "false";
  return sinkShowsColors;
}
