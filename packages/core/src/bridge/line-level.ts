import { nameOfSeverity, severityOfName } from "./levels.ts";
import { linePattern } from "./line-patterns.ts";

/** Our level of a name, as an inbound port knows it. */
export type LevelNamed = (name: string) => { readonly name: string; readonly no: number } | null;

/** Gives the level that a word at the head of a line means, `null` for a word that is none. */
export type LevelWords = (word: string) => string | null;

/**
 * Words that mean a level wherever they stand at the head of a line. `http`, `data`, `help` and others that are levels of one library
 * are not among them, and `log` and `fine` only in capitals: at the head of a line they mostly are something else.
 */
const WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    TRACE: ["TRACE", "TRAC", "TRC"],
    SILLY: ["SILLY", "SILL"],
    DEBUG: ["DEBUG", "DEBU", "DBG"],
    VERBOSE: ["VERBOSE", "VERB"],
    INFO: ["INFO", "INF", "INFORMATION", "INFORMATIONAL"],
    NOTICE: ["NOTICE"],
    SUCCESS: ["SUCCESS"],
    WARNING: ["WARNING", "WARN", "WRN"],
    ERROR: ["ERROR", "ERRO", "ERR", "ERR!", "SEVERE", "FAIL"],
    CRITICAL: ["CRITICAL", "CRIT", "CRT", "FATAL", "FATA", "FTL", "PANIC", "DPANIC"],
    ALERT: ["ALERT"],
    EMERG: ["EMERG", "EMERGENCY"],
  }).flatMap(([level, words]) => words.map((word) => [word, level] as const)),
);

/** Words of every day, which at the head of a line are levels in capitals only. */
const IN_CAPITALS: ReadonlyMap<string, string> = new Map([
  ["FINE", "DEBUG"],
  ["FINER", "TRACE"],
  ["FINEST", "TRACE"],
]);

/** The words of every library, and the levels that this logger has of its own. */
export function levelWords(levelNamed: LevelNamed): LevelWords {
  return (word) =>
    levelNamed(word)?.name ??
    WORDS.get(word.toUpperCase()) ??
    IN_CAPITALS.get(word) ??
    (word === "LOG" ? "INFO" : null);
}

/** `INFO+2`, as Go's slog writes what is between two levels. */
const OFFSET = linePattern(/[+-]\d{1,3}$/);
const LONGEST = 64;

/**
 * The level that a text in a line means: ours of that name, custom ones too, else what any library means by it.
 *
 * @returns `null` for a text that is no level
 */
export function levelOfText(
  text: string,
  levelNamed: LevelNamed,
): { readonly name: string; readonly no: number } | null {
  const name = text.trim();
  if (name === "" || name.length > LONGEST) return null;
  const ours = levelNamed(name);
  if (ours) return ours;
  const word = name.replace(OFFSET, "");
  const upper = word.toUpperCase();
  const known = WORDS.get(upper) ?? IN_CAPITALS.get(upper) ?? word;
  const no = severityOfName(known);
  return no === null ? null : (levelNamed(known) ?? { name: nameOfSeverity(no, known), no });
}
