import { platform } from "#platform";
import type { CallSite } from "./call-sites.ts";
import { type Caller, type CallerSource, callerOf, captureCaller } from "./caller.ts";

/** What is found once for a tagged template: the engine gives one list of its texts to every run of one place in the code. */
interface Known {
  /** The level that was logged at: a function that hands one template to several methods has several callers. */
  readonly level: number;
  readonly caller: Caller;
}

const known = new WeakMap<readonly string[], Known>();

/** True for the first argument of a tagged template. */
export function isTagged(value: unknown): value is TemplateStringsArray {
  if (!isArray(value) || platform.isProxy(value)) return false;
  return isArray(Object.getOwnPropertyDescriptor(value, "raw")?.value);
}

function isArray(value: unknown): value is readonly unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    // A revoked proxy.
    return false;
  }
}

/** What is known of a tagged template; `undefined` for all that is none, or is here for the first time. */
function knownOf(first: unknown): Known | undefined {
  return typeof first === "object" && first !== null ? known.get(first as readonly string[]) : undefined;
}

/** Was the caller of this tagged template found before, so that no stack has to be looked at? */
export function isKnownPlace(first: unknown, level: number, depth: number): boolean {
  return depth === 0 && knownOf(first)?.level === level;
}

/**
 * The caller of a log call: of a tagged template it is found once.
 *
 * @param first the call's first argument
 * @param level the severity that is logged at
 * @param sites the stack above the logger's method, where it has been looked at
 */
export function callerOfCall(
  first: unknown,
  level: number,
  source: CallerSource,
  sites: readonly CallSite[] | null | undefined,
): Caller | null {
  const found = source.depth === 0 ? knownOf(first) : undefined;
  if (found !== undefined && found.level === level) return found.caller;
  const caller = sites === undefined ? captureCaller(source) : callerOf(sites?.[source.depth]);
  if (caller && source.depth === 0 && isTagged(first)) known.set(first, { level, caller });
  return caller;
}
