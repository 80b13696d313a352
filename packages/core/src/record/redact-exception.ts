import { CENSOR } from "../format/censor.ts";
import { isReadableError, messageText } from "../format/error-parts.ts";
import type { ExceptionInfo } from "../format/exception.ts";
import { describeException } from "./exception.ts";
import type { PathState } from "./redact-paths.ts";
import type { RedactingWalk } from "./redact-walk.ts";

/**
 * An exception without what the paths name among its own properties, its causes and inner errors; the same object where that is
 * nothing. Its `value` stays; those of causes and inner errors are copies where something is hidden in them.
 */
export function redactedException(info: ExceptionInfo, start: PathState, walk: RedactingWalk): ExceptionInfo {
  const { value } = info;
  const shown = walk.root(value, start);
  if (!isReadableError(value) && shown !== value) return { ...describeException(shown), value };
  const state = start.forError();
  const message = shownMessage(info, state, walk);
  const properties = info.properties && (walk.root(info.properties, state) as ExceptionInfo["properties"]);
  const code = info.code !== undefined && state.next("code").ends ? CENSOR : info.code;
  const cause = info.cause && beside(info.cause, state.next("cause"), walk);
  const list = state.next("errors");
  const errors =
    info.errors && list.ends
      ? [describeException(CENSOR)]
      : info.errors?.map((error, index) => beside(error, list.next(String(index)), walk));
  const same =
    message === info.message &&
    properties === info.properties &&
    code === info.code &&
    cause === info.cause &&
    (errors === info.errors || errors?.every((error, index) => error === info.errors?.[index]));
  if (same) return info;
  return {
    ...info,
    message,
    ...(properties && { properties }),
    ...(code !== undefined && { code }),
    ...(cause && { cause }),
    ...(errors && { errors }),
  };
}

/** What stands in the place of the text, the body of an answer, has parts that paths may name. */
function shownMessage({ value, message }: ExceptionInfo, state: PathState, walk: RedactingWalk): string {
  if (!isReadableError(value)) return message;
  const own: unknown = Object.getOwnPropertyDescriptor(value, "message")?.value;
  if (typeof own !== "object" || own === null) return message;
  const shown = walk.value(own, state.next("message"));
  return shown === own ? message : messageText(shown);
}

/** A cause or inner error: sinks hand its value on as it is. */
function beside(info: ExceptionInfo, state: PathState, walk: RedactingWalk): ExceptionInfo {
  if (state.ends) return describeException(walk.value(info.value, state));
  const redacted = redactedException(info, state, walk);
  const value = walk.root(info.value, state);
  return redacted === info && value === info.value ? info : { ...redacted, value };
}
