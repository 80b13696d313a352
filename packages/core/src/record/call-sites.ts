import type { Frame } from "../format/exception.ts";
import { parseFrames } from "./frames.ts";

/** What is read of a call site; V8's own objects have these methods. */
export interface CallSite {
  getFileName(): string | null | undefined;
  getScriptNameOrSourceURL?(): string | null | undefined;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
  getFunctionName(): string | null;
  /** Where in the script the call stands: cheaper than line and column, which must be counted. V8 alone has it. */
  getPosition?(): number;
}

/** Turns call sites into what becomes `error.stack`. */
export type Preparation = (error: Error, sites: readonly CallSite[]) => unknown;

/** A function whose frame, and all frames below it, are left out. */
export type Skipped = (...args: never[]) => unknown;

interface Engine {
  stackTraceLimit?: number | undefined;
  prepareStackTrace?: Preparation | undefined;
  captureStackTrace?: (holder: object, skip: unknown) => void;
}

const keepSites: Preparation = (_error, sites) => sites;

/**
 * The call sites above `skip`, innermost first; `null` where the runtime shows none.
 *
 * `Error.prepareStackTrace` and `Error.stackTraceLimit` are as before when it returns, whoever has set them. Where they cannot
 * be set (frozen intrinsics) or mean nothing (JavaScriptCore), the stack's text is read instead.
 */
export function captureSites(skip: Skipped, limit: number): readonly CallSite[] | null {
  const engine = Error as unknown as Engine;
  if (!engine.captureStackTrace) return sitesAbove(skip.name, new Error().stack);
  const limitBefore = engine.stackTraceLimit;
  const preparationBefore = engine.prepareStackTrace;
  const holder: { stack?: unknown } = {};
  let stack: unknown;
  // All in this one function: every frame between the caller and the capture is paid for at each record.
  try {
    engine.stackTraceLimit = limit;
    engine.prepareStackTrace = keepSites;
    engine.captureStackTrace(holder, skip);
    stack = holder.stack;
  } catch {
    stack = captureText(engine.captureStackTrace, skip);
  }
  try {
    // An own property that holds `undefined` and one that is absent mean the same to every engine; deleting would slow the object down.
    engine.prepareStackTrace = preparationBefore;
    engine.stackTraceLimit = limitBefore;
  } catch {
    // Read-only: nothing was changed.
  }
  if (typeof stack === "string") return parseFrames(stack).map(siteOf);
  return Array.isArray(stack) ? (stack as CallSite[]) : null;
}

/** The stack as whoever rules over the preparation writes it. */
function captureText(capture: NonNullable<Engine["captureStackTrace"]>, skip: Skipped): unknown {
  try {
    const holder: { stack?: unknown } = {};
    capture(holder, skip);
    return holder.stack;
  } catch {
    return null;
  }
}

/** Without `captureStackTrace` the frames below the logger's face are told by its name; no such name, no caller. */
function sitesAbove(name: string, stack: string | undefined): readonly CallSite[] | null {
  const frames = parseFrames(stack ?? "");
  const at =
    name === "" ? -1 : frames.findIndex((frame) => frame.function === name || frame.function?.endsWith(`.${name}`));
  return at < 0 ? null : frames.slice(at + 1).map(siteOf);
}

function siteOf(frame: Frame): CallSite {
  return {
    getFileName: () => frame.file,
    getLineNumber: () => frame.line,
    getColumnNumber: () => frame.column,
    getFunctionName: () => frame.function,
  };
}

/** The file of a call site; `null` for generated code without a name. */
export function fileOf(site: CallSite): string | null {
  const name = site.getFileName() ?? site.getScriptNameOrSourceURL?.();
  return name && name !== "<anonymous>" && name !== "[native code]" ? name : null;
}

/** A preparation that somebody installed (source-map-support, an APM agent), `null` where there is only the runtime's own. */
export function foreignPreparation(): Preparation | null {
  const preparation = (Error as unknown as Engine).prepareStackTrace;
  return typeof preparation === "function" && preparation.name !== "ErrorPrepareStackTrace" ? preparation : null;
}
