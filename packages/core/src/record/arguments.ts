import { platform } from "#platform";
import { copyFields, type Fields, mergeFields } from "./context.ts";
import { isPlainObject } from "./plain-object.ts";
import { NONE } from "./record.ts";

/** The parts of a call before its message is filled. */
export interface Parts {
  readonly template: string;
  readonly values: readonly unknown[];
  readonly named: Fields | null;
  readonly thrown: unknown;
}

function indexOfError(values: readonly unknown[]): number {
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (typeof value === "object" && value !== null && platform.isError(value)) return index;
  }
  return -1;
}

/**
 * Sorts values into positional ones, keyword values and the exception.
 *
 * Keyword values are the caller's own object where there is one only: nothing is copied that may never be read.
 */
export function splitValues(
  template: string,
  values: readonly unknown[],
  taken: number,
  leading: Fields | null,
  thrown: unknown,
  strict: boolean,
): Parts {
  let error = thrown;
  let rest = values;
  if (values.length > 0) {
    if (error === NONE) {
      const at = indexOfError(values);
      if (at >= 0) {
        error = values[at];
        if (at >= taken) rest = values.filter((_, index) => index !== at);
      }
    } else if (rest.includes(error)) rest = rest.filter((value) => value !== error);
  }
  let named = leading;
  if (rest.length > taken) {
    const last = rest[rest.length - 1];
    if (isPlainObject(last)) {
      named = leading ? mergeFields(leading, last) : last;
      rest = rest.slice(0, -1);
    }
  }
  if (named && !strict && ("err" in named || "error" in named)) {
    const under = error === NONE ? errorField(named) : error;
    if (under !== undefined && (ownValue(named, "err") === under || ownValue(named, "error") === under)) {
      error = under;
      if (!template.includes("{err")) named = withoutError(named, under);
    }
  }
  return { template, values: rest, named, thrown: error };
}

/** The error that stands under `err` or `error`. */
export function errorField(fields: Fields): unknown {
  for (const key of ["err", "error"]) {
    const value = ownValue(fields, key);
    if (platform.isError(value)) return value;
  }
  return undefined;
}

function ownValue(fields: Fields, key: string): unknown {
  return Object.getOwnPropertyDescriptor(fields, key)?.value as unknown;
}

function withoutError(fields: Fields, error: unknown): Fields {
  const result: Record<string, unknown> = {};
  copyFields(fields, result);
  for (const key of ["err", "error"]) if (result[key] === error) delete result[key];
  return result;
}
