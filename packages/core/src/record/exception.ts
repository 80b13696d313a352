import { platform } from "#platform";
import { isReadableError, readError } from "../format/error-parts.ts";
import type { ExceptionInfo, Frame } from "../format/exception.ts";
import type { Caller } from "./caller.ts";
import { type CatchPoint, marked, type Trace, withCatchPoint } from "./catch-point.ts";
import { movedFrame, parseFrames } from "./frames.ts";
import { positionOf } from "./position.ts";

const DEEPEST = 10;
const MOST_ERRORS = 50;
/** Causes and inner errors of one exception, all told. */
const MOST_IN_ALL = 200;

/** Who knows where an error was caught: `catch`, or the function that logs it. */
export interface Catching {
  readonly point: CatchPoint | null;
  readonly caller: Caller | null;
}

interface Walk {
  readonly above: object[];
  readonly catching: Catching | null;
  left: number;
}

/**
 * Describes what was thrown, whatever it is: errors of any realm, their causes and inner errors, and values that are no errors.
 *
 * Runs no code of the value's owner but what the engine itself runs to write a stack, and never throws. Bounded: 10 causes
 * deep, 50 inner errors each, 200 errors in all. Frames stand where the developer wrote them, through source maps.
 *
 * @param value what was thrown: anything
 * @param catching where it was caught, so that the frame is marked; `null`: not known
 * @example
 * describeException(new RangeError("too far")).type; // "RangeError"
 */
export function describeException(value: unknown, catching: Catching | null = null): ExceptionInfo {
  return describe(value, { above: [], catching, left: MOST_IN_ALL });
}

function describe(value: unknown, walk: Walk): ExceptionInfo {
  walk.left--;
  if (!isReadableError(value)) return describeOther(value);
  const { type, message, stack, code, cause, errors, properties } = readError(value);
  if (walk.above.includes(value)) return { type, value, message: `${message} [circular]`, stack: [] };
  const goesOn = walk.above.length < DEEPEST && walk.left > 0;
  walk.above.push(value);
  const info: ExceptionInfo = {
    type,
    value,
    message,
    stack: caughtFrames(framesBelow(stack, message), walk),
    ...(cause !== undefined && cause !== null && goesOn && { cause: describe(cause, walk) }),
    ...(errors && goesOn && { errors: describeInner(errors, walk) }),
    ...(code !== undefined && { code }),
    ...(properties && { properties }),
  };
  walk.above.pop();
  return info;
}

function describeInner(errors: readonly unknown[], walk: Walk): ExceptionInfo[] {
  const described: ExceptionInfo[] = [];
  for (let index = 0; index < errors.length; index++) {
    if (index >= MOST_ERRORS || walk.left <= 0) {
      const more = errors.length - index;
      described.push({
        type: "…",
        value: undefined,
        message: `${more} more ${more === 1 ? "error" : "errors"}`,
        stack: [],
      });
      break;
    }
    described.push(describe(Object.getOwnPropertyDescriptor(errors, index)?.value, walk));
  }
  return described;
}

/** A message may have lines that look like frames; they stand before the real ones. */
function framesBelow(stack: string, message: string): Frame[] {
  const at = message === "" ? -1 : stack.indexOf(message);
  return parseFrames(at < 0 ? stack : stack.slice(at + message.length)).map(mapped);
}

/** What the runtime has mapped already names no file that was generated from another one. */
function mapped(frame: Frame): Frame {
  if (frame.native || frame.line === null || frame.column === null) return frame;
  const { path, line, column } = positionOf(frame.file, frame.line, frame.column, null);
  return path === frame.file ? frame : movedFrame(frame, { file: path, line, column });
}

function caughtFrames(frames: readonly Frame[], { catching, above }: Walk): readonly Frame[] {
  if (!catching) return frames;
  const { point, caller } = catching;
  // What was caught is the outermost error alone: its causes were caught elsewhere.
  if (!point || above.length > 1) return marked(frames, point?.caller ?? caller);
  return withCatchPoint(frames, point.trace && traceFrames(point.trace), point);
}

function traceFrames(trace: Trace): Frame[] {
  try {
    const { stack } = trace;
    return typeof stack === "string" ? parseFrames(stack).map(mapped) : [];
  } catch {
    // An installed `Error.prepareStackTrace` threw.
    return [];
  }
}

function describeOther(value: unknown): ExceptionInfo {
  if (typeof value === "string") return { type: "string", value, message: value, stack: [] };
  const type = value === null ? "null" : typeof value;
  const message = platform.inspect(value, { oneLine: true, depth: 2 });
  // What is thrown away from its class (by JSON, by a message port) often still has an error's shape.
  const shape = typeof value === "object" && value !== null && !platform.isProxy(value) ? errorShape(value) : null;
  return { type, value, message, stack: [], ...shape };
}

function errorShape(value: object): Pick<ExceptionInfo, "type" | "message" | "stack"> | null {
  const name = ownText(value, "name");
  const message = ownText(value, "message");
  const stack = ownText(value, "stack");
  return message === null || stack === null
    ? null
    : { type: name || "object", message, stack: framesBelow(stack, message) };
}

function ownText(value: object, key: string): string | null {
  try {
    const text = Object.getOwnPropertyDescriptor(value, key)?.value as unknown;
    return typeof text === "string" ? text : null;
  } catch {
    // A stack that is not yet written is written at this reading, by code that the application may have installed.
    return null;
  }
}
