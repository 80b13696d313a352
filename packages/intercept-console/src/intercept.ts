import {
  checkInterceptOptions,
  logger as globalLogger,
  type Interception,
  type InterceptOptions,
  interception,
  LogbridgeError,
  LogbridgeTypeError,
  openPort,
  type PatchSite,
  patchMethod,
} from "@logbridge/core";
import { BRIDGE, hearPublished, SILENT, type Subscriber, wrap } from "./console/hook.ts";
import { METHOD_LEVELS } from "./levels.ts";
import { type ConsoleLike, talkOf } from "./console/talk.ts";

/** Options of `interceptConsole`. */
export interface ConsoleInterceptOptions extends InterceptOptions {
  /** Another console than the global one: what `new Console(…)` made. */
  readonly console?: ConsoleLike;
}

/** What a later version brings, and what helps until then. */
const NOT_YET: Readonly<Record<string, string>> = {
  streams: "the console's methods are taken; intercept what writes to process.stdout by itself through its own adapter",
  warnings: "Node prints warnings by console.error, so they arrive as console records",
  uncaught: 'use process.on("uncaughtExceptionMonitor", (error) => logger.exception(error))',
  protectStdout: 'use mode "replace", in which console methods print nothing',
};

function checkOptions(options: ConsoleInterceptOptions): ConsoleLike {
  checkInterceptOptions(options, "interceptConsole", ["console", ...Object.keys(NOT_YET)]);
  for (const [name, advice] of Object.entries(NOT_YET))
    if ((options as Readonly<Record<string, unknown>>)[name] !== undefined)
      throw new LogbridgeError(
        "LB1540",
        `interceptConsole(): option ${name} is not available in this version; ${advice}`,
      );
  const { console: given = globalThis.console } = options;
  const candidate: unknown = given;
  if (typeof candidate !== "object" || candidate === null || typeof (candidate as ConsoleLike).log !== "function")
    throw new LogbridgeTypeError(
      "LB1541",
      "interceptConsole(): option console must be a console: an object with a method log, such as new Console(process.stdout)",
    );
  return given;
}

/**
 * Takes in what is printed by a console's methods: each call is one record, whatever methods it uses inside.
 *
 * The message is what the console would print, without the indentation of groups, whose depth is in `record.origin`. An error
 * among the arguments is the record's exception, a plain object at the end is in `extra` too, the rest in `args`.
 *
 * @param options `mode` is "replace" unless you say "tee"; `console` names another console than the global one
 * @throws LogbridgeError LB1540 for what is not available yet, LogbridgeTypeError LB1541 for another `console`, and the errors
 * of `checkInterceptOptions`
 * @example
 * const interception = interceptConsole({ mode: "tee" });
 * console.log("user %s", "ada", { id: 7 });
 * interception.restore();
 */
export function interceptConsole(options: ConsoleInterceptOptions = {}): Interception {
  const talk = talkOf(checkOptions(options));
  const port = openPort(BRIDGE, options, globalLogger);
  const subscriber: Subscriber = { port, follows: port.follows };
  const methods = [...Object.keys(METHOD_LEVELS), "groupEnd", ...(talk.nests ? [] : SILENT)];
  const leave = methods
    .filter((method) => typeof (talk.console as unknown as Readonly<Record<string, unknown>>)[method] === "function")
    .map((method) =>
      patchMethod(
        talk.console,
        method,
        subscriber,
        (site) => wrap(talk, method, site as PatchSite<Subscriber>) as never,
      ),
    );
  leave.push(hearPublished(talk, subscriber));
  return interception(BRIDGE.name, () => {
    for (const one of leave.reverse()) one();
    port.close();
  });
}
