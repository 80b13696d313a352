import { LogbridgeError } from "../diagnostics.ts";
import type { ExceptionInfo } from "./exception.ts";
import { errorToHand } from "./handed.ts";
import { reachAll } from "./reach.ts";
import type { Field } from "./template.ts";

/** The fields of a record that formats read. */
export interface FormatRecord {
  readonly seq: number;
  readonly micros: number;
  readonly elapsed: number;
  readonly level: { readonly name: string; readonly no: number; readonly icon: string };
  readonly message: string;
  readonly extra: object;
  readonly exception: ExceptionInfo | null;
  readonly name: string | null;
  readonly function: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly file: { readonly name: string; readonly path: string } | null;
  readonly module: string | null;
  readonly process: { readonly id: number; readonly name: string };
  readonly thread: { readonly id: number; readonly name: string };
  readonly origin: unknown;
}

/** Reads a value from a record; `MISSING` where it has none. */
export type Read = (record: FormatRecord) => unknown;

/** What a format may say about one field of the record. */
interface RecordField {
  /** The value of the field alone. */
  readonly read: Read;
  /** What may follow a dot. */
  readonly parts?: readonly string[];
  /** Known only when the caller is captured. */
  readonly caller?: true;
}

/** Stands for what the record does not know. */
export const UNKNOWN = "-";

/** The level to be read and not changed: who asks a record for `level` gets a copy of his own. */
export function levelOf(record: FormatRecord): FormatRecord["level"] {
  return (record as { readonly _level?: FormatRecord["level"] })._level ?? record.level;
}

const NAMED_ID = ["id", "name"] as const;

const FIELDS: ReadonlyMap<string, RecordField> = new Map<string, RecordField>([
  ["time", { read: (record) => record.micros }],
  ["elapsed", { read: (record) => record.elapsed }],
  ["level", { read: (record) => levelOf(record).name, parts: ["name", "no", "icon"] }],
  ["message", { read: (record) => record.message }],
  ["extra", { read: (record) => record.extra }],
  [
    "exception",
    {
      read: (record) => record.exception,
      parts: ["type", "value", "message", "stack", "cause", "errors", "code", "properties"],
    },
  ],
  ["name", { read: (record) => record.name, caller: true }],
  ["function", { read: (record) => record.function, caller: true }],
  ["line", { read: (record) => record.line, caller: true }],
  ["column", { read: (record) => record.column, caller: true }],
  ["file", { read: (record) => record.file?.name, parts: ["name", "path"], caller: true }],
  ["module", { read: (record) => record.module, caller: true }],
  ["process", { read: (record) => record.process.id, parts: NAMED_ID }],
  ["thread", { read: (record) => record.thread.id, parts: NAMED_ID }],
  ["seq", { read: (record) => record.seq }],
  [
    "origin",
    {
      read: (record) => (record.origin as { readonly name?: unknown } | null)?.name,
      parts: ["name", "level", "line", "depth"],
    },
  ],
]);

/** True for the fields that need the caller's place in the code. */
export function isCallerField({ head }: Field): boolean {
  return FIELDS.get(String(head))?.caller === true;
}

/** True for the fields whose values are small and few, unlike those that the caller of the logger gives. */
export function isSteady({ head }: Field): boolean {
  return (
    head !== "extra" &&
    head !== "exception" &&
    head !== "origin" &&
    head !== "message" &&
    head !== "seq" &&
    head !== "elapsed"
  );
}

/**
 * How a format's field is read from a record. What the record does not know is `-`.
 *
 * @param strict a field that no record has is looked for in each record, where a patcher may have put it
 * @throws LogbridgeError LB1104 for a field or a part of it that no record has, unless strict
 */
export function readerOf(field: Field, strict: boolean): Read {
  try {
    return knownReader(field);
  } catch (error) {
    if (!strict) throw error;
    const { head, path } = field;
    return (record) => reachAll(record, [head, ...path]);
  }
}

function knownReader({ head, path, source }: Field): Read {
  const name = String(head);
  const field = typeof head === "number" ? undefined : FIELDS.get(name);
  if (!field) throw unknownField(source, `a record has ${[...FIELDS.keys()].join(", ")}`);
  const { read, parts } = field;
  const [first, ...rest] = path;
  if (name === "extra") return (record) => reachAll(record.extra, path);
  if (first === undefined) return (record) => read(record) ?? UNKNOWN;
  if (name === "time") throw unknownField(source, "write {time:YYYY-MM-DD} for parts of the time");
  // A position in a text.
  if (!parts && typeof first === "number") return (record) => reachAll(read(record), path);
  if (!parts?.includes(String(first)))
    throw unknownField(source, parts ? `${name} has ${parts.join(", ")}` : `${name} has no parts`);
  return (record) => {
    // These objects are of this library, whose getters may run; what lies further down may be the user's.
    const whole = (name === "level" ? levelOf(record) : record[name as "origin"]) as Readonly<
      Record<string, unknown>
    > | null;
    const part = name === "exception" && first === "value" ? handedValue(record) : whole?.[first as string];
    return rest.length === 0 || part === null || part === undefined ? (part ?? UNKNOWN) : reachAll(part, rest);
  };
}

/** A format reads of an error what a redacting handler leaves of it. */
function handedValue({ exception }: FormatRecord): unknown {
  return exception && errorToHand(exception);
}

function unknownField(source: string, known: string): LogbridgeError {
  return new LogbridgeError("LB1104", `the format's field ${source} is unknown; ${known}`);
}

/** Values of the kinds that a field can have, to try a format spec on. */
export function samplesOf({ head, path, conversion }: Field): readonly unknown[] {
  if (conversion !== null) return ["text"];
  const last = path.length === 0 ? head : path[0];
  switch (head) {
    case "extra":
    case "exception":
    case "origin":
      return path.length === 0 && head === "exception" ? ["text"] : ["text", 1, 1.5];
    default:
      return last === "no" || last === "id" || NUMBERS.has(String(last)) ? [1, 1.5] : ["text"];
  }
}

const NUMBERS: ReadonlySet<string> = new Set(["elapsed", "line", "column", "process", "thread", "seq"]);
