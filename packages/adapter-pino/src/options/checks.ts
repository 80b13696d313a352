import { inspect, LogbridgeTypeError } from "@logbridge/core";
import { isPath } from "../map/redaction.ts";
import type { PinoOptions } from "./pino-options.ts";

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string";
const isFunction: Check = (value) => typeof value === "function";
const isObject: Check = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isBoolean: Check = (value) => typeof value === "boolean";
const isPaths: Check = (value) => Array.isArray(value) && value.every(isPath);
const all =
  (check: Check): Check =>
  (value) =>
    isObject(value) && Object.values(value as object).every((one) => one === undefined || check(one));

/** What `pino()` takes for its options, and how it is said. What is not here says for itself what is wrong with it. */
const KINDS: Readonly<Partial<Record<keyof PinoOptions, readonly [check: Check, allowed: string]>>> = {
  redact: [
    (value) => isPaths(value) || (isObject(value) && isPaths((value as { paths?: unknown }).paths)),
    'a list of paths such as ["req.headers.cookie"], or { paths, censor, remove }',
  ],
  serializers: [all(isFunction), "an object of functions"],
  formatters: [all(isFunction), "an object of functions: level, bindings, log"],
  hooks: [all(isFunction), "an object of functions"],
  customLevels: [all((value) => Number.isFinite(value)), "an object of numbers"],
  mixin: [isFunction, "a function"],
  mixinMergeStrategy: [isFunction, "a function"],
  base: [(value) => value === null || isObject(value), "an object, or null"],
  name: [isText, "a text"],
  messageKey: [isText, "a text"],
  errorKey: [isText, "a text"],
  nestedKey: [isText, "a text"],
  msgPrefix: [isText, "a text"],
  levelComparison: [(value) => value === "ASC" || value === "DESC" || isFunction(value), '"ASC", "DESC" or a function'],
  timestamp: [(value) => isBoolean(value) || isFunction(value), "true, false or a function"],
};

/** Options for which pino takes `null` as what is not there. */
const NULLABLE: ReadonlySet<string> = new Set([
  ...["serializers", "customLevels", "formatters", "hooks", "redact", "mixin", "mixinMergeStrategy"],
  ...["msgPrefix", "nestedKey", "transport", "levelComparison"],
]);

/** The options without those that are there and say nothing. */
export function withoutNulls(options: PinoOptions): PinoOptions {
  const kept = Object.entries(options).filter(([name, value]) => value !== null || !NULLABLE.has(name));
  return Object.fromEntries(kept);
}

/** @throws LogbridgeTypeError LB1574 for an option's wrong value */
export function checkGiven(options: PinoOptions): void {
  for (const [name, [check, allowed]] of Object.entries(KINDS)) {
    const value = options[name as keyof PinoOptions];
    // pino leaves out what is `null`, as what is not there, but for the base.
    if (value === undefined || value === null || check(value)) continue;
    throw new LogbridgeTypeError(
      "LB1574",
      `fromPinoOptions(): option ${name} must be ${allowed}, got ${inspect(value)}`,
    );
  }
}
