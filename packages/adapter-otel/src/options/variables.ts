import { report } from "@logbridge/core";
import { runtime } from "#runtime";
import { shownAddress } from "./shown-address.ts";

/** What was said already: a process reads its variables more than once. */
const said = new Set<string>();

/**
 * Says once that a variable is not used, and why. Variables configure other programs, too: a slip of the pen keeps nobody from starting.
 *
 * @param shown the value, where it is no secret
 */
export function warnOfVariable(name: string, expected: string, shown?: string): void {
  const got = shown === undefined ? "" : `, got ${JSON.stringify(shownAddress(shown).slice(0, 100))}`;
  sayOnce(`${name}: expected ${expected}${got}; it is not used`);
}

/** Says once that a part of a variable is left out, and that the rest of it holds. */
export function warnOfPart(name: string, fault: string): void {
  sayOnce(`${name}: ${fault}; it is left out`);
}

function sayOnce(text: string): void {
  if (said.has(text)) return;
  said.add(text);
  report("LB1633", text);
}

/** The variable's text without blanks around it; an empty one is as one that is not set. */
export function textOf(name: string): string | undefined {
  return runtime.env(name)?.trim() || undefined;
}

/** Only "true" is true, in any case. */
export function booleanOf(name: string): boolean | undefined {
  const text = textOf(name)?.toLowerCase();
  if (text === undefined) return undefined;
  if (text !== "true" && text !== "false") warnOfVariable(name, "true or false", text);
  return text === "true";
}

/** A whole number from `least` up. */
export function numberOf(name: string, least: number): number | undefined {
  const text = textOf(name);
  if (text === undefined) return undefined;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(number) && number >= least) return number;
  warnOfVariable(name, `a whole number from ${least} up`, text);
  return undefined;
}

/** One of these words, in any case. */
export function wordOf<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
  const text = textOf(name)?.toLowerCase();
  if (text === undefined) return undefined;
  const word = words.find((one) => one === text);
  if (word === undefined) warnOfVariable(name, words.join(" or "), text);
  return word;
}

/** The names of a setting of the OTLP exporter: the one for logs goes before the one for all signals. */
export function otlpNames(setting: string): readonly [string, string] {
  return [`OTEL_EXPORTER_OTLP_LOGS_${setting}`, `OTEL_EXPORTER_OTLP_${setting}`];
}

/** The first of the variables that has a usable value. */
export function firstOf<Value>(names: readonly string[], read: (name: string) => Value | undefined): Value | undefined {
  for (const name of names) {
    const value = read(name);
    if (value !== undefined) return value;
  }
  return undefined;
}
