import { platform } from "#platform";
import { type Caller, type CallerSource, captureCaller } from "./caller.ts";
import { plainTemplate } from "./template-cache.ts";

/** What is found once for a tagged template: the engine gives one list of its texts to every run of one place in the code. */
interface Tagged {
  readonly template: string;
  /** The level that was logged at: a function that hands one template to several methods has several callers. */
  level: number;
  caller: Caller | null;
}

const known = new WeakMap<readonly string[], Tagged>();

/** The last one that was asked for: a call asks more than once, and mostly many calls of one place follow each other. */
let lastTexts: object | null = null;
let last: Tagged | undefined;

/** What is known of a tagged template's texts; `undefined` for all that is none. */
function taggedOf(first: unknown): Tagged | undefined {
  if (first === lastTexts) return last;
  if (!isArray(first)) return undefined;
  let tagged = known.get(first);
  if (tagged === undefined) {
    if (!isTagged(first)) return undefined;
    tagged = { template: first.map(plainTemplate).join("{}"), level: Number.NaN, caller: null };
    known.set(first, tagged);
  }
  lastTexts = first;
  last = tagged;
  return tagged;
}

/** True for the first argument of a tagged template. */
export function isTagged(value: unknown): value is TemplateStringsArray {
  if (!isArray(value) || platform.isProxy(value)) return false;
  return isArray(rawTexts(value));
}

function rawTexts(texts: object): unknown {
  try {
    return Object.getOwnPropertyDescriptor(texts, "raw")?.value;
  } catch {
    // A trap, where the runtime cannot tell a proxy.
    return undefined;
  }
}

function isArray(value: unknown): value is readonly string[] {
  try {
    return Array.isArray(value);
  } catch {
    // A revoked proxy.
    return false;
  }
}

/** The template of a call's first argument, where that is the texts of a tagged one; `undefined` for all else. */
export function taggedTemplate(first: unknown): string | undefined {
  return taggedOf(first)?.template;
}

/**
 * The caller of a tagged template that was found before at this severity, so that no stack has to be looked at.
 *
 * @param depth how many frames are left out: above 0 the template says nothing of the place
 */
export function knownCaller(first: unknown, level: number, depth: number): Caller | undefined {
  if (depth > 0) return undefined;
  const tagged = taggedOf(first);
  return tagged !== undefined && tagged.level === level ? (tagged.caller ?? undefined) : undefined;
}

/** Notes the caller of a call at this severity, if it was made by a tagged template. */
export function learnCaller(first: unknown, level: number, caller: Caller, depth: number): void {
  const tagged = depth > 0 ? undefined : taggedOf(first);
  if (tagged === undefined) return;
  tagged.level = level;
  tagged.caller = caller;
}

/**
 * The caller of a log call: of a tagged template it is found once.
 *
 * @param first the call's first argument
 * @param level the severity that is logged at
 */
export function callerOfCall(first: unknown, level: number, source: CallerSource): Caller | null {
  const found = knownCaller(first, level, source.depth);
  if (found !== undefined) return found;
  const caller = captureCaller(source);
  if (caller !== null) learnCaller(first, level, caller, source.depth);
  return caller;
}
