import { type ExceptionInfo, errorToHand, toPlain } from "@logbridge/core";
import { type Copy, type EventClass, type LoggingEvent, levelAbroad } from "../levels.ts";

/** An event that also serialises what the library's own loses: causes, big integers. */
export interface BridgedEvent extends LoggingEvent {
  exception: ExceptionInfo | null;
}

const classes = new WeakMap<EventClass, EventClass>();

/** The copy's own class, with a serialisation that loses nothing and runs no getter. */
export function bridgedClass({ LoggingEvent: Base, levels }: Copy): EventClass {
  const known = classes.get(Base);
  if (known) return known;
  const exceptions = new WeakMap<object, ExceptionInfo>();
  class BridgedLoggingEvent extends Base {
    /** Not a field: every field is serialised. */
    set exception(value: ExceptionInfo) {
      exceptions.set(this, value);
    }
    override serialise(): string {
      const exception = exceptions.get(this);
      const thrown = exception && errorToHand(exception);
      // Whoever reads it sees an object that is there twice, in `data` and as `error`; their parts must be the very same.
      const told = exception && errorData(exception);
      const plain = (value: unknown): unknown => (told && value === thrown ? { ...told } : toPlain(value));
      const { data, level, context, error, ...rest } = this;
      const abroad = { ...rest, level: levelAbroad(level, levels), data: data.map(plain), context: toPlain(context) };
      return super.serialise.call({ ...abroad, ...(error !== undefined && { error: plain(error) }) });
    }
  }
  classes.set(Base, BridgedLoggingEvent);
  return BridgedLoggingEvent;
}

/** What another process makes an Error of: it takes every object that has a message and a stack. */
function errorData(exception: ExceptionInfo): Record<string, unknown> {
  const { type, message, code, properties } = exception;
  const title = { message, stack: stackText(exception) };
  // In the order of log4js; properties of these names would make it another error.
  return Object.assign({}, title, { name: type }, code !== undefined && { code }, toPlain(properties ?? {}), title);
}

function stackText({ type, message, code, stack, cause, errors = [] }: ExceptionInfo, depth = 0): string {
  const title = message === "" ? type : `${type}: ${message}`;
  const own = [
    depth > 0 && code !== undefined ? `${title} (${code})` : title,
    ...stack.map((frame) => frame.text),
  ].join("\n");
  const inner = errors.map((error) => `\n[error] ${stackText(error, depth + 1)}`).join("");
  return `${own}${inner}${cause ? `\nCaused by: ${stackText(cause, depth + 1)}` : ""}`;
}
