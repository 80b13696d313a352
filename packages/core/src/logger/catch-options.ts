import { platform } from "#platform";
import { LogbridgeError, LogbridgeTypeError, shown } from "../diagnostics.ts";
import { isPlainObject } from "../record/plain-object.ts";

/** A class whose instances are thrown. */
export type ErrorClass = abstract new (...args: never[]) => unknown;

/** Options of `catch()`. */
export interface CatchOptions<Default = undefined> {
  /** What is caught: a class or several. Default: everything that can be thrown, also what is no error. */
  readonly exception?: ErrorClass | readonly ErrorClass[];
  /** What passes through unlogged, also where `exception` names it. Default: nothing. */
  readonly exclude?: ErrorClass | readonly ErrorClass[];
  /** The record's level, by name or number. Default `"ERROR"`. */
  readonly level?: string | number;
  /** The error is thrown on after it was logged. Default `false`. */
  readonly reraise?: boolean;
  /** Called with what was thrown, once the record is written. What it throws goes to the caller. */
  readonly onerror?: (error: unknown) => void;
  /** What the wrapped function gives where an error was swallowed. Default `undefined`. */
  readonly default?: Default;
  /** The message: a template that reads the record, such as `"{record[function]} failed"`. */
  readonly message?: string;
}

/** The options as they are used. */
export interface CatchPlan {
  readonly exception: readonly ErrorClass[] | null;
  readonly exclude: readonly ErrorClass[];
  readonly level: string | number;
  readonly reraise: boolean;
  readonly onerror: ((error: unknown) => void) | null;
  readonly default: unknown;
  /** `null`: the default. */
  readonly message: string | null;
}

const NAMES: readonly string[] = ["exception", "exclude", "level", "reraise", "onerror", "default", "message"];

const PLACE =
  "process '{record[process].name}' ({record[process].id}), thread '{record[thread].name}' ({record[thread].id}):";
const MESSAGE = `An error has been caught in function '{record[function]}', ${PLACE}`;
const MESSAGE_WITHOUT_CALLER = `An error has been caught in a callback of the runtime, ${PLACE}`;

/** The record's message as a template. */
export function messageOf(plan: CatchPlan, hasCaller: boolean): string {
  return plan.message ?? (hasCaller ? MESSAGE : MESSAGE_WITHOUT_CALLER);
}

/**
 * Checks the options of `catch()` and fills in the defaults.
 *
 * @throws LogbridgeError LB1030 for an unknown option; LogbridgeTypeError LB1031 for what is no class, LB1032 for another wrong value
 */
export function readCatchOptions(options: CatchOptions<unknown>): CatchPlan {
  const given: unknown = options;
  if (!isPlainObject(given))
    throw new LogbridgeTypeError("LB1030", `catch(): expected a function or an object of options, got ${shown(given)}`);
  for (const name of Object.keys(options))
    if (!NAMES.includes(name))
      throw new LogbridgeError("LB1030", `catch(): unknown option ${shown(name)}; allowed are ${NAMES.join(", ")}`);
  const { exception, exclude, level = "ERROR", reraise = false, onerror, message } = options;
  if (typeof level !== "string" && !(Number.isInteger(level) && (level as number) >= 0))
    wrong("level", level, "the name of a level or an integer from 0 up");
  if (typeof reraise !== "boolean") wrong("reraise", reraise, "true or false");
  if (onerror !== undefined && typeof onerror !== "function") wrong("onerror", onerror, "a function");
  if (message !== undefined && typeof message !== "string") wrong("message", message, "a text");
  return {
    exception: exception === undefined ? null : classes("exception", exception),
    exclude: exclude === undefined ? [] : classes("exclude", exclude),
    level,
    reraise,
    onerror: onerror ?? null,
    default: options.default,
    message: message ?? null,
  };
}

function wrong(name: string, value: unknown, allowed: string): never {
  throw new LogbridgeTypeError("LB1032", `catch(): option ${name} must be ${allowed}, got ${shown(value)}`);
}

function classes(name: string, value: ErrorClass | readonly ErrorClass[]): readonly ErrorClass[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  for (const one of list)
    if (typeof one !== "function" || typeof (one as { prototype?: unknown }).prototype !== "object")
      throw new LogbridgeTypeError("LB1031", `catch(): option ${name} must be a class or several, got ${shown(one)}`);
  return [...list] as ErrorClass[];
}

/** Is what was thrown to be logged? */
export function catches(plan: CatchPlan, error: unknown): boolean {
  const wanted = plan.exception === null || plan.exception.some((one) => isInstance(error, one));
  return wanted && !plan.exclude.some((one) => isInstance(error, one));
}

function isInstance(error: unknown, type: ErrorClass): boolean {
  try {
    if (error instanceof type) return true;
    // Each realm (vm, Jest, an iframe) has an Error of its own.
    const name = builtInName(type);
    return name !== null && platform.isError(error) && builtInNames(error).includes(name);
  } catch {
    // `Symbol.hasInstance` of the class, or the trap of a proxy, threw.
    return false;
  }
}

/** The name of a class that the engine brings; `null` for the application's own. */
function builtInName(type: unknown): string | null {
  if (typeof type !== "function" || !/\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(type)))
    return null;
  const name: unknown = Object.getOwnPropertyDescriptor(type, "name")?.value;
  return typeof name === "string" && /^(?:[A-Z]\w*)?(?:Error|Exception)$/.test(name) ? name : null;
}

function builtInNames(error: object): string[] {
  const names: string[] = [];
  for (let at = Object.getPrototypeOf(error) as object | null, depth = 0; at && depth < 50; depth++) {
    const name = builtInName(Object.getOwnPropertyDescriptor(at, "constructor")?.value);
    if (name !== null) names.push(name);
    at = Object.getPrototypeOf(at) as object | null;
  }
  return names;
}
