import { readBrackets } from "./line-brackets.ts";
import { readJsonLine } from "./line-json.ts";
import { readLogfmt } from "./line-logfmt.ts";
import type { LineSearch } from "./line-parsed.ts";
import { readPrefix } from "./line-prefix.ts";

/**
 * The usual shapes of lines:
 *
 * `"brackets"`: a head with time, level and name, as `[ERROR] …`, `[2024-01-02T03:04:05Z] [WARN] [app.db] …`, `ERROR: …`;
 * `"prefix"`: a word, as `app:warn …`, `warn …`, `npm warn …`;
 * `"json"`: one JSON object, as pino, winston, bunyan, structlog, zap, … write it;
 * `"logfmt"`: `level=warn msg="…" key=value`.
 */
export type LinePreset = "brackets" | "prefix" | "json" | "logfmt";

/** How each of them is read. Texts come without colours. */
export const LINE_PRESETS: Readonly<Record<LinePreset, LineSearch>> = {
  brackets: readBrackets,
  prefix: readPrefix,
  json: readJsonLine,
  logfmt: readLogfmt,
};
