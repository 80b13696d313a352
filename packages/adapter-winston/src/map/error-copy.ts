import { errorToHand, isError, type LogRecord, toPlain } from "@logbridge/core";
import { bareError, copied, DEEPEST, hide, type Info, put, show, valueOf } from "./info.ts";

export type Exception = NonNullable<LogRecord["exception"]>;

export function stackOf({ type, message, stack }: Exception): string {
  const title = message === "" ? type : `${type}: ${message}`;
  return [title, ...stack.map((frame) => frame.text)].join("\n");
}

/**
 * An error of the same class with the same parts, which a format may write on; it shows its class, stack, code and causes in JSON,
 * where an error by itself is `{}`.
 */
export function errorCopy(exception: Exception): Error {
  const copy = bareError();
  Object.setPrototypeOf(copy, Object.getPrototypeOf(exception.value) as object);
  const hidden = (key: string, value: unknown): void => hide(copy, key, value);
  hidden("message", exception.message);
  hidden("stack", stackOf(exception));
  (showsName(exception) ? show : hide)(copy, "name", exception.type);
  if (exception.cause)
    hidden("cause", isError(exception.cause.value) ? errorCopy(exception.cause) : copied(errorToHand(exception.cause)));
  if (exception.errors)
    hidden(
      "errors",
      exception.errors.map((one) => (isError(one.value) ? errorCopy(one) : copied(errorToHand(one)))),
    );
  if (exception.code !== undefined) show(copy, "code", exception.code);
  for (const [key, value] of Object.entries(exception.properties ?? {})) show(copy, key, copied(value));
  hidden("toJSON", () => dataOf(copy));
  return copy;
}

/** A class that says `name = "StorageError"` gives it to each error, and JSON shows it. */
function showsName({ value }: Exception): boolean {
  return isError(value) && Object.getOwnPropertyDescriptor(value, "name")?.enumerable === true;
}

/** What JSON shows of an error: of the error as it stands, since formats write on it. */
export function dataOf(error: Error, depth = 0): object {
  const data: Info = {};
  const name = valueOf(error as unknown as Info, "name");
  const type = typeof name === "string" ? name : error.name;
  Object.assign(data, { type, name: type, message: error.message, stack: error.stack });
  for (const key of Object.keys(error))
    if (key !== "name") put(data, key, toPlain(valueOf(error as unknown as Info, key)));
  const cause = valueOf(error as unknown as Info, "cause");
  const errors = valueOf(error as unknown as Info, "errors");
  if (depth >= DEEPEST) return data;
  if (cause !== undefined) data["cause"] = partOf(cause, depth + 1);
  if (Array.isArray(errors)) data["errors"] = errors.map((one) => partOf(one, depth + 1));
  return data;
}

function partOf(value: unknown, depth: number): unknown {
  return isError(value) ? dataOf(value, depth) : toPlain(value);
}
