import type { Frame } from "../format/exception.ts";
import { parseFrames } from "./frames.ts";

/** What is read of a call site; V8's own objects have these methods. */
export interface CallSite {
  getFileName(): string | null | undefined;
  getScriptNameOrSourceURL?(): string | null | undefined;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
  getFunctionName(): string | null;
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
  try {
    set(engine, "stackTraceLimit", limit);
    set(engine, "prepareStackTrace", keepSites);
    const holder: { stack?: unknown } = {};
    engine.captureStackTrace(holder, skip);
    const { stack } = holder;
    if (typeof stack === "string") return parseFrames(stack).map(siteOf);
    return Array.isArray(stack) ? (stack as CallSite[]) : null;
  } catch {
    return null;
  } finally {
    set(engine, "prepareStackTrace", preparationBefore);
    set(engine, "stackTraceLimit", limitBefore);
  }
}

function set<K extends "stackTraceLimit" | "prepareStackTrace">(engine: Engine, key: K, value: Engine[K]): void {
  try {
    // An own property that holds `undefined` and one that is absent mean the same to every engine; deleting would slow the object down.
    engine[key] = value;
  } catch {
    // Read-only: what is there must do.
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
