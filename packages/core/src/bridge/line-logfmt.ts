import type { LevelWords } from "./line-level.ts";
import type { ParsedLine } from "./line-parsed.ts";
import { linePattern } from "./line-patterns.ts";
import { momentOf, stickyMatch } from "./line-time.ts";

const MOST_PAIRS = 1_000;
const KEY = linePattern(/[^\s="]{1,256}/y);
const BARE = linePattern(/[^\s"]*(?=\s|$)/y);
const GAP = linePattern(/[ \t]+/y);

const LEVELS: readonly string[] = ["level", "lvl", "severity", "loglevel", "log.level"];
const MESSAGES: readonly string[] = ["msg", "message"];
const TIMES: readonly string[] = ["time", "ts", "timestamp", "@timestamp", "t"];
const NAMES: readonly string[] = ["logger", "name", "logger_name", "component"];

/** A line that is pairs from end to end, with a level or a message among them; else it is a text that has an `=` in it. */
export function readLogfmt(text: string, words: LevelWords): ParsedLine | null {
  const pairs = pairsOf(text.trim());
  if (!pairs) return null;
  const level = take(pairs, LEVELS, (value) => value) ?? take(pairs, ["at"], words);
  const message = take(pairs, MESSAGES, (value) => value);
  if (level === undefined && message === undefined) return null;
  const name = take(pairs, NAMES, (value) => value || null);
  const timeMs = take(pairs, TIMES, momentOf);
  return { level, message, name, timeMs, fields: Object.fromEntries(pairs) };
}

/** Takes the first pair of one of these keys whose value serves. */
function take<T>(
  pairs: Map<string, string>,
  keys: readonly string[],
  read: (value: string) => T | null,
): T | undefined {
  for (const key of keys) {
    const value = pairs.get(key);
    const found = value === undefined ? null : read(value);
    if (found === null) continue;
    pairs.delete(key);
    return found;
  }
  return undefined;
}

function pairsOf(text: string): Map<string, string> | null {
  const pairs = new Map<string, string>();
  let at = 0;
  while (at < text.length) {
    const key = stickyMatch(KEY, text, at)?.[0];
    if (key === undefined || text[at + key.length] !== "=" || pairs.size === MOST_PAIRS) return null;
    const value = valueAt(text, at + key.length + 1);
    if (!value) return null;
    // Written twice, as logrus does with a field named like its own: both stay.
    pairs.set(pairs.has(key) ? `${key}.${pairs.size}` : key, value.text);
    const gap = stickyMatch(GAP, text, value.end)?.[0] ?? "";
    at = value.end + gap.length;
    if (gap === "" && at < text.length) return null;
  }
  return pairs;
}

/** A value and where it ends; `null` where a quote is not closed. */
function valueAt(text: string, at: number): { readonly text: string; readonly end: number } | null {
  if (text[at] !== '"') {
    const bare = stickyMatch(BARE, text, at)?.[0];
    return bare === undefined ? null : { text: bare, end: at + bare.length };
  }
  let end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
  return end < text.length ? { text: unescaped(text.slice(at + 1, end)), end: end + 1 } : null;
}

const ESCAPE = linePattern(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))/gs);
const MEANINGS: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
  v: "\v",
  a: "\u0007",
};

/** The escapes of JSON, which are Go's too but for `\x`. */
function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(ESCAPE, (_whole, long?: string, short?: string, char?: string) => {
    const code = long ?? short;
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return Object.hasOwn(MEANINGS, char as string) ? (MEANINGS[char as string] as string) : (char as string);
  });
}
