import { platform } from "#platform";
import { reportOnce, shown } from "../diagnostics.ts";
import { asksForNames, dispatch, type Hub, isActive, nextSeq, refreshHub } from "../hub.ts";
import { baseOf, type Core, runPatcher } from "../logger/call.ts";
import type { Logger } from "../logger/logger.ts";
import { type Caller, type CallerSource, captureCaller } from "../record/caller.ts";
import type { Fields } from "../record/context.ts";
import { type Level, levelOf } from "../record/level.ts";
import type { Origin } from "../record/origin.ts";
import { LogRecord, NONE } from "../record/record.ts";
import { releaseParked } from "./breaker.ts";
import { type CrossingSource, countInterception, crossForeign, isEcho } from "./crossing.ts";
import type { InterceptOptions } from "./interception.ts";

/** What a bridge says of itself. */
export interface Bridge {
  /** "winston", "console" … */
  readonly name: string;
  /** The packages whose frames are between the caller and the hook: names as under `node_modules`. */
  readonly packages: readonly string[];
  /** The mode when the options name none. */
  readonly mode: "tee" | "replace";
  /** The bridge is an output channel: what is said to it from inside a sink or library is that one's output. */
  readonly output?: boolean;
}

/** A foreign record on its way in. */
export interface Inbound {
  /** The foreign logger, category or channel: compared with what sinks lead to. */
  readonly target: unknown;
  /** The severity in Loguru's numbers, by the level table. */
  readonly level: { readonly name: string; readonly no: number };
  readonly message: string;
  readonly template?: string | undefined;
  readonly args?: readonly unknown[] | undefined;
  /** Values that stand in the message's text already. They are not shown: a handler that redacts hides in the text what it hides in them. */
  readonly printed?: readonly unknown[] | undefined;
  /** Structured fields and context. */
  readonly fields?: Fields | undefined;
  /** What was thrown, as the object itself. Absent: nothing. */
  readonly error?: unknown;
  /** Milliseconds since 1970. Absent: now. */
  readonly timeMs?: number | undefined;
  /** What the library calls the logger. Absent: the caller's module. */
  readonly name?: string | null | undefined;
  readonly origin: Origin;
  /** The caller as captured by the hook; absent: captured here. */
  readonly caller?: Caller | null | undefined;
}

/** The way in for one interception. */
export interface InboundPort {
  readonly mode: "tee" | "replace";
  readonly stage: "formatted" | "raw";
  /** Is the foreign level to go with ours, so that `follow` says anything? */
  readonly follows: boolean;
  /** Would anybody take a record of this severity? Ask before doing work. */
  wants(no: number): boolean;
  /** Our level of this name, as written or in upper case; `null` where we have none. A custom level crosses by its name. */
  levelNamed(name: string): { readonly name: string; readonly no: number } | null;
  /** Does anybody want the caller, so that it must be captured now? */
  readonly needsCaller: boolean;
  /** The caller of the foreign library, seen from inside the hook `skip`. `depth`: how many wrappers of the application to leave out. */
  caller(skip: (...args: never[]) => unknown, depth?: number): Caller | null;
  /**
   * Takes a record in. `false`: it is the output of a sink or library that is running, and no record;
   * in replace mode the hook then lets it pass to the original.
   *
   * @param skip the hook's function: the caller is above it
   */
  deliver(inbound: Inbound, skip: (...args: never[]) => unknown): boolean;
  /** Does a sink of these loggers write to this foreign object? */
  leadsTo(target: unknown): boolean;
  /** The same question without a record. */
  isEcho(target: unknown, message: string): boolean;
  /** Runs the library's own output: what it prints meanwhile is not another record. */
  through<R>(run: () => R): R;
  /** Calls `set` with our lowest threshold now and whenever it moves, if the options say `level: "follow"`. */
  follow(set: (threshold: number) => void): void;
  /** Says that the hook itself failed; the application and the foreign library go on. */
  fail(error: unknown): void;
  /** Ends the port. */
  close(): void;
}

/**
 * Opens the way in for an interception.
 *
 * @param bridge what the adapter says of itself
 * @param options the user's options, checked by `checkInterceptOptions`
 * @param logger where records go when the options name no logger
 * @throws LogbridgeError LB1003 for an unknown level
 */
export function openPort(bridge: Bridge, options: InterceptOptions, logger: Logger): InboundPort {
  const core = (options.logger ?? logger)._core;
  const { hub } = core;
  const mode = options.mode ?? bridge.mode;
  const follows = options.level === "follow" || (options.level === undefined && mode === "replace");
  const lowest =
    options.level === undefined || options.level === "follow"
      ? 0
      : levelOf(hub.levels, options.level, false, "intercept: level").no;
  const unfollow: (() => void)[] = [];
  hub.interceptions++;
  countInterception(1);
  refreshHub(hub);
  let open = true;
  const sourceOf = (target: unknown): CrossingSource => ({
    hub,
    bridge: bridge.name,
    target,
    output: bridge.output ?? false,
  });
  const port: InboundPort = {
    mode,
    stage: options.stage ?? "formatted",
    follows,
    wants: (no) => open && no >= lowest && no >= hub.threshold,
    levelNamed: (name) => levelNamed(hub, name),
    get needsCaller() {
      return needsCaller(hub);
    },
    caller: (skip, depth) => captureCaller(sourceOfCaller(bridge, skip, depth)),
    leadsTo: (target) => hub.handlers.some((handler) => handler.leadsTo(bridge.name, target)),
    isEcho: (target, message) => isEcho(sourceOf(target), message),
    deliver(inbound, skip) {
      const source = sourceOf(inbound.target);
      if (isEcho(source, inbound.message)) return false;
      const callerSource = sourceOfCaller(bridge, skip);
      receive(core, named(inbound, options.name, port), callerSource, source, mode === "tee");
      return true;
    },
    through: (run) => crossForeign(hub, bridge.name, run),
    follow(set) {
      if (!follows) return;
      const listener = (): void => set(hub.threshold);
      hub.thresholdListeners.add(listener);
      unfollow.push(() => hub.thresholdListeners.delete(listener));
      listener();
    },
    fail: (error) =>
      reportOnce(
        hub.warned,
        `hook ${bridge.name}`,
        "LB1409",
        `the interception of ${bridge.name} failed on a record: ${shown(error)}`,
      ),
    close() {
      if (!open) return;
      open = false;
      for (const forget of unfollow) forget();
      for (const handler of hub.handlers) releaseParked(handler);
      hub.interceptions--;
      countInterception(-1);
      refreshHub(hub);
    },
  };
  return port;
}

/** The way in for a facade: our logger in the shape of a foreign one. What it is told crosses no bridge, so nothing guards it. */
export interface FacadePort {
  /** Would anybody take a record of this severity? Ask before doing work. */
  wants(no: number): boolean;
  /** The lowest severity that anybody takes; infinite where nobody takes any. */
  readonly threshold: number;
  /** Our level of this name, as written or in upper case; `null` where we have none. A custom level crosses by its name. */
  levelNamed(name: string): { readonly name: string; readonly no: number } | null;
  /** Does anybody want the caller? */
  readonly needsCaller: boolean;
  /** The caller of the facade's method `skip`, for `Inbound.caller`. `depth`: how many wrappers of the application to leave out. */
  caller(skip: (...args: never[]) => unknown, depth?: number): Caller | null;
  /**
   * Takes a record in.
   *
   * @param skip the facade's method: the caller is above it
   */
  deliver(inbound: Inbound, skip: (...args: never[]) => unknown): void;
}

/**
 * Opens the way in for a facade. It needs no closing.
 *
 * @param bridge what the adapter says of itself; its packages are those of libraries that call the facade for others
 * @param logger where records go; its name, bound values and patchers apply
 * @example
 * const port = openFacade({ name: "console", packages: [], mode: "replace" }, logger);
 */
export function openFacade(bridge: Bridge, logger: Logger): FacadePort {
  const core = logger._core;
  const { hub } = core;
  return {
    wants: (no) => no >= hub.threshold,
    get threshold() {
      return hub.threshold;
    },
    levelNamed: (name) => levelNamed(hub, name),
    get needsCaller() {
      return needsCaller(hub);
    },
    caller: (skip, depth) => captureCaller(sourceOfCaller(bridge, skip, depth)),
    deliver(inbound, skip) {
      const callerSource = sourceOfCaller(bridge, skip);
      const named = inbound.name === undefined && core.name !== undefined ? { ...inbound, name: core.name } : inbound;
      receive(core, named, callerSource, null, false);
    },
  };
}

function needsCaller(hub: Hub): boolean {
  return hub.callerThreshold < Number.POSITIVE_INFINITY || asksForNames(hub);
}

function sourceOfCaller({ packages }: Bridge, skip: CallerSource["skip"], depth = 0): CallerSource {
  return { skip, depth, packages };
}

function levelNamed(hub: Hub, name: string): Level | null {
  return hub.levels.get(name) ?? hub.levels.get(name.toUpperCase()) ?? null;
}

/** A function of the application that fails costs the record its name, and nobody a record. */
function named(inbound: Inbound, option: InterceptOptions["name"], port: Pick<InboundPort, "fail">): Inbound {
  if (option === undefined) return inbound;
  if (typeof option !== "function") return { ...inbound, name: option };
  try {
    return { ...inbound, name: option(inbound.target) };
  } catch (error) {
    port.fail(error);
    return inbound;
  }
}

function levelFor(hub: Hub, { name, no }: Inbound["level"]): { name: string; no: number; icon: string } {
  const known: Level | undefined = hub.levels.get(name);
  return known && known.no === no ? { name, no, icon: known.icon } : { name, no, icon: known?.icon ?? " " };
}

/** A foreign record is an ordinary one: context, bound values, patchers, filters and activation apply. */
function receive(
  core: Core,
  inbound: Inbound,
  callerSource: CallerSource,
  source: CrossingSource | null,
  tee: boolean,
): void {
  const { hub } = core;
  const asks = asksForNames(hub);
  let { caller } = inbound;
  if (caller === undefined && (inbound.level.no >= hub.callerThreshold || (asks && inbound.name === undefined)))
    caller = captureCaller(callerSource);
  const name = inbound.name === undefined && caller !== undefined ? (caller?.name ?? null) : inbound.name;
  if (asks && !isActive(hub, name ?? null)) return;
  const record = new LogRecord({
    seq: nextSeq(),
    micros: inbound.timeMs === undefined ? hub.clock() : Math.round(inbound.timeMs * 1000),
    startedMicros: hub.startedMicros,
    level: levelFor(hub, inbound.level),
    message: inbound.message,
    markup: null,
    template: inbound.template ?? inbound.message,
    args: inbound.args ?? [],
    base: baseOf(core),
    fields: inbound.fields ?? null,
    thrown: "error" in inbound ? inbound.error : NONE,
    raw: false,
    name,
    caller,
    callerSource,
    process: platform.process,
    thread: platform.thread,
    origin: inbound.origin,
  });
  if (hub.keepsCalls && inbound.printed !== undefined && inbound.printed.length > 0) record._printed = inbound.printed;
  if (hub.patcher) runPatcher(hub, hub.patcher as never, record);
  for (const patcher of core.patchers) runPatcher(hub, patcher, record);
  dispatch(hub, record, source, tee);
}
