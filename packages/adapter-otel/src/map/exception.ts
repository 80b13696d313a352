import { type RecordException, stackText } from "@logbridge/core";
import { writeValue } from "../otlp/value.ts";
import type { ValueWriter } from "../otlp/value-writer.ts";
import type { AttributeList } from "./attribute-list.ts";

/**
 * What was thrown: `exception.type` (the class, never the code), `exception.message` and `exception.stacktrace` (causes and inner errors
 * included) by convention; as structure `exception.code`, `exception.cause`, `exception.errors` and `exception.properties`.
 */
export function writeException(exception: RecordException, attributes: AttributeList): void {
  const { type, message, code, cause, errors, properties } = exception;
  attributes.add("exception.type", type);
  attributes.add("exception.message", message);
  attributes.add("exception.stacktrace", stackText(exception));
  attributes.add("exception.code", code);
  if (cause) attributes.addBy("exception.cause", (writer, longest) => writeError(cause, writer, longest));
  if (errors) attributes.addBy("exception.errors", (writer, longest) => writeErrors(errors, writer, longest));
  attributes.add("exception.properties", properties);
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
