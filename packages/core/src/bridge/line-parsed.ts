import type { LevelWords } from "./line-level.ts";

/** What a parser finds in a line. What is absent stays as it was. */
export interface ParsedLine {
  /** A level's name, of ours or of any library, or a severity in our numbers. A name that nobody knows changes nothing and goes into `fields.level`. */
  readonly level?: string | number | undefined;
  /** Becomes `record.name`, before what the option `name` says. */
  readonly name?: string | undefined;
  /** The text without what was found in it. Absent: the text stays as it is. */
  readonly message?: string | undefined;
  /** Goes into `record.extra`. */
  readonly fields?: Readonly<Record<string, unknown>> | undefined;
  /** When it was said, in milliseconds since 1970. */
  readonly timeMs?: number | undefined;
  /** What was thrown. It becomes the record's exception, unless the call had an error of its own. */
  readonly error?: unknown;
}

/** Looks into a text; `null`: nothing found. What it throws is the business of who asks. */
export type LineSearch = (text: string, words: LevelWords) => ParsedLine | null;
