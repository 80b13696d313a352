import { readyPattern } from "../ready-pattern.ts";
import type { FormatRecord } from "./compile.ts";
import { callerOf, errorData, nameOf, timeText } from "./flat.ts";
import { freeKey } from "./free-key.ts";
import { quote, stringify } from "./json-text.ts";
import { plainFields, toPlain } from "./plain.ts";

const DEEPEST = 10;
/** What stands without quotes: no space, no `=`, no quote or backslash, nothing invisible. */
const BARE = readyPattern(/^[\x21\x23-\x3c\x3e-\x5b\x5d-\x7e]+$/);
const NO_KEY = /[^\x21\x23-\x3c\x3e-\x5b\x5d-\x7e\p{L}\p{N}]/gu;
const LONGEST_KEY = 200;
const MOST_PAIRS = 1_000;

/**
 * `serialize: "logfmt"`: `key=value` pairs on one line, without a newline. The keys are those of `"flat"`; what is nested has its path
 * with dots, lists are JSON. Values with spaces, quotes, `=` or control characters stand in quotes, with the escapes of JSON.
 *
 * @example
 * logfmtLine(record); // time=2026-11-25T20:48:18.123456Z level=INFO message="user saved" name=app/save user.id=7
 */
export function logfmtLine(record: FormatRecord): string {
  const caller = callerOf(record);
  const name = nameOf(record, caller);
  const pairs = new Map<string, string>();
  const put = (key: string, value: unknown): void => {
    if (pairs.size < MOST_PAIRS)
      pairs.set(
        freeKey(key, (one) => pairs.has(one)),
        valueText(value),
      );
    else pairs.set("…", '"more pairs were left out"');
  };
  put("time", timeText(record.micros));
  put("level", record.level.name);
  put("message", toPlain(record.message));
  if (name !== null) put("name", name);
  if (caller) {
    put("file", caller.path);
    put("line", caller.line);
    if (caller.functionName !== null) put("function", caller.functionName);
  }
  if (record.exception) putTree("err", toPlain(errorData(record.exception)), put, 0);
  const origin = record.origin as { readonly name: string; readonly level?: { readonly name: string } } | null;
  if (origin) put("origin.name", origin.name);
  if (origin?.level) put("origin.level", origin.level.name);
  putTree("", plainFields(record.extra), put, 0);
  return [...pairs].map(([key, value]) => `${key}=${value}`).join(" ");
}

function putTree(path: string, value: unknown, put: (key: string, value: unknown) => void, depth: number): void {
  if (typeof value !== "object" || value === null || Array.isArray(value) || depth >= DEEPEST) {
    put(path, value);
    return;
  }
  const tree = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(tree);
  if (keys.length === 0 && path !== "") put(path, tree);
  for (const key of keys) putTree(path === "" ? keyText(key) : `${path}.${keyText(key)}`, tree[key], put, depth + 1);
}

/** Compiles what only this shape needs, and what takes a while since it knows all letters: when a handler asks for the shape. */
export function readyLogfmt(): void {
  readyPattern(NO_KEY);
}

/** A key cannot be quoted: what would end it becomes `_`. */
function keyText(key: string): string {
  const text = key.length > LONGEST_KEY ? `${key.slice(0, LONGEST_KEY)}…` : key;
  return text === "" ? "_" : text.replace(NO_KEY, "_");
}

function valueText(value: unknown): string {
  const text = typeof value === "string" ? value : stringify(value);
  return BARE.test(text) ? text : quote(text);
}
