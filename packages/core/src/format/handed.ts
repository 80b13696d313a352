import type { ExceptionInfo } from "./exception.ts";

/** A copy in place of the thrown value. One name in the process: the records of every copy of the package are read by it. */
const HANDED = Symbol.for("logbridge.handed");

type Handed = ExceptionInfo & { readonly [HANDED]?: unknown };

/** The exception with what other libraries get in place of the very value that was thrown. */
export function withHanded(info: ExceptionInfo, handed: unknown): ExceptionInfo {
  return Object.assign({ ...info }, { [HANDED]: handed });
}

/**
 * What a bridge hands on as the error: `exception.value`, or a copy where a handler redacts properties of it. For adapters, whose
 * libraries show all that an error has.
 *
 * @example
 * theirs.error(record.message, record.exception && errorToHand(record.exception));
 */
export function errorToHand(exception: ExceptionInfo): unknown {
  return HANDED in exception ? (exception as Handed)[HANDED] : exception.value;
}
