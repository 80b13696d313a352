import { reportOnce, thrownText } from "../diagnostics.ts";
import { asksForNames, dispatch, type Hub, refreshHub } from "../hub.ts";
import type { Logger } from "../logger/logger.ts";
import { type Caller, captureCaller } from "../record/caller.ts";
import { levelOf } from "../record/level.ts";
import { releaseParked } from "./breaker.ts";
import { type CrossingSource, countInterception, crossForeign, isEcho } from "./crossing.ts";
import type { Bridge, Inbound } from "./inbound.ts";
import { inboundRecord, levelNamed, sourceOfCaller } from "./inbound-record.ts";
import type { InterceptOptions } from "./interception.ts";
import { levelIn, lineReader, withLine } from "./line-reader.ts";

/** The way in for one interception. */
export interface InboundPort {
  readonly mode: "tee" | "replace";
  readonly stage: "formatted" | "raw";
  /** Is the foreign level to go with ours, so that `follow` says anything? */
  readonly follows: boolean;
  /** Would anybody take a record of this severity? Ask before doing work. With `parse` the text decides: anybody who listens may. */
  wants(no: number): boolean;
  /** Our level of this name, as written or in upper case; `null` where we have none. A custom level crosses by its name. */
  levelNamed(name: string): { readonly name: string; readonly no: number } | null;
  /** Does anybody want the caller, so that it must be captured now? */
  readonly needsCaller: boolean;
  /** The caller of the foreign library, seen from inside the hook `skip`. `depth`: how many wrappers of the application to leave out. */
  caller(skip: (...args: never[]) => unknown, depth?: number): Caller | null;
  /**
   * Takes a record in. `false`: it is the output of a sink or library that is running, and no record; or `parse` has found a level
   * that the option `level` excludes. In replace mode the hook then lets it pass to the original.
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
  /** Calls `set` with our lowest threshold (0 with `parse`) now and whenever it moves, if the options say `level: "follow"`. */
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
  countInterception(1, bridge);
  refreshHub(hub);
  let open = true;
  const failed = (error: unknown): void =>
    reportOnce(
      hub.warned,
      `parse ${bridge.name}`,
      "LB1411",
      `a parser of the interception of ${bridge.name} has failed on a text, which is taken as it is: ${thrownText(error, hub.keepsCalls)}`,
    );
  const read = lineReader(options.parse, (name) => levelNamed(hub, name), failed);
  // Mostly the same target and hook as the time before: no new objects for each record.
  let source: CrossingSource = { hub, bridge: bridge.name, target: undefined, output: bridge.output ?? false };
  const sourceOf = (target: unknown): CrossingSource => (source = { ...source, target });
  let callerSource = sourceOfCaller(bridge, openPort);
  const port: InboundPort = {
    mode,
    stage: options.stage ?? "formatted",
    follows,
    wants: (no) => open && (read ? hub.threshold < Number.POSITIVE_INFINITY : no >= lowest && no >= hub.threshold),
    levelNamed: (name) => levelNamed(hub, name),
    get needsCaller() {
      return needsCaller(hub);
    },
    caller: (skip, depth) => captureCaller(sourceOfCaller(bridge, skip, depth)),
    leadsTo: (target) => hub.handlers.some((handler) => handler.leadsTo(bridge.name, target)),
    isEcho: (target, message) => isEcho(source.target === target ? source : sourceOf(target), message),
    deliver(inbound, skip) {
      const from = source.target === inbound.target ? source : sourceOf(inbound.target);
      if (isEcho(from, inbound.message)) return false;
      const line = inbound.isComputed ? null : (read?.(inbound.message) ?? null);
      const found = line && levelIn(line, port.levelNamed);
      const { no } = found ?? inbound.level;
      if (read && (no < lowest || no < hub.threshold))
        // Nobody takes it: printed, it is still the library's own output; in replace mode it is as silent as a level that follows ours.
        return mode === "tee" || (follows && hub.threshold < Number.POSITIVE_INFINITY);
      if (callerSource.skip !== skip) callerSource = sourceOfCaller(bridge, skip);
      const spoken = line?.name === undefined ? named(inbound, options.name, port) : inbound;
      const record = inboundRecord(core, line ? withLine(spoken, line, found) : spoken, callerSource);
      if (record) dispatch(hub, record, from, mode === "tee");
      return true;
    },
    through: (run) => crossForeign(hub, bridge.name, run),
    follow(set) {
      if (!follows) return;
      // A text may hold a higher level than the call: with a parser everything has to be said first.
      const listener = (): void => set(read && hub.threshold < Number.POSITIVE_INFINITY ? 0 : hub.threshold);
      hub.thresholdListeners.add(listener);
      unfollow.push(() => hub.thresholdListeners.delete(listener));
      listener();
    },
    fail: (error) =>
      reportOnce(
        hub.warned,
        `hook ${bridge.name}`,
        "LB1409",
        `the interception of ${bridge.name} failed on a record: ${thrownText(error, hub.keepsCalls)}`,
      ),
    close() {
      if (!open) return;
      open = false;
      for (const forget of unfollow) forget();
      for (const handler of hub.handlers) releaseParked(handler);
      hub.interceptions--;
      countInterception(-1, bridge);
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
      const record = inboundRecord(core, named, callerSource);
      if (record) dispatch(hub, record, null, false);
    },
  };
}

function needsCaller(hub: Hub): boolean {
  return hub.callerThreshold < Number.POSITIVE_INFINITY || asksForNames(hub);
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
