import { type Caller, type CallerSource, captureCaller } from "./caller.ts";

/** What is found once for a tagged template: the engine gives one list of its texts to every run of one place in the code. */
interface Known {
  /** The level that was logged at: a function that hands one template to several methods has several callers. */
  readonly level: number;
  readonly caller: Caller;
}

const known = new WeakMap<readonly string[], Known>();

/** True for the first argument of a tagged template. */
export function isTagged(value: unknown): value is TemplateStringsArray {
  return Array.isArray(value) && Array.isArray((value as { raw?: unknown }).raw);
}

/**
 * The caller of a log call: of a tagged template it is captured once.
 *
 * @param first the call's first argument
 * @param level the severity that is logged at
 */
export function callerOfCall(first: unknown, level: number, source: CallerSource): Caller | null {
  if (source.depth !== 0 || !isTagged(first)) return captureCaller(source);
  const found = known.get(first);
  if (found !== undefined && found.level === level) return found.caller;
  const caller = captureCaller(source);
  if (caller) known.set(first, { level, caller });
  return caller;
}
