import { isError, type LogRecord, toPlain } from "@logbridge/core";
import { bareError, copied, hide, show } from "./info.ts";

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
    hidden("cause", isError(exception.cause.value) ? errorCopy(exception.cause) : exception.cause.value);
  if (exception.errors)
    hidden(
      "errors",
      exception.errors.map((one) => (isError(one.value) ? errorCopy(one) : one.value)),
    );
  if (exception.code !== undefined) show(copy, "code", exception.code);
  for (const [key, value] of Object.entries(exception.properties ?? {})) show(copy, key, copied(value));
  hidden("toJSON", () => errorData(exception));
  return copy;
}

/** A class that says `name = "StorageError"` gives it to each error, and JSON shows it. */
function showsName({ value }: Exception): boolean {
  return isError(value) && Object.getOwnPropertyDescriptor(value, "name")?.enumerable === true;
}

function errorData(exception: Exception): object {
  const { type, message, code, cause, errors, properties } = exception;
  return {
    type,
    name: type,
    message,
    stack: stackOf(exception),
    ...(code !== undefined && { code }),
    ...(properties && (toPlain(properties) as object)),
    ...(cause && { cause: errorData(cause) }),
    ...(errors && { errors: errors.map(errorData) }),
  };
}
