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

/** The parts of `Error` that say what a stack looks like. */
export interface Engine {
  stackTraceLimit?: number | undefined;
  prepareStackTrace?: Preparation | undefined;
  captureStackTrace?: (holder: object, skip: unknown) => void;
}

const keepSites: Preparation = (_error, sites) => sites;

/** What the engine has given a stack to. */
export interface Captured {
  readonly stack?: unknown;
}

/** What `Error` says while no call sites are wanted. */
let limitBefore: number | undefined;
let preparationBefore: Preparation | undefined;

/**
 * From here on stacks are captured as call sites, so many at most. What is captured next is to be read by `sitesOf`, which ends it: nothing
 * else may come between.
 */
export function wantSites(limit: number): void {
  const engine = Error as unknown as Engine;
  // A capture that somebody has wrapped may log: what is found then is ours.
  if (engine.prepareStackTrace !== keepSites) {
    limitBefore = engine.stackTraceLimit;
    preparationBefore = engine.prepareStackTrace;
  }
  try {
    engine.stackTraceLimit = limit;
    engine.prepareStackTrace = keepSites;
  } catch {
    // Read-only (frozen intrinsics): what comes is a text.
  }
}

/**
 * The call sites that were captured since `wantSites`, innermost first; `null` where the runtime has given none.
 *
 * `Error.prepareStackTrace` and `Error.stackTraceLimit` are then as before, whoever has set them. Where they cannot be set (frozen
 * intrinsics) or mean nothing (JavaScriptCore), the stack's text is read instead.
 */
export function sitesOf(holder: Captured): CallSite[] | null {
  const engine = Error as unknown as Engine;
  let stack: unknown;
  try {
    ({ stack } = holder);
  } catch {
    // Whoever rules over the preparation has thrown.
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

/** The call sites above `skip`, innermost first; `null` where the runtime shows none. */
export function captureSites(skip: Skipped, limit: number): CallSite[] | null {
  const engine = Error as unknown as Engine;
  if (!engine.captureStackTrace) return sitesAbove(skip.name, new Error().stack);
  const holder: Captured = {};
  wantSites(limit);
  try {
    engine.captureStackTrace(holder, skip);
  } catch {
    // Somebody has wrapped it.
  }
  return sitesOf(holder);
}

/** Without `captureStackTrace` the frames below the logger's face are told by its name; no such name, no caller. */
function sitesAbove(name: string, stack: string | undefined): CallSite[] | null {
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
