import { isPlainObject, type Logger } from "@logbridge/core";
import { childValues, isBearer } from "./child-values.ts";
import { levelMethods } from "./level-methods.ts";
import { readSpoken } from "./spoken.ts";

/** A method that takes fields before its text, or a text alone. */
export interface ObjectFirstMethod {
  (fields: object, message?: string, ...values: unknown[]): void;
  (message?: unknown, ...values: unknown[]): void;
}

/** A logger whose calls are `(fields, message, ...values)`. Every method works detached. */
export interface ObjectFirstFacade {
  readonly trace: ObjectFirstMethod;
  readonly debug: ObjectFirstMethod;
  readonly info: ObjectFirstMethod;
  readonly warn: ObjectFirstMethod;
  readonly error: ObjectFirstMethod;
  /** CRITICAL here. */
  readonly fatal: ObjectFirstMethod;
  /** The same with these values in each record; an object of any class. */
  child(values?: object): ObjectFirstFacade;
}

/**
 * A logger in the shape `(fields, message, ...values)`: for libraries that log as pino and bunyan do.
 *
 * The object's own values go into `extra`, of whatever class it is; an error in its place, or under `err` or `error` in it, is the exception.
 * `%s` and the like in the text are filled as the console does, braces stay as they are; what is left is in `args` and at the end of the
 * text. A text may also stand first. Values bound to the logger and its name apply.
 *
 * For a whole pino (serializers, levels, streams) there is `asPino()` of `@logbridge/adapter-pino`.
 *
 * @throws LogbridgeTypeError LB1543 where it is no logger
 * @example
 * const inngest = new Inngest({ id: "shop", logger: asObjectFirst(logger) });
 */
export function asObjectFirst(logger: Logger): ObjectFirstFacade {
  const read = (data: readonly unknown[]) => {
    const [first] = data;
    return readSpoken(data, (value) => isPlainObject(value) || (value === first && isBearer(value)));
  };
  return {
    ...levelMethods(logger, "object-first", read, "asObjectFirst"),
    child: (values) => asObjectFirst(logger.bind(childValues(values)) as unknown as Logger),
  };
}
