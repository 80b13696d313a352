import { inspect, isError } from "@logbridge/core";
import type { Bindings } from "./map/bindings.ts";
import { split, withoutText } from "./map/line-parts.ts";
import { parsedOrNull } from "./map/parsed.ts";
import { dataOf, put } from "./map/put.ts";
import { givenError, openFields, takeError } from "./map/taken-error.ts";
import { textKey } from "./map/their-logger.ts";
import type { Understood, Written } from "./map/written.ts";

/** What the line says: redacted, serialised and formatted. The error is the object itself where the line shows all of it. */
export function readFormatted(written: Written): Understood {
  const { logger, object, text } = written;
  const messageKey = textKey(logger, "messageKey", "msg");
  const parts = split(written);
  // A hook may make anything of a line.
  if (!parts) return { message: written.line.trimEnd(), fields: {}, error: null, name: undefined, isTextless: false };
  const { bindings, body } = parts;
  const { props, message } = withoutText(body, messageKey, text, written);
  const line = parsedOrNull(props) ?? (written.isHooked ? {} : openFields(logger, object));
  const nestedKey = textKey(logger, "nestedKey", "");
  const inner = nestedKey === "" ? undefined : line[nestedKey];
  const own = typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>) : line;
  const error = takeError(written, own);
  // What a hook has made of the text may stand in another form.
  const isElsewhere = written.isHooked === true && message === undefined && text !== undefined;
  return together(
    bindings,
    own,
    error,
    isElsewhere ? taken(line, messageKey) : text === undefined ? taken(own, messageKey) : message,
  );
}

/** What the call said, before the logger hid anything. Bindings are serialised when a child is made, and stay so. */
export function readRaw(written: Written): Understood {
  const { logger, object, text } = written;
  const own = dataOf(object);
  const error = givenError(logger, object);
  if (error) delete own[error.key];
  return together(
    split(written)?.bindings ?? { fields: {}, name: undefined },
    own,
    error,
    text === undefined ? taken(own, textKey(logger, "messageKey", "msg")) : text,
  );
}

function together(
  bindings: Bindings,
  own: Record<string, unknown>,
  error: Understood["error"],
  text: unknown,
): Understood {
  const fields: Record<string, unknown> = {};
  for (const from of [bindings.fields, own]) for (const key of Object.keys(from)) put(fields, key, from[key]);
  let message: string;
  if (text !== undefined && text !== null) message = typeof text === "string" ? text : inspect(text);
  else if (error && isError(error.value)) message = String(error.value.message);
  else message = Object.keys(own).length > 0 ? inspect(own) : "";
  return { message, fields, error, name: bindings.name, isTextless: text === undefined };
}

/** pino takes a field of the message key for the text where there is no other. */
function taken(own: Record<string, unknown>, key: string): unknown {
  const value = own[key];
  delete own[key];
  return value;
}
