import { errorToHand, isError, type LogRecord, type Origin, toPlain } from "@logbridge/core";
import type { Line } from "./line.ts";

/** What was captured, to be compared with what a record says by now. */
interface Captured {
  readonly message: string;
  readonly level: { readonly name: string; readonly no: number };
  readonly fields: string;
  readonly error: { readonly value: unknown; readonly text: string } | null;
}

/** What is known of a record of pino, or of a facade, beside what the record itself says. */
export interface Remembered {
  /** The logger that said it, and the one whose stream it has; `null`: a facade. */
  readonly from: { readonly logger: object; readonly root: object } | null;
  /** The message that was made where no text was written. */
  readonly invented: string | null;
  /** The text stood among the fields, where formatters see it. */
  readonly isField?: boolean;
  /** The line as pino wrote it, where its stream is a sink of ours. */
  readonly written: { readonly line: Line; readonly captured: Captured } | null;
}

/** By the level in a record's origin: a redaction makes the origin anew, and keeps the level. */
const memory = new WeakMap<object, Remembered>();

export function remember(origin: Origin, remembered: Remembered): void {
  if (origin.level) memory.set(origin.level, remembered);
}

export function remembered({ origin }: LogRecord): Remembered | null {
  return (origin?.level && memory.get(origin.level)) ?? null;
}

/** Was no text written, so that pino writes none either? */
export function isTextless(record: LogRecord): boolean {
  const invented = remembered(record)?.invented ?? null;
  // A redaction hides in text and template alike; whoever writes a text leaves the template.
  return invented !== null && (record.message === invented || record.message === record.template);
}

/** What a record says at its capture. */
export function captured(
  message: string,
  level: { readonly name: string; readonly no: number },
  fields: object,
  error: { readonly value: unknown } | null,
): Captured {
  return {
    message,
    level: { name: level.name, no: level.no },
    fields: plainText(fields),
    error: error && { value: error.value, text: plainText(error.value) },
  };
}

/** Does a record still say what was captured: no patcher, format or redaction has changed it? */
export function isUnchanged(record: LogRecord, { message, level, fields, error }: Captured): boolean {
  const { exception, extra } = record;
  if (record.message !== message || record.level.name !== level.name || record.level.no !== level.no) return false;
  if (plainText(extra) !== fields) return false;
  if (!exception || !error) return exception === null && error === null;
  const { value } = error;
  const isSame = exception.value === value && errorToHand(exception) === value && plainText(value) === error.text;
  return isSame && (!isError(value) || describes(exception, value));
}

/** A patcher may have changed what the record says of an error, and not the error. */
function describes({ message, properties = {} }: NonNullable<LogRecord["exception"]>, error: Error): boolean {
  const given = Object.getOwnPropertyDescriptor(error, "message")?.value as unknown;
  if (typeof given === "string" && given !== message) return false;
  return Object.keys(properties).every((key) => {
    const found = Object.getOwnPropertyDescriptor(error, key);
    return (
      !found ||
      !("value" in found) ||
      Object.is(found.value, properties[key]) ||
      isPlainOf(found.value, properties[key])
    );
  });
}

function isPlainOf(given: unknown, shown: unknown): boolean {
  return plainText(given) === plainText(shown);
}

function plainText(value: unknown): string {
  return JSON.stringify(toPlain(value)) ?? "";
}
