import type { Frame } from "../format/exception.ts";
import { readyPattern } from "../ready-pattern.ts";
import type { Skipped } from "./call-sites.ts";
import type { Caller } from "./caller.ts";
import { isOwnFile } from "./foreign-frames.ts";

const ASYNC_OR_NEW = readyPattern(/^(?:async|new) /);
const ALIAS = readyPattern(/ \[as .*\]$/);
const OWNERS = readyPattern(/^.*\./);

/** Where an error was caught, as far as the one who logs it knows. */
export interface CatchPoint {
  /** Who called the wrapped function. */
  readonly caller: Caller | null;
  /** The stack above the wrapped function while it was still there; `null` where the error came later. */
  readonly trace: Trace | null;
  /** How many frames above the catch point is: `opt({ depth })`. */
  readonly depth: number;
}

/** A stack that the engine writes when its text is read. */
export interface Trace {
  readonly stack?: unknown;
}

interface Engine {
  stackTraceLimit?: unknown;
  captureStackTrace?: (holder: object, skip: Skipped) => void;
}

const engine = Error as unknown as Engine;

/** How many frames a trace is extended by at most. */
const MOST_ABOVE = 100;

/** The stack above a function, deeper than the engine's own limit; `null` where the engine has no means for it. */
export function captureTrace(skip: Skipped): Trace | null {
  const before = engine.stackTraceLimit;
  try {
    if (!engine.captureStackTrace) return null;
    engine.stackTraceLimit = MOST_ABOVE;
    const trace: Trace = {};
    engine.captureStackTrace(trace, skip);
    return trace;
  } catch {
    // Frozen intrinsics: the error's own stack must do.
    return null;
  } finally {
    restore(before);
  }
}

function restore(limit: unknown): void {
  try {
    engine.stackTraceLimit = limit;
  } catch {
    // It could not be set in the first place.
  }
}

const GAP: Frame = {
  function: null,
  file: "",
  line: null,
  column: null,
  native: true,
  text: "    … (frames that the engine left out)",
};

/**
 * The frames of an error that was caught by `catch`: without those of `catch` itself, extended upward by the stack of who
 * called, and with the catch point marked.
 *
 * @param frames the error's own
 * @param above the stack above the wrapped function, `null` where it is not known
 */
export function withCatchPoint(
  frames: readonly Frame[],
  above: readonly Frame[] | null,
  point: CatchPoint,
): readonly Frame[] {
  if (!above || above.length === 0) return marked(frames.filter(isTheirs), point.caller);
  const at = meeting(frames, above);
  const caught = markedAbove(above, point.depth).filter(isTheirs);
  if (at >= 0) return [...frames.slice(0, at).filter(isTheirs), ...caught];
  // An error that was made elsewhere has all of its frames and none of these.
  if (frames.length < engineLimit()) return marked(frames.filter(isTheirs), point.caller);
  return frames.length === 0 ? caught : [...frames.filter(isTheirs), GAP, ...caught];
}

function isTheirs(frame: Frame): boolean {
  return frame.line === null || !isOwnFile(frame.file);
}

function engineLimit(): number {
  return typeof engine.stackTraceLimit === "number" ? engine.stackTraceLimit : 10;
}

/** Where the error's stack goes over into the stack above: from there on both are the same. */
function meeting(frames: readonly Frame[], above: readonly Frame[]): number {
  for (let at = 0; at < frames.length; at++) {
    const shared = Math.min(frames.length - at, above.length);
    let same = 0;
    while (same < shared && frames[at + same]?.text === above[same]?.text) same++;
    if (same === shared && same > 0) return at;
  }
  return -1;
}

function markedAbove(above: readonly Frame[], depth: number): readonly Frame[] {
  let left = depth;
  const at = above.findIndex((frame) => frame.line !== null && isTheirs(frame) && left-- === 0);
  // Between a generator and who iterates it stand frames of the engine.
  const first = Math.max(
    0,
    above.findIndex((frame) => frame.line !== null),
  );
  return above.slice(first).map((frame, index) => (first + index === at ? { ...frame, catchPoint: true } : frame));
}

/**
 * The frames with the innermost one marked that is of the function which logs; without such a frame as they are.
 *
 * @param caller who logs
 */
export function marked(frames: readonly Frame[], caller: Caller | null): readonly Frame[] {
  const at = caller ? frames.findIndex((frame) => isIn(frame, caller)) : -1;
  return at < 0 ? frames : frames.map((frame, index) => (index === at ? { ...frame, catchPoint: true } : frame));
}

function isIn(frame: Frame, caller: Caller): boolean {
  return (
    frame.line !== null && frame.file === caller.path && bareName(frame.function) === bareName(caller.functionName)
  );
}

/** `Store.save [as put]`, `new Store` and `async save` are written by stacks where a caller has the last name alone. */
function bareName(name: string | null): string {
  const bare = (name ?? "").replace(ASYNC_OR_NEW, "").replace(ALIAS, "").replace(OWNERS, "");
  return bare === "" ? "<anonymous>" : bare;
}
