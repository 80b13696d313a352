import { mergeFields } from "../record/context.ts";
import type { Origin } from "../record/origin.ts";
import type { Inbound } from "./inbound.ts";
import { type NamedSeverity, severityOfNumber } from "./levels.ts";
import { type LevelNamed, levelOfText, levelWords } from "./line-level.ts";
import type { ParsedLine } from "./line-parsed.ts";
import { lineSearches } from "./line-parser.ts";
import { readyLinePatterns } from "./line-patterns.ts";

/** Looks into the texts of one interception. */
export type LineReader = (text: string) => ParsedLine | null;

/**
 * The reader for an option `parse`; `null` where there is none, so that nobody pays for it.
 *
 * @param failed hears of a parser that throws or answers nonsense: it has found nothing then
 * @throws LogbridgeTypeError LB1410
 */
export function lineReader(
  parse: unknown,
  levelNamed: LevelNamed,
  failed: (error: unknown) => void,
): LineReader | null {
  const searches = lineSearches(parse, "intercept");
  if (searches.length === 0) return null;
  readyLinePatterns();
  const words = levelWords(levelNamed);
  let reading = false;
  return (text) => {
    // A parser that logs would be asked about its own words without end.
    if (reading) return null;
    reading = true;
    try {
      for (const search of searches) {
        try {
          const line = search(text, words);
          if (line) return line;
        } catch (error) {
          failed(error);
        }
      }
      return null;
    } finally {
      reading = false;
    }
  };
}

/** The level that was found; `null` where there is none, or one that nobody knows. */
export function levelIn({ level }: ParsedLine, levelNamed: LevelNamed): NamedSeverity | null {
  if (typeof level === "string") return levelOfText(level, levelNamed);
  return level === undefined ? null : severityOfNumber(level);
}

/**
 * A record with what was found in its text. What the call itself brought as values (fields, an error) goes before what its text says.
 *
 * @param level what `levelIn` made of the level that was found
 */
export function withLine(inbound: Inbound, line: ParsedLine, level: NamedSeverity | null): Inbound {
  const message = line.message ?? inbound.message;
  const unknown = level === null && line.level !== undefined && line.level !== "" ? { level: line.level } : null;
  const found = mergeFields(unknown, line.fields, inbound.fields);
  const hasError = "error" in inbound || line.error === undefined;
  return {
    ...inbound,
    level: level ?? inbound.level,
    message,
    template: templateOf(inbound, message),
    fields: Object.keys(found).length > 0 ? found : inbound.fields,
    origin: originOf(inbound, message),
    ...(line.name !== undefined && { name: line.name }),
    ...(line.timeMs !== undefined && { timeMs: line.timeMs }),
    ...(!hasError && { error: line.error }),
  };
}

/** A head that stands in the template as it stands in the text is cut off there too; else the text is its own template. */
function templateOf(inbound: Inbound, message: string): string | undefined {
  const { template } = inbound;
  if (template === undefined || message === inbound.message) return template;
  const head = inbound.message.slice(0, inbound.message.length - message.length);
  const isHead = inbound.message.endsWith(message) && template.startsWith(head) && !head.includes("%");
  return isHead ? template.slice(head.length) : undefined;
}

/**
 * The whole text is the record's line where the message is only a part of it. The object is a new one: sinks of the same library
 * would take the old one for the sign that the record is still as it came.
 */
function originOf({ origin, message: text }: Inbound, message: string): Origin {
  const { name, level, depth } = origin;
  const line = origin.line ?? (message === text ? undefined : text);
  return { name, ...(level && { level }), ...(depth !== undefined && { depth }), ...(line !== undefined && { line }) };
}
