import { type RecordException, stackText } from "@logbridge/core";
import type { ArrivedException } from "../origin-mark.ts";
import { writeValue } from "../otlp/value.ts";
import type { ValueWriter } from "../otlp/value-writer.ts";
import { arrivedTexts, type ExceptionTexts } from "./arrived-exception.ts";
import type { AttributeList } from "./attribute-list.ts";

/**
 * What was thrown: `exception.type` (the class, never the code), `exception.message` and `exception.stacktrace` (causes and inner errors
 * included) by convention; as structure `exception.code`, `exception.cause`, `exception.errors` and `exception.properties`.
 *
 * What came in as texts goes out as those, in whatever form another language has them, and nothing is said that they do not say.
 *
 * @param arrived how it came in; `null`: it did not
 */
export function writeException(
  exception: RecordException,
  arrived: ArrivedException | null | undefined,
  attributes: AttributeList,
): void {
  const { code, cause, errors, properties } = exception;
  const texts = arrivedTexts(exception, arrived);
  const { type, message, stack } = texts ?? textsOf(exception);
  attributes.add("exception.type", type);
  attributes.add("exception.message", message);
  attributes.add("exception.stacktrace", stack);
  // The SDK writes an error's code in place of its class.
  if (texts === null || code !== type) attributes.add("exception.code", code);
  if (cause) attributes.addBy("exception.cause", (writer, longest) => writeError(cause, writer, longest));
  if (errors) attributes.addBy("exception.errors", (writer, longest) => writeErrors(errors, writer, longest));
  attributes.add("exception.properties", properties);
}

function textsOf(exception: RecordException): ExceptionTexts {
  return { type: exception.type, message: exception.message, stack: stackText(exception) };
}

/** A cause or inner error. Its frames stand in the stack of the outermost. How deep they go is bounded where they are described. */
function writeError(exception: RecordException, writer: ValueWriter, longest: number): void {
  const { type, message, code, cause, errors, properties } = exception;
  writer.beginMap();
  for (const [key, value] of Object.entries({ type, message, code, properties })) {
    if (value === undefined) continue;
    writer.key(key);
    writeValue(value, writer, longest);
  }
  if (cause) {
    writer.key("cause");
    writeError(cause, writer, longest);
  }
  if (errors) {
    writer.key("errors");
    writeErrors(errors, writer, longest);
  }
  writer.endMap();
}

function writeErrors(errors: readonly RecordException[], writer: ValueWriter, longest: number): void {
  writer.beginArray();
  for (const error of errors) writeError(error, writer, longest);
  writer.endArray();
}
