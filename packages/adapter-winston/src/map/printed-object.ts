import { inspect, type LogRecord } from "@logbridge/core";
import { copied, hide, type Info, MESSAGE, put, valueOf } from "./info.ts";
import { masker, textsHidden } from "./masking.ts";

/** The fields that a text is the print of: an object was logged alone. */
function printedFields(message: unknown, fields: object): Info | null {
  if (typeof message !== "string" || !message.startsWith("{")) return null;
  const printed: Info = {};
  for (const key of Object.keys(fields)) if (message.includes(key)) put(printed, key, valueOf(fields, key));
  return Object.keys(printed).length > 0 && inspect(printed) === message ? printed : null;
}

/**
 * The object that a call through a winston logger had as its message, for formats: those that mask values in objects find it as they do in
 * winston. As a text it is readable.
 */
export function objectMessage({ origin, message, extra }: LogRecord): object | null {
  const fields = origin?.name === "winston" ? printedFields(message, extra) : null;
  if (!fields) return null;
  const object = copied(fields) as object;
  hide(object, "toString", () => inspect(object));
  return object;
}

/** A text that prints fields of its own info, before a format runs on it. */
export interface Printed {
  readonly message: string;
  readonly fields: object;
}

export function printedBefore(info: Info): Printed | null {
  const { message } = info;
  const fields = printedFields(message, info);
  // Formats write on the fields.
  return fields && { message: message as string, fields: copied(fields) as object };
}

/** What a format has hidden among the fields is hidden in the text that prints them, and in the line. */
export function hideInText({ message, fields }: Printed, result: Info): void {
  const left = Object.keys(fields).map((key) => valueOf(result, key));
  const mask = masker(textsHidden(fields, left.flatMap((one) => textsHidden(one, "")).join("\n")));
  if (mask(message) === message) return;
  for (const key of ["message", MESSAGE]) if (typeof result[key] === "string") result[key] = mask(result[key]);
}
