import { checkInterceptOptions, type InterceptOptions, LogbridgeError, LogbridgeTypeError } from "@logbridge/core";
import { givenText } from "./given-text.ts";

/**
 * Checks what the functions of this package that intercept have in common.
 *
 * @param more names of the further options that the caller has
 * @throws the errors of `checkInterceptOptions`; LogbridgeTypeError LB1406 for a list, a map and their like, whose keys would be no options;
 * LogbridgeError LB1002 for `stage`, which other interceptions have: what is printed has no stages
 */
export function checkOptions(options: InterceptOptions, caller: string, more: readonly string[]): void {
  checkInterceptOptions(options, caller, more);
  if (!isObjectOfOptions(options))
    throw new LogbridgeTypeError(
      "LB1406",
      `${caller}(): options must be an object of options by name, as { mode: "tee" }, got ${givenText(options)}`,
    );
  if (!("stage" in options) || options.stage === undefined) return;
  throw new LogbridgeError(
    "LB1002",
    `${caller}(): unknown option "stage": what is printed is taken as it is, no formats of a library stand before it; leave it out`,
  );
}

/** What has a tag of its own, as a module has, may well be one. */
function isObjectOfOptions(options: object): boolean {
  if (Symbol.iterator in options) return false;
  return Symbol.toStringTag in options || Object.prototype.toString.call(options) === "[object Object]";
}
