import { crossForeign } from "../bridge/crossing.ts";
import { LogbridgeError, LogbridgeTypeError, shown } from "../diagnostics.ts";
import { fixedZone, ianaZone, type Zone } from "../format/time.ts";
import { createHub, type Hub, type Patcher, sharedHub } from "../hub.ts";
import { emptyBaseCache } from "../record/base.ts";
import { clockOption } from "../record/clock.ts";
import type { Level, LevelOptions } from "../record/level.ts";
import { isPlainObject } from "../record/plain-object.ts";
import { type Core, NO_OPTIONS } from "./call.ts";
import { openDefaultHandler } from "./default-handler.ts";
import { makeMethod } from "./face.ts";
import { Logger } from "./logger.ts";

/** What `createLogger()` takes. */
export interface LoggerOptions<Extra extends object = Record<string, unknown>> {
  /** Loguru to the letter: errors of templates are thrown at the call, surplus arguments are ignored. Default `false`. */
  readonly strict?: boolean;
  /** Levels to create or change. */
  readonly levels?: readonly (LevelOptions & { readonly name: string })[];
  /** Values that every record carries. */
  readonly extra?: Extra;
  /** Changes every record before all other patchers. */
  readonly patcher?: Patcher<Extra>;
  /** Paths of values that no handler shows, as the option `redact` of `add()`. They are hidden after the patchers have run. */
  readonly redact?: readonly string[];
  /** Names to enable or disable. */
  readonly activation?: readonly (readonly [name: string | null, active: boolean])[];
  /** Milliseconds since 1970, fractions kept. Default: the system's clock, with microseconds. */
  readonly clock?: () => number;
  /** When the program started, for `elapsed`: milliseconds since 1970. Default: now. */
  readonly startedAt?: number;
  /** The zone of `{time}`: an IANA name, or an offset with a name. Default: the system's. */
  readonly timeZone?: string | { readonly offsetSeconds: number; readonly name: string };
}

const NAMES = ["strict", "levels", "extra", "patcher", "redact", "activation", "clock", "startedAt", "timeZone"];

function zoneOption(timeZone: NonNullable<LoggerOptions["timeZone"]>): Zone {
  if (typeof timeZone === "string") return ianaZone(timeZone);
  if (typeof timeZone?.offsetSeconds === "number" && typeof timeZone.name === "string")
    return fixedZone(timeZone.offsetSeconds, timeZone.name);
  throw new LogbridgeTypeError(
    "LB1006",
    `createLogger({ timeZone }): expected an IANA name or { offsetSeconds, name }, got ${shown(timeZone)}`,
  );
}

/**
 * A logger of its own: records never cross to others, and it starts without handlers.
 *
 * @throws LogbridgeError LB1002 for an unknown option, LogbridgeTypeError LB1006 for a wrong value
 * @example
 * const audit = createLogger({ timeZone: "Europe/Paris" });
 * audit.add("audit.log");
 */
export function createLogger<Extra extends object = Record<string, unknown>>(
  options: LoggerOptions<Extra> = {},
): Logger<Extra> {
  if (!isPlainObject(options as unknown))
    throw new LogbridgeTypeError("LB1006", `createLogger(): expected an object of options, got ${shown(options)}`);
  for (const name of Object.keys(options)) {
    if (!NAMES.includes(name))
      throw new LogbridgeError(
        "LB1002",
        `createLogger(): unknown option ${shown(name)}; allowed are ${NAMES.join(", ")}`,
      );
  }
  const { strict, startedAt } = options;
  if (strict !== undefined && typeof strict !== "boolean")
    throw new LogbridgeTypeError("LB1006", `createLogger({ strict }): expected true or false, got ${shown(strict)}`);
  if (startedAt !== undefined && typeof startedAt !== "number")
    throw new LogbridgeTypeError(
      "LB1006",
      `createLogger({ startedAt }): expected milliseconds since 1970, got ${shown(startedAt)}`,
    );
  const hub = createHub();
  hub.strict = strict ?? false;
  const clock = clockOption(options.clock);
  // The application's own is its code: what it prints is no record.
  hub.clock = options.clock === undefined ? clock : () => crossForeign(hub, null, clock);
  if (startedAt !== undefined) hub.startedMicros = startedAt * 1000;
  else if (options.clock !== undefined) hub.startedMicros = hub.clock();
  if (options.timeZone !== undefined) hub.zone = zoneOption(options.timeZone);
  const made = loggerOf<Extra>(hub);
  made.configure({
    ...(options.levels && { levels: options.levels }),
    ...(options.extra && { extra: options.extra as Record<string, unknown> }),
    ...(options.patcher && { patcher: options.patcher }),
    ...(options.redact && { redact: options.redact }),
    ...(options.activation && { activation: options.activation }),
  });
  return made;
}

/** Names of level methods that are no levels. */
const ALIASES: Readonly<Record<string, string>> = { warn: "WARNING", fatal: "CRITICAL" };

/** The root logger of a hub. Its class bears the methods of the hub's levels. */
function loggerOf<Extra extends object>(hub: Hub): Logger<Extra> {
  class HubLogger extends Logger<Extra> {}
  let places = 0;
  const add = (method: string, name: string): void =>
    addMethod(HubLogger.prototype as Logger, hub, method, name, places++);
  const define = (level: Level): void => add(level.name.toLowerCase(), level.name);
  for (const level of hub.levels.values()) define(level);
  for (const [alias, name] of Object.entries(ALIASES)) add(alias, name);
  hub.levelListeners.add(define);
  const core: Core = { hub, bound: null, name: undefined, patchers: [], options: NO_OPTIONS, cache: emptyBaseCache() };
  return new HubLogger(core);
}

/**
 * A getter that makes the method at first use: methods work detached, and deriving a logger costs no closures.
 *
 * @param place where the logger keeps it: a number is found sooner than a name
 */
function addMethod(prototype: Logger, hub: Hub, method: string, name: string, place: number): void {
  if (method in prototype) return;
  Object.defineProperty(prototype, method, {
    configurable: true,
    get(this: Logger) {
      const known = this._methods[place];
      // Asked at every call, so nothing else comes before. A configuration that failed has taken its levels back.
      if (known !== undefined || !hub.levels.has(name)) return known;
      return (this._methods[place] = makeMethod(this._core, name));
    },
    // Test libraries replace methods to watch them.
    set(this: Logger, replacement: Logger["info"]) {
      this._methods[place] = replacement;
    },
  });
}

/** The hub of the logger that works at once. */
function openDefaultHub(): Hub {
  const hub = createHub();
  openDefaultHandler(hub);
  return hub;
}

/**
 * The one logger of the process, shared by every copy of the package. Works at once: a handler with the id 0 writes to stderr.
 *
 * @example
 * import { logger } from "@logbridge/core";
 * logger.info("Hello {name}", { name: "world" });
 */
export const logger: Logger = loggerOf(sharedHub(openDefaultHub));
