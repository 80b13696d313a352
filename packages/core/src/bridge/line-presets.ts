import { readBrackets } from "./line-brackets.ts";
import { readJsonLine } from "./line-json.ts";
import type { LevelWords } from "./line-level.ts";
import { readLogfmt } from "./line-logfmt.ts";
import type { LineSearch, ParsedLine } from "./line-parsed.ts";
import { linePattern } from "./line-patterns.ts";
import { readPrefix } from "./line-prefix.ts";

/**
 * The usual shapes of lines:
 *
 * `"brackets"`: a head with time, level and name, as `[ERROR] …`, `[2024-01-02T03:04:05Z] [WARN] [app.db] …`, `ERROR: …`;
 * `"prefix"`: a word, as `app:warn …`, `warn: …`, `npm warn …`;
 * `"json"`: one JSON object, as pino, winston, bunyan, structlog, zap, … write it;
 * `"logfmt"`: `level=warn msg="…" key=value`.
 */
export type LinePreset = "brackets" | "prefix" | "json" | "logfmt";

/** How each of them is read. Texts come without colours. */
export const LINE_PRESETS: Readonly<Record<LinePreset, LineSearch>> = {
  brackets: (text, words) => ofHead(text, words, readBrackets),
  prefix: (text, words) => ofHead(text, words, readPrefix),
  json: readJsonLine,
  logfmt: readLogfmt,
};

/** What `console.trace()` prints, which a stream brings line by line: its first word is no level. */
const TRACE_OF_CONSOLE = linePattern(/^Trace(?:: |\n|$)/);

/** A head without a text behind it is what was said: it stays in the message. */
function ofHead(text: string, words: LevelWords, read: LineSearch): ParsedLine | null {
  if (TRACE_OF_CONSOLE.test(text)) return null;
  const line = read(text, words);
  return line?.message?.trim() === "" ? { ...line, message: undefined } : line;
}
