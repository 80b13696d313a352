import { types } from "node:util";
import { isError } from "@logbridge/core";
import { DEEPEST, type Info, put, valueOf } from "./info.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
export const ANSI: RegExp = /\x1b\[[0-9;]*m/g;
const SECRET = /pass(?:word|wd|phrase)?|secret|token|authorization|cookie|api[-_]?key|credential/i;
const HIDDEN = "[Redacted]";

export function maskedValue(key: string, value: unknown, depth: number): unknown {
  if (SECRET.test(key)) return HIDDEN;
  if (typeof value !== "object" || value === null || types.isProxy(value) || depth >= DEEPEST) return value;
  if (Array.isArray(value)) return value.map((item) => maskedValue("", item, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const copy: Info = {};
  for (const name of Object.keys(value)) put(copy, name, maskedValue(name, valueOf(value, name), depth + 1));
  return copy;
}

/** Is anything in it named like a secret? */
export function holdsSecret(key: string, value: unknown, depth: number): boolean {
  if (SECRET.test(key)) return true;
  if (typeof value !== "object" || value === null || types.isProxy(value) || depth >= DEEPEST) return false;
  return Object.keys(value).some((name) =>
    holdsSecret(Array.isArray(value) ? "" : name, valueOf(value, name), depth + 1),
  );
}

export function stackIn(info: Info): unknown {
  return isError(info) ? info.stack : valueOf(info, "stack");
}

/** Shorter ones stand in too many words. */
const SHORTEST = 3;
const BETWEEN_WORDS = /[\s"'`=:,;()[\]{}<>]+/;

/** The words of a text that are gone from what a format made of it. */
export function wordsHidden(before: string, after: string): string[] {
  if (after.includes(before)) return [];
  return before.split(BETWEEN_WORDS).filter((word) => word.length >= SHORTEST && !after.includes(word));
}

/** The texts in a value that another one does not show, and that are not printed elsewhere. */
export function textsHidden(value: unknown, printed: string, depth = 0): string[] {
  if (typeof value === "string") return value.length >= SHORTEST && !printed.includes(value) ? [value] : [];
  if (typeof value !== "object" || value === null || types.isProxy(value) || depth >= DEEPEST) return [];
  return Object.keys(value).flatMap((key) => textsHidden(valueOf(value, key), printed, depth + 1));
}

/** Hides texts, the longest first. */
export function masker(texts: readonly string[]): (text: string) => string {
  const hidden = [...new Set(texts)].sort((a, b) => b.length - a.length);
  return (text) => hidden.reduce((masked, one) => masked.replaceAll(one, HIDDEN), text);
}
