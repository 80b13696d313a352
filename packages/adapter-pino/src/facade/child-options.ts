import { LogbridgeTypeError } from "@logbridge/core";
import { isList, type PinoRedaction } from "../map/line-options.ts";
import { isPath } from "../map/redaction.ts";
import type { Formatters, Serializer } from "./ways.ts";

/** Options of `child()`, checked. What pino does not read here either is left out: frameworks pass all of theirs. */
export interface ChildOptions {
  readonly level?: string | number;
  readonly serializers?: Readonly<Record<string, Serializer>>;
  readonly redact?: PinoRedaction;
  readonly formatters?: Formatters;
  readonly customLevels?: Readonly<Record<string, unknown>>;
  readonly msgPrefix?: string;
}

/**
 * Reads the options of `child()`.
 *
 * @throws LogbridgeTypeError LB1572 for an option of a wrong kind
 */
export function readChildOptions(given: object): ChildOptions {
  const { level, serializers, redact, formatters, customLevels, msgPrefix } = given as Record<string, unknown>;
  return {
    ...(level !== undefined && { level: level as string | number }),
    ...(isGiven(serializers) && { serializers: functions("serializers", serializers) as Record<string, Serializer> }),
    ...(isGiven(redact) && { redact: redactionOf(redact) }),
    ...(isGiven(formatters) && { formatters: functions("formatters", formatters) as Formatters }),
    ...(isGiven(customLevels) && { customLevels: customLevels as Record<string, unknown> }),
    ...(typeof msgPrefix === "string" && { msgPrefix }),
  };
}

function isGiven(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function functions(option: string, given: object): Record<string, unknown> {
  const own: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (typeof value !== "function") refuse(`${option}.${key} must be a function, got ${typeof value}`);
    own[key] = value;
  }
  return own;
}

function redactionOf(given: object): PinoRedaction {
  const redact = given as readonly string[] | PinoRedaction;
  const { paths, censor, remove } = isList(redact) ? { paths: redact } : redact;
  if (!Array.isArray(paths) || !paths.every(isPath))
    refuse('redact must be a list of paths such as "req.headers.cookie", or { paths, censor, remove }');
  return { paths, ...(censor !== undefined && { censor }), ...(remove !== undefined && { remove }) };
}

function refuse(what: string): never {
  throw new LogbridgeTypeError("LB1572", `child(): option ${what}`);
}
