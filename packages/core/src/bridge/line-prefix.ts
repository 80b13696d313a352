import type { LevelWords } from "./line-level.ts";
import type { ParsedLine } from "./line-parsed.ts";
import { linePattern } from "./line-patterns.ts";
import { stickyMatch, timeAt } from "./line-time.ts";

/** Marks that programs draw before a level, with what surrounds them: `✖ error`, `ℹ`, `›`. */
const MARKS = linePattern(/(?:\s|(?:ℹ|[^\p{L}\p{N}\s[\](){}<>"'`@_])\uFE0F?(?=\s))*/uy);
const SCOPE = linePattern(/\[([^\][\n]{1,80})\]/y);
const NAMESPACE = linePattern(/[\p{L}@_][\p{L}\p{N}_@./*-]{0,80}(?::[\p{L}\p{N}_@./*-]{1,80}){1,10}(?=\s|$)/uy);
const HEADING = linePattern(/([a-z@][\w@./-]{0,40})\s{1,4}([A-Za-z]{3,9}!?)(?=\s|$)/y);
const WORD = linePattern(/([A-Za-z]{3,13}!?)(\s{0,2}:(?=\s|$)|\s{1,4}-{1,2}(?=\s)|(?=\s|$))/y);

/** Programs that put their name before the level, as npmlog does. */
const HEADINGS: ReadonlySet<string> = new Set(
  "npm npx pnpm yarn lerna gyp node-gyp node-pre-gyp prebuild-install bower".split(" "),
);
/** Spellings that are nothing but a level. */
const SPELLINGS: ReadonlySet<string> = new Set(["ERR!", "WARN", "sill", "verb"]);
/** yarn's words, in small letters before a sentence, a package, a path, something quoted. Others go on as sentences that begin with them. */
const BEFORE_TEXT: ReadonlySet<string> = new Set(["error", "warning", "info", "success"]);
const TEXT = linePattern(/[ \t](?:\p{Lu}|"|[^\s@/.:>]{0,80}[@/.:>]\S)/uy);
/** Levels of npmlog that elsewhere are words of a text. */
const AFTER_HEADING: ReadonlySet<string> = new Set(["http", "timing"]);

/** A level as the first word, or at the end of a namespace, or behind the program's name. */
export function readPrefix(text: string, words: LevelWords): ParsedLine | null {
  const { at, scope } = headOf(text);
  const isMarked = text.slice(0, at).trim() !== "";
  const found = ofNamespace(text, at, words) ?? ofHeading(text, at, words) ?? ofWord(text, at, isMarked, words);
  return found && { level: found.level, name: found.name ?? scope, message: text.slice(found.end).trimStart() };
}

/** A level, the name beside it, and the place behind both. */
interface Found {
  readonly level: string;
  readonly name?: string | undefined;
  readonly end: number;
}

/** Passes marks, and what signale puts before them: `[app] [12:00:00] › ✖`. */
function headOf(text: string): { readonly at: number; readonly scope: string | undefined } {
  let at = 0;
  let scope: string | undefined;
  for (let step = 0; step < 3; step++) {
    at += stickyMatch(MARKS, text, at)?.[0].length ?? 0;
    const group = stickyMatch(SCOPE, text, at);
    if (!group) break;
    const inside = group[1] as string;
    if (timeAt(inside, 0)?.end !== inside.length) scope ??= inside;
    at += group[0].length;
  }
  return { at, scope };
}

function ofNamespace(text: string, at: number, words: LevelWords): Found | null {
  const namespace = stickyMatch(NAMESPACE, text, at)?.[0];
  if (namespace === undefined) return null;
  const parts = namespace.split(":");
  const last = words(parts.at(-1) as string);
  const level = last ?? words(parts[0] as string);
  if (level === null) return null;
  const name = (last === null ? parts.slice(1) : parts.slice(0, -1)).join(":");
  return { level, name, end: at + namespace.length };
}

function ofHeading(text: string, at: number, words: LevelWords): Found | null {
  const found = stickyMatch(HEADING, text, at);
  if (!found) return null;
  const [whole, heading, word] = found as unknown as [string, string, string];
  const isKnown = HEADINGS.has(heading);
  if (!isKnown && !SPELLINGS.has(word)) return null;
  const level = isKnown && AFTER_HEADING.has(word) ? "HTTP" : words(word);
  return level === null ? null : { level, name: heading, end: at + whole.length };
}

function ofWord(text: string, at: number, isMarked: boolean, words: LevelWords): Found | null {
  const found = stickyMatch(WORD, text, at);
  if (!found) return null;
  const [whole, word, sign] = found as unknown as [string, string, string];
  const level = words(word);
  const end = at + whole.length;
  return level !== null && (isMarked || sign !== "" || isPrefix(word, text, end)) ? { level, end } : null;
}

/** A bare word is a level where nothing else is said, in capitals, and where a program is known to write so: sentences begin with such words, too. */
function isPrefix(word: string, text: string, end: number): boolean {
  if (SPELLINGS.has(word) || word === word.toUpperCase() || text.slice(end).trim() === "") return true;
  return BEFORE_TEXT.has(word) && stickyMatch(TEXT, text, end) !== null;
}
