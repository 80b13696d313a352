import {
  type Bridge,
  checkInterceptOptions,
  logger as globalLogger,
  type InboundPort,
  type Interception,
  type InterceptOptions,
  interception,
  LogbridgeTypeError,
  type Method,
  openPort,
  type PatchSite,
  patchMethod,
} from "@logbridge/core";
import { inboundLevel, levelAt, type WinstonLevels } from "./levels.ts";
import {
  formattedOf,
  type Info,
  LEVEL,
  rawOf,
  type Snapshot,
  snapshotOf,
  type Understood,
  type WinstonFormat,
} from "./map.ts";
import { type Done, isWinstonLogger, rootOf, type WinstonLogger } from "./propagate.ts";

/** The winston module, as far as it is used here. */
export interface WinstonModule {
  readonly Logger: { readonly prototype: object };
  createLogger(...options: never[]): unknown;
}

const BRIDGE: Bridge = {
  name: "winston",
  packages: ["winston", "winston-transport", "logform", "triple-beam", "readable-stream"],
  mode: "tee",
};

/** A transport as it decides whether it prints. */
interface Output {
  readonly level?: string;
  readonly levels?: WinstonLevels;
  readonly parent?: { readonly level?: string } | null;
  readonly silent?: boolean;
  readonly transport?: unknown;
}

/** A logger as the hooks meet it. */
interface Self {
  silent?: boolean;
  readonly levels: WinstonLevels;
  level: string;
  format: WinstonFormat;
  readonly transports: readonly Output[];
  _writableState: { sync: boolean; readonly ending?: boolean };
}

/** Who listens. */
interface Subscriber {
  readonly port: InboundPort;
  /** Their level is ours: set at the first meeting, back at the end. `null`: their own level decides. */
  readonly follower: Follower | null;
  concerns(self: object): boolean;
}

/** One call of `write` under way: from there to `_transform`, at once or when a slow transport is ready again. */
interface Call {
  readonly self: Self;
  readonly listening: readonly Subscriber[];
  readonly hook: Method;
  /** What the logger's format made of the info, once it has run. */
  outcome: { readonly result?: unknown; readonly error?: { readonly value: unknown } } | null;
  /** The transports get it. */
  keep: boolean;
  /** A handler with `catch: false` threw; the application gets it when winston has finished. */
  thrown: { readonly value: unknown } | null;
}

/** Calls whose info waits behind a slow transport. */
const waiting = new WeakMap<object, Call[]>();
let current: Call | null = null;
/** Formats that stand aside while what they made is pushed. */
const aside = new WeakMap<object, WinstonFormat>();

type Write = (this: Self, info: Info, ...rest: unknown[]) => unknown;

/** The patched `write`: the caller is above it on the stack, and the asynchronous context is the caller's. */
function wrapWrite(site: PatchSite<Subscriber>): Write {
  const original = site.original as unknown as Write;
  const hook: Write = function (info, ...rest) {
    const pass = (): unknown => original.call(this, info, ...rest);
    if (typeof info !== "object" || info === null || this.silent) return pass();
    const listening = site.subscribers.filter((one) => one.concerns(this));
    if (listening.length === 0) return pass();
    for (const { follower } of listening) follower?.meet(this);
    const call: Call = { self: this, listening, hook: hook as never, outcome: null, keep: true, thrown: null };
    const outer = current;
    current = call;
    try {
      return pass();
    } finally {
      current = outer;
      settle(call, info);
    }
  };
  return hook;
}

/** After the original: what waits behind a slow transport is taken in now, while the caller is known. */
function settle(call: Call, info: Info): void {
  // An ended logger takes nothing any more.
  const ended = call.self._writableState.ending === true && call.listening.every((one) => one.port.mode === "tee");
  if (!call.outcome && !ended) {
    receive(call, info);
    const queue = waiting.get(info);
    if (queue) queue.push(call);
    else waiting.set(info, [call]);
  }
  if (call.thrown) throw call.thrown.value;
}

type Transform = (this: Self, info: Info, encoding: unknown, callback: Done) => unknown;

/**
 * The patched `_transform`, where winston runs the format: it runs here, once, on the same info as without us, and what it made is
 * taken in and pushed. In replace mode it is not pushed.
 */
function wrapTransform(site: PatchSite<Subscriber>): Transform {
  const original = site.original as unknown as Transform;
  return function (info, encoding, callback) {
    const call = this.silent || typeof info !== "object" || info === null ? undefined : callOf(this, info);
    if (!call) return original.call(this, info, encoding, callback);
    if (!call.outcome) receive(call, info);
    const { result, error } = call.outcome ?? {};
    if (!call.keep) {
      this._writableState.sync = false;
      callback();
      if (error) throw error.value;
      return undefined;
    }
    const standing = this.format;
    const real = aside.get(this) ?? standing;
    aside.set(this, real);
    this.format = {
      transform() {
        if (error) throw error.value;
        return result;
      },
    };
    try {
      // What the transports print meanwhile is winston's output. The record itself was taken in outside of it.
      const [{ port }] = call.listening as [Subscriber];
      return port.through(() => original.call(this, info, encoding, callback));
    } finally {
      this.format = standing;
      if (standing === real) aside.delete(this);
    }
  };
}

/** The call that an info came by: the one under way, though an agent below us may have handed on another object, or one that waited. */
function callOf(self: Self, info: Info): Call | undefined {
  return current?.self === self && !current.outcome ? current : waiting.get(info)?.shift();
}

/** Runs the format and takes in what it made. */
function receive(call: Call, info: Info): void {
  const { self, listening } = call;
  // As winston does before it formats.
  if (!info[LEVEL]) info[LEVEL] = info["level"];
  const before = snapshotOf(
    info,
    listening.some((one) => one.port.stage === "raw"),
  );
  const given = String(info[LEVEL]);
  const format = aside.get(self) ?? self.format;
  try {
    call.outcome = { result: format.transform(info as never, format.options as never) };
  } catch (value) {
    call.outcome = { error: { value } };
    return;
  }
  const { result } = call.outcome;
  const formatted = typeof result === "object" && result !== null ? (result as Info) : null;
  const level = typeof formatted?.[LEVEL] === "string" ? formatted[LEVEL] : given;
  // A level that the logger does not have: winston says so, and no transport prints it.
  if (!Object.hasOwn(self.levels, level)) return;
  call.keep = listening.every((one) => one.port.mode === "tee");
  const printed = isPrinted(self, level, info);
  for (const one of listening) {
    const said = saidTo(one, before, formatted);
    if (said && !hears(one, call, level, printed, said)) call.keep = true;
  }
}

function saidTo({ port }: Subscriber, before: Snapshot, formatted: Info | null): Understood | null {
  try {
    return port.stage === "raw" ? rawOf(before) : formatted && formattedOf(formatted, before);
  } catch (error) {
    port.fail(error);
    return null;
  }
}

/** Hands a record in. `false`: it is the output of one of our own sinks, which the transports must get. */
function hears({ port, follower }: Subscriber, call: Call, level: string, printed: boolean, said: Understood): boolean {
  const { self } = call;
  const inbound = inboundLevel(level, self.levels, port.levelNamed(level));
  if (!(printed || follower) || !port.wants(inbound.no)) return port.mode === "tee" || !port.isEcho(self, said.message);
  const { error, ...rest } = said;
  const origin = { name: BRIDGE.name, level: { name: level, no: self.levels[level] as number } };
  try {
    return port.deliver(
      { target: self, level: inbound, ...rest, ...(error && { error: error.value }), origin },
      call.hook,
    );
  } catch (value) {
    call.thrown = { value };
    return true;
  }
}

/** Does any transport print this level? As the transports themselves decide it. */
function isPrinted(self: Self, level: string, info: Info): boolean {
  const passes = (threshold: string | undefined, levels: WinstonLevels): boolean =>
    !threshold || (levels[threshold] as number) >= (levels[level] as number);
  const { transports } = self;
  if (transports.length === 0) return passes(self.level, self.levels);
  return transports.some((one) => {
    if (one.silent) return false;
    // What winston puts around a transport that handles uncaught errors only.
    if (one.transport && !one.levels) return info["exception"] === true;
    return passes(one.level || (one.transport ? undefined : one.parent?.level), one.levels ?? self.levels);
  });
}

/** Sets the level of loggers to our lowest threshold for as long as it is asked for. */
interface Follower {
  meet(logger: Self): void;
  end(): void;
}

/** What loggers had before anybody followed. The last one to leave puts it back. */
const levelsBefore = new WeakMap<object, { readonly level: string; users: number }>();

function follow(port: InboundPort): Follower {
  const met = new Set<WeakRef<Self>>();
  const known = new WeakSet<object>();
  let threshold = Number.POSITIVE_INFINITY;
  const set = (logger: Self): void => {
    logger.level = levelAt(threshold, logger.levels) ?? logger.level;
  };
  const each = (run: (logger: Self) => void): void => {
    for (const one of met) {
      const logger = one.deref();
      if (logger) run(logger);
      else met.delete(one);
    }
  };
  port.follow((now) => {
    threshold = now;
    each(set);
  });
  return {
    meet(logger) {
      if (known.has(logger)) return;
      known.add(logger);
      met.add(new WeakRef(logger));
      const before = levelsBefore.get(logger);
      if (before) before.users++;
      else levelsBefore.set(logger, { level: logger.level, users: 1 });
      set(logger);
    },
    end() {
      each((logger) => {
        const before = levelsBefore.get(logger);
        if (!before || --before.users > 0) return;
        levelsBefore.delete(logger);
        logger.level = before.level;
      });
    },
  };
}

type Enabled = (this: Self, level: string) => boolean;

/** The patched `isLevelEnabled`, where the level follows ours: a transport's own level says nothing about us. */
function wrapEnabled(site: PatchSite<Subscriber>): Enabled {
  const original = site.original as unknown as Enabled;
  return function (level) {
    const root = rootOf(this) as Self;
    for (const { port, follower, concerns } of site.subscribers) {
      if (!follower || !concerns(root) || !Object.hasOwn(root.levels, level)) continue;
      follower.meet(root);
      if (port.wants(inboundLevel(level, root.levels, port.levelNamed(level)).no)) return true;
    }
    return original.call(this, level);
  };
}

/** Counts how deep in calls of one child the program is: an interception of that child must not hear its siblings. */
interface Depth {
  depth: number;
}

function wrapChild(site: PatchSite<Depth>): Method {
  const { original } = site;
  return function (...args) {
    const { subscribers } = site;
    for (const one of subscribers) one.depth++;
    try {
      return original.apply(this, args);
    } finally {
      for (const one of subscribers) one.depth--;
    }
  };
}

/**
 * Takes in what a winston logger, or every logger of a copy of winston, logs.
 *
 * Stage "formatted" (default): after the logger's own format, so that what it hides or drops stays hidden and dropped; the format
 * runs once for each record, and the transports' bytes are the same as without us.
 *
 * @param target the winston module (all its loggers, made before or after), or one logger (with its children) or one child
 * @throws LogbridgeTypeError LB1514 for another target, and the errors of `checkInterceptOptions`
 * @example
 * const interception = interceptWinston(winston);
 * // …
 * interception.restore();
 */
export function interceptWinston(target: WinstonModule | WinstonLogger, options: InterceptOptions = {}): Interception {
  checkInterceptOptions(options, "interceptWinston", []);
  const place = placeOf(target);
  const port = openPort(BRIDGE, options, globalLogger);
  const follows = options.level === "follow" || (options.level === undefined && port.mode === "replace");
  const follower = follows && !place.child ? follow(port) : null;
  const subscriber: Subscriber = { port, follower, concerns: place.concerns };
  const patch = (key: string, wrap: (site: PatchSite<Subscriber>) => unknown): (() => void) =>
    patchMethod(place.holder, key, subscriber, (site) => wrap(site) as Method);
  const leave = [patch("write", wrapWrite), patch("_transform", wrapTransform)];
  if (follower) leave.push(patch("isLevelEnabled", wrapEnabled), () => follower.end());
  if (place.logger) follower?.meet(place.logger as Self);
  if (place.child) leave.push(...patchChild(place.child));
  return interception(BRIDGE.name, () => {
    for (const one of leave.reverse()) one();
    port.close();
  });
}

/** A child's own `write` cannot be replaced; its level methods can. */
function patchChild({ logger, depth }: Child): (() => void)[] {
  return ["log", "profile", ...Object.keys(logger.levels)]
    .filter((name) => typeof (logger as unknown as Record<string, unknown>)[name] === "function")
    .map((name) => patchMethod(logger, name, depth, wrapChild));
}

interface Child {
  readonly logger: WinstonLogger;
  readonly depth: Depth;
}

/** Where the patches go, and whom they concern. */
interface Place {
  /** The prototype of all loggers: one patch there, whatever the target. */
  readonly holder: object;
  readonly logger: object | null;
  readonly child: Child | null;
  concerns(self: object): boolean;
}

function placeOf(target: WinstonModule | WinstonLogger): Place {
  if (isWinstonLogger(target)) {
    const root = rootOf(target);
    const holder = holderOf(root);
    if (holder && root === target) return { holder, logger: root, child: null, concerns: (self) => self === root };
    const depth: Depth = { depth: 0 };
    if (holder)
      return {
        holder,
        logger: null,
        child: { logger: target, depth },
        concerns: (self) => self === root && depth.depth > 0,
      };
  }
  const holder = holderOf((target as WinstonModule | null)?.Logger?.prototype);
  if (holder) return { holder, logger: null, child: null, concerns: () => true };
  throw new LogbridgeTypeError(
    "LB1514",
    'interceptWinston(): expected the winston module (import winston from "winston") or a winston logger',
  );
}

function holderOf(start: unknown): object | null {
  if (typeof start !== "object") return null;
  for (let at = start; at; at = Object.getPrototypeOf(at) as object | null)
    if (Object.hasOwn(at, "_transform") && Object.hasOwn(at, "configure")) return at;
  return null;
}
