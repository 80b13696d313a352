import { reportOnce, thrownText } from "../diagnostics.ts";
import { asksForNames, dispatch, type Hub, refreshHub } from "../hub.ts";
import { type Core, isTooDeep } from "../logger/call.ts";
import type { Logger } from "../logger/logger.ts";
import { isPromised } from "../promised.ts";
import { type Caller, type CallerSource, captureCaller } from "../record/caller.ts";
import { levelOf } from "../record/level.ts";
import { releaseParked } from "./breaker.ts";
import { type CrossingSource, countInterception, crossForeign, isEcho } from "./crossing.ts";
import type { Bridge, Inbound } from "./inbound.ts";
import { inboundRecord, levelNamed, sourceOfCaller } from "./inbound-record.ts";
import type { InterceptOptions } from "./interception.ts";
import { type LineReader, levelIn, lineReader, withLine } from "./line-reader.ts";

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
  return new Port(bridge, options, (options.logger ?? logger)._core);
}

// A class: an object with a getter written as a literal would be one whose parts the engine looks up by name at each record.
class Port implements InboundPort {
  readonly mode: "tee" | "replace";
  readonly stage: "formatted" | "raw";
  readonly follows: boolean;
  readonly levelNamed: InboundPort["levelNamed"];
  readonly fail: InboundPort["fail"];
  readonly #bridge: Bridge;
  readonly #core: Core;
  readonly #hub: Hub;
  readonly #name: InterceptOptions["name"];
  readonly #lowest: number;
  readonly #read: LineReader | null;
  readonly #unfollow: (() => void)[] = [];
  // Mostly the same target and hook as the time before: no new objects for each record.
  #source: CrossingSource;
  #callerSource: CallerSource;
  #open = true;
  #naming = false;

  constructor(bridge: Bridge, options: InterceptOptions, core: Core) {
    const { hub } = core;
    this.mode = options.mode ?? bridge.mode;
    this.stage = options.stage ?? "formatted";
    this.follows = options.level === "follow" || (options.level === undefined && this.mode === "replace");
    this.levelNamed = (name) => levelNamed(hub, name);
    this.fail = (error) => this.#fail(error);
    this.#bridge = bridge;
    this.#core = core;
    this.#hub = hub;
    this.#name = options.name;
    this.#lowest =
      options.level === undefined || options.level === "follow"
        ? 0
        : levelOf(hub.levels, options.level, false, `${bridge.caller ?? "intercept"}: option level`).no;
    this.#read = lineReader(options.parse, this.levelNamed, (error) => this.#failedToParse(error));
    this.#source = { hub, bridge: bridge.name, target: undefined, output: bridge.output ?? false };
    this.#callerSource = sourceOfCaller(bridge, openPort);
    hub.interceptions++;
    countInterception(1, bridge);
    refreshHub(hub);
  }

  get needsCaller(): boolean {
    return needsCaller(this.#hub);
  }

  wants(no: number): boolean {
    if (!this.#open) return false;
    const { threshold } = this.#hub;
    return this.#read ? threshold < Number.POSITIVE_INFINITY : no >= this.#lowest && no >= threshold;
  }

  caller(skip: (...args: never[]) => unknown, depth?: number): Caller | null {
    return captureCaller(sourceOfCaller(this.#bridge, skip, depth));
  }

  leadsTo(target: unknown): boolean {
    return this.#hub.handlers.some((handler) => handler.leadsTo(this.#bridge.name, target));
  }

  isEcho(target: unknown, message: string): boolean {
    return isEcho(this.#sourceOf(target), message);
  }

  deliver(inbound: Inbound, skip: (...args: never[]) => unknown): boolean {
    const hub = this.#hub;
    const from = this.#sourceOf(inbound.target);
    if (isEcho(from, inbound.message)) return false;
    const line = this.#read === null || inbound.isComputed ? null : this.#read(inbound.message);
    const found = line && levelIn(line, this.levelNamed);
    const { no } = found ?? inbound.level;
    if (this.#read && (no < this.#lowest || no < hub.threshold))
      // Nobody takes it: printed, it is still the library's own output; in replace mode it is as silent as a level that follows ours.
      return this.mode === "tee" || (this.follows && hub.threshold < Number.POSITIVE_INFINITY);
    if (this.#callerSource.skip !== skip) this.#callerSource = sourceOfCaller(this.#bridge, skip);
    const spoken = this.#name === undefined || line?.name !== undefined ? inbound : this.#named(inbound);
    const record = inboundRecord(this.#core, line ? withLine(spoken, line, found) : spoken, this.#callerSource);
    if (record) dispatch(hub, record, from, this.mode === "tee");
    return true;
  }

  through<R>(run: () => R): R {
    return crossForeign(this.#hub, this.#bridge.name, run);
  }

  follow(set: (threshold: number) => void): void {
    if (!this.follows) return;
    const hub = this.#hub;
    // A text may hold a higher level than the call: with a parser everything has to be said first.
    const listener = (): void => set(this.#read && hub.threshold < Number.POSITIVE_INFINITY ? 0 : hub.threshold);
    hub.thresholdListeners.add(listener);
    this.#unfollow.push(() => hub.thresholdListeners.delete(listener));
    listener();
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    const hub = this.#hub;
    for (const forget of this.#unfollow) forget();
    for (const handler of hub.handlers) releaseParked(handler);
    hub.interceptions--;
    countInterception(-1, this.#bridge);
    refreshHub(hub);
  }

  #sourceOf(target: unknown): CrossingSource {
    if (this.#source.target !== target) this.#source = { ...this.#source, target };
    return this.#source;
  }

  /** A function of the application that fails costs the record its name, and nobody a record. */
  #named(inbound: Inbound): Inbound {
    const option = this.#name;
    if (typeof option !== "function") return { ...inbound, name: option };
    // A function that says something itself would be asked about its own words without end.
    if (this.#naming) return inbound;
    this.#naming = true;
    try {
      const name = crossForeign(this.#hub, null, () => option(inbound.target));
      if (isPromised(name))
        throw new TypeError("name gave a promise; it must answer at once, and an async function cannot");
      return { ...inbound, name };
    } catch (error) {
      this.#fail(error);
      return inbound;
    } finally {
      this.#naming = false;
    }
  }

  #fail(error: unknown): void {
    const { name } = this.#bridge;
    reportOnce(
      this.#hub.warned,
      `hook ${name}`,
      "LB1409",
      `the interception of ${name} failed on a record: ${thrownText(error, this.#hub.keepsCalls)}`,
    );
  }

  #failedToParse(error: unknown): void {
    const { name } = this.#bridge;
    reportOnce(
      this.#hub.warned,
      `parse ${name}`,
      "LB1411",
      `a parser of the interception of ${name} has failed on a text, which is taken as it is: ${thrownText(error, this.#hub.keepsCalls)}`,
    );
  }
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
      if (isTooDeep(hub)) return;
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
