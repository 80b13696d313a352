import { platform } from "#platform";
import { LogbridgeError } from "../diagnostics.ts";
import { defaultOption } from "./defaults.ts";
import type { HandlerOptions } from "./options.ts";

/** What a handler shows of the source. Whoever runs a program can keep values out of its logs: the environment's NO wins over the code's "values". */
export function diagnoseOf(option: HandlerOptions["diagnose"]): boolean | "values" {
  const asked = option === false ? false : defaultOption("DIAGNOSE");
  return asked === false && option === "values" ? false : (option ?? asked ?? true);
}

/**
 * Begins to keep the variables of what is thrown, for a handler that shows them. Each handler that began must end it.
 *
 * @returns how to end it
 * @throws LogbridgeError LB1036 where the runtime cannot
 */
export function watchVariables(): () => void {
  const watch = platform.watchVariables();
  if (typeof watch !== "string") return watch;
  throw new LogbridgeError(
    "LB1036",
    `add(): diagnose "values" is not possible, since ${watch}; allowed are true (source lines without values) and false`,
  );
}
