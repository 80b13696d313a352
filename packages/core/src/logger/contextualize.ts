import { LogbridgeTypeError, shown } from "../diagnostics.ts";
import { enterContext, type Fields, mergeFields, runInContext } from "../record/context.ts";
import { isPlainObject } from "../record/plain-object.ts";

/** A context that was entered and ends when it is disposed. */
export interface EnteredContext {
  /** Ends the context. Also by `using`, where the runtime has it. */
  end(): void;
  [Symbol.dispose](): void;
}

/** Values for everything that is logged inside, through any logger, across `await`. */
export interface Contextualize {
  /** Runs `fn` with the values in `extra` of all records, and gives its result. */
  <R>(values: object, fn: () => R): R;
  /** Enters at once: `using _ = logger.contextualize({ task })`. */
  (values: object): EnteredContext;
  /** A function that runs `fn` with the values at each call. */
  wrap<A extends unknown[], R>(values: object, fn: (...args: A) => R): (...args: A) => R;
}

function checked(values: unknown): Fields {
  if (isPlainObject(values)) return mergeFields(values);
  throw new LogbridgeTypeError("LB1017", `contextualize(): expected an object of values, got ${shown(values)}`);
}

function contextualizeValues<R>(values: object, fn?: () => R): R | EnteredContext {
  const fields = checked(values);
  if (typeof fn === "function") return runInContext(fields, fn);
  if (fn !== undefined)
    throw new LogbridgeTypeError("LB1017", `contextualize(values, fn): expected a function, got ${shown(fn)}`);
  let leave: (() => void) | null = enterContext(fields);
  const end = (): void => {
    leave?.();
    leave = null;
  };
  const entered = { end } as EnteredContext;
  // Older runtimes lack the symbol; the type promises it only to those who can write `using`.
  if (typeof Symbol.dispose === "symbol") entered[Symbol.dispose] = end;
  return entered;
}

function wrap<A extends unknown[], R>(values: object, fn: (...args: A) => R): (...args: A) => R {
  const fields = checked(values);
  return (...args) => runInContext(fields, () => fn(...args));
}

/** The function behind `logger.contextualize`: the context is the process's, not one logger's. */
export const contextualize: Contextualize = Object.assign(contextualizeValues, { wrap }) as Contextualize;
