import { logger as globalLogger, interception, LogbridgeTypeError, openPort } from "@logbridge/core";
import { listenToMethods } from "./console/hook.ts";
import { BRIDGE } from "./console/patched.ts";
import type { ConsoleLike } from "./console/talk.ts";
import { givenText } from "./given-text.ts";
import { SpokenLevels } from "./levels.ts";
import { checkOptions } from "./options.ts";
import { enterPlace } from "./overlap.ts";
import { listenToPageErrors } from "./page/errors.ts";
import { listenToProcessLog } from "./process/process-log.ts";
import { listenToUncaught } from "./process/uncaught.ts";
import { listenToWarnings } from "./process/warnings.ts";
import type { ConsoleInterception, ConsoleInterceptOptions, ProtocolStream, Source } from "./source.ts";
import { BegunLines, portInOrder } from "./streams/begun-lines.ts";
import { checkProtection, type ProtectedStdout, protectStdout } from "./streams/protect.ts";
import { listenToStreams } from "./streams/standard.ts";
import { undoing } from "./undo.ts";

/** The sources besides the console's methods, by the option that asks for each. */
const SOURCES: Readonly<Record<string, readonly Source[]>> = {
  streams: [listenToStreams],
  warnings: [listenToWarnings],
  uncaught: [listenToUncaught, listenToPageErrors],
  processLog: [listenToProcessLog],
};

function checkConsoleOptions(options: ConsoleInterceptOptions): void {
  const flags = [...Object.keys(SOURCES), "protectStdout"];
  checkOptions(options, "interceptConsole", ["console", "levels", ...flags]);
  for (const flag of flags) {
    const value = (options as Readonly<Record<string, unknown>>)[flag];
    if (value !== undefined && typeof value !== "boolean")
      throw new LogbridgeTypeError(
        "LB1540",
        `interceptConsole(): option ${flag} must be true or false, got ${givenText(value)}`,
      );
  }
  checkProtection(options);
  // `null` is no console, and not the global one.
  const candidate: unknown = options.console === undefined ? globalThis.console : options.console;
  if (candidate === "all") return;
  if (typeof candidate !== "object" || candidate === null || typeof (candidate as ConsoleLike).log !== "function")
    throw new LogbridgeTypeError(
      "LB1541",
      `interceptConsole(): option console must be "all", or a console: an object with a method log, such as new Console(process.stdout), got ${givenText(candidate)}`,
    );
}

/**
 * Takes in what is printed by a console's methods: each call is one record, whatever methods it uses inside; and, where the options
 * say so, what the process says in other ways.
 *
 * The message is what the console would print, without the indentation of groups, whose depth is in `record.origin`. An error
 * among the arguments is the record's exception, a plain object at the end is in `extra` too, the rest in `args`.
 *
 * A second interception of the same for the same logger is reported (LB1545): each record comes in twice.
 *
 * @param options `mode` is "replace" unless you say "tee"; `console` names another console than the global one, or "all"
 * @throws LogbridgeTypeError LB1540 for a switch that is not true or false, LB1541 for another `console`, LB1544 for other
 * `levels`; LogbridgeError LB1550, LB1551 and LB1552 for streams that cannot be taken or protected, LB1558 for a console that is frozen; and the errors of `checkInterceptOptions`
 * @example
 * const interception = interceptConsole({ mode: "tee", streams: true, warnings: true, uncaught: true });
 * console.log("user %s", "ada", { id: 7 });
 * interception.restore();
 */
export function interceptConsole(
  options: ConsoleInterceptOptions & { readonly protectStdout: true },
): ConsoleInterception<ProtocolStream>;
export function interceptConsole(options?: ConsoleInterceptOptions): ConsoleInterception;
export function interceptConsole(options: ConsoleInterceptOptions = {}): ConsoleInterception {
  checkConsoleOptions(options);
  const opened = openPort(BRIDGE, options, globalLogger);
  const begun = new BegunLines();
  const port = options.streams || options.protectStdout ? portInOrder(opened, begun) : opened;
  const leave: (() => void)[] = [() => port.close()];
  const undo = undoing(leave);
  let protectedStdout: ProtectedStdout | null = null;
  try {
    const listening = { port, options, begun, levels: new SpokenLevels(options.levels, port) };
    if (options.protectStdout) {
      protectedStdout = protectStdout(listening);
      leave.push(protectedStdout.leave);
    }
    const asked = Object.entries(SOURCES).filter(([flag]) => (options as Readonly<Record<string, unknown>>)[flag]);
    for (const listen of [listenToMethods, ...asked.flatMap(([, sources]) => sources)]) leave.push(listen(listening));
    leave.push(enterPlace(options, options.logger ?? globalLogger));
  } catch (error) {
    undo();
    throw error;
  }
  return Object.assign(interception(BRIDGE.name, undo), { stdout: protectedStdout?.stdout ?? null });
}
