import { platform } from "#platform";
import { report } from "../diagnostics.ts";
import { defaultOption, type EnvironmentDefaults, showsColors } from "../handler/defaults.ts";
import { type AddOptions, checkOptions, DEFAULT_FORMAT } from "../handler/options.ts";
import type { Hub } from "../hub.ts";
import { levelOf } from "../record/level.ts";
import { resolvedConsole } from "../sinks/console.ts";
import { descriptorSink } from "../sinks/descriptor.ts";
import { addResolved } from "./handlers.ts";

/**
 * The ready-made handler: stderr, or the console where there is no stderr. It has the id 0, and there is none under
 * `LOGBRIDGE_AUTOINIT=False`.
 *
 * Nobody can catch what is wrong with a variable while the package loads: it is reported, and that variable is not used.
 */
export function openDefaultHandler(hub: Hub): void {
  if (isRight(() => defaultOption("AUTOINIT")) && defaultOption("AUTOINIT") === false) return;
  const resolved = platform.files ? descriptorSink(2) : resolvedConsole();
  const level = (): unknown => levelOf(hub.levels, defaultOption("LEVEL") ?? "DEBUG", false, "LOGBRIDGE_LEVEL");
  const options: AddOptions = {
    ...(isRight(level) ? {} : { level: "DEBUG" }),
    ...instead("COLORIZE", { colorize: showsColors(resolved.colors) }),
    ...instead("SERIALIZE", { serialize: false }),
    ...instead("BACKTRACE", { backtrace: true }),
    // Who wrote something here wanted it otherwise, so values stay out.
    ...instead("DIAGNOSE", { diagnose: false }),
    ...instead("CATCH", { catch: true }),
  };
  isRight(() => checkOptions(options, false, "stream"));
  if (isRight(() => addResolved(hub, resolved, options))) return;
  addResolved(hub, resolved, { ...options, format: DEFAULT_FORMAT, diagnose: false });
}

/** Nothing where the variable is right, else the option that takes its place. */
function instead(name: keyof EnvironmentDefaults, builtIn: AddOptions): AddOptions {
  return isRight(() => defaultOption(name)) ? {} : builtIn;
}

/** False, and a report, where the check throws. */
function isRight(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch (error) {
    report("LB1013", `handler 0 is made without it: ${(error as Error).message}`);
    return false;
  }
}
