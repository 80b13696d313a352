import { isPlainObject, type Logger } from "@logbridge/core";
import { childValues } from "./child-values.ts";
import { levelMethods } from "./level-methods.ts";
import { readSpoken } from "./spoken.ts";

/** A method that takes a text and what belongs to it. */
export type StringFirstMethod = (message?: unknown, ...meta: unknown[]) => void;

/** A logger whose calls are `(message, ...meta)`. Every method works detached. */
export interface StringFirstFacade {
  readonly trace: StringFirstMethod;
  readonly debug: StringFirstMethod;
  readonly info: StringFirstMethod;
  readonly warn: StringFirstMethod;
  readonly error: StringFirstMethod;
  /** CRITICAL here. */
  readonly fatal: StringFirstMethod;
  /** The same with these values in each record; an object of any class. */
  child(values?: object): StringFirstFacade;
}

/**
 * A logger in the shape `(message, ...meta)`: for libraries that want `{ debug, info, warn, error }`, as winston's methods are.
 *
 * `%s` and the like are filled as the console does, braces stay as they are. A plain object among the rest goes into `extra` and does not
 * stand in the text, an error is the exception, everything else is in `args` and at the end of the text. Values bound to the logger
 * and its name apply.
 *
 * @throws LogbridgeTypeError LB1543 where it is no logger
 * @example
 * const server = new ApolloServer({ schema, logger: asStringFirst(logger) });
 */
export function asStringFirst(logger: Logger): StringFirstFacade {
  const read = (data: readonly unknown[]) => readSpoken(data, isPlainObject);
  return {
    ...levelMethods(logger, "string-first", read, "asStringFirst"),
    child: (values) => asStringFirst(logger.bind(childValues(values)) as unknown as Logger),
  };
}
