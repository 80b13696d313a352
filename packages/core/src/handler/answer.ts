import { LogbridgeTypeError } from "../diagnostics.ts";
import { isPromised } from "../promised.ts";

/**
 * What a function of the application decided about a record. A promise is truthy whatever it resolves to, and nobody can wait for it here.
 *
 * @throws LogbridgeTypeError LB1007 for a promise
 */
export function answered(answer: unknown): boolean {
  if (isPromised(answer))
    throw new LogbridgeTypeError(
      "LB1007",
      "filter: the function gave a promise; it must answer at once, and an async function cannot",
    );
  return Boolean(answer);
}
