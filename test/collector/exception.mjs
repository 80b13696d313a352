// What has to be said of an error.
import { array, map, string } from "./any-value.mjs";

/** @typedef {import("./any-value.mjs").AnyValue} AnyValue */

/**
 * By convention, and its causes and inner errors as structure.
 * @param {Error} error
 * @returns {import("./expectation.mjs").ExpectedAttributes}
 */
export function exceptionOf(error) {
  const { type, message, ...more } = partsOf(error);
  return {
    "exception.type": type,
    "exception.message": message,
    "exception.stacktrace": ({ stringValue }) => tells(String(stringValue), error),
    ...Object.fromEntries(Object.entries(more).map(([name, value]) => [`exception.${name}`, value])),
  };
}

/** @param {Error} error @returns {{ type: AnyValue, message: AnyValue, [name: string]: AnyValue }} */
function partsOf(error) {
  return {
    type: string(error.constructor.name),
    message: string(error.message),
    ...("code" in error && { code: string(String(error.code)) }),
    ...(error.cause instanceof Error && { cause: map(partsOf(error.cause)) }),
    ...(error instanceof AggregateError && { errors: array(...error.errors.map((one) => map(partsOf(one)))) }),
  };
}

/** Does a stack speak of an error, and of all that this is about? @param {string} stack @param {Error} error @returns {boolean} */
function tells(stack, error) {
  const inner = error instanceof AggregateError ? error.errors : [];
  const causes = error.cause instanceof Error ? [error.cause] : [];
  return (
    stack.includes(`${error.constructor.name}: ${error.message}`) &&
    /\n +at /.test(stack) &&
    [...inner, ...causes].every((one) => tells(stack, one))
  );
}
