import type { Method, PatchSite } from "@logbridge/core";
import { inboundLevel, type WinstonLevels } from "../levels.ts";
import { type Info, LEVEL, MESSAGE, type WinstonFormat } from "../map/info.ts";
import { freshInfo, remember, type UncaughtKind } from "../map/remembered.ts";
import { formattedOf, rawOf, type Snapshot, snapshotOf, type Understood } from "../map/understanding.ts";
import { hosting } from "../sink/hosting.ts";
import type { Done } from "../sink/watching.ts";
import { BRIDGE, type Self, type Subscriber } from "./subscriber.ts";
import { endWhenComplete, uncaughtIn } from "./uncaught.ts";

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
export function wrapWrite(site: PatchSite<Subscriber>): Write {
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
export function wrapTransform(site: PatchSite<Subscriber>): Transform {
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
  const uncaught = uncaughtIn(info);
  // Formats write on the info.
  const unformatted = hosting.isOpen ? freshInfo(info) : null;
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
  const printed = isPrinted(self, level, uncaught !== null);
  const made: Made = { unformatted, formatted, format, uncaught };
  for (const one of listening) {
    const said = saidTo(one, before, formatted, format);
    if (said && !hears(one, call, { level, printed }, said, made)) call.keep = true;
  }
  if (uncaught && !call.keep) endWhenComplete(self, listening);
}

function saidTo(
  { port }: Subscriber,
  before: Snapshot,
  formatted: Info | null,
  format: WinstonFormat,
): Understood | null {
  try {
    return port.stage === "raw" ? rawOf(before) : formatted && formattedOf(formatted, before, format);
  } catch (error) {
    port.fail(error);
    return null;
  }
}

/** What winston makes of an info. */
interface Made {
  readonly unformatted: Info | null;
  readonly formatted: Info | null;
  readonly format: WinstonFormat;
  readonly uncaught: UncaughtKind | null;
}

/** Hands a record in. `false`: it is the output of one of our own sinks, which the transports must get. */
function hears(
  { port, follower }: Subscriber,
  call: Call,
  { level, printed }: { readonly level: string; readonly printed: boolean },
  said: Understood,
  { unformatted, formatted, format, uncaught }: Made,
): boolean {
  const { self } = call;
  const inbound = inboundLevel(level, self.levels, port.levelNamed(level));
  if (!(printed || follower) || !port.wants(inbound.no)) return port.mode === "tee" || !port.isEcho(self, said.message);
  const { error, ...rest } = said;
  const line = formatted?.[MESSAGE];
  const origin = {
    name: BRIDGE.name,
    level: { name: level, no: self.levels[level] as number },
    // A redaction that hides anything gives the record an origin without it, and what is remembered is not found.
    ...(unformatted && { line: typeof line === "string" ? line : said.message }),
  };
  if (unformatted)
    remember(origin, {
      logger: self,
      line: formatted && { info: freshInfo(formatted), format },
      info: unformatted,
      uncaught,
      level: inbound,
      message: said.message,
      args: said.args ?? [],
      fields: { ...said.fields },
      error,
    });
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
function isPrinted(self: Self, level: string, uncaught: boolean): boolean {
  const passes = (threshold: string | undefined, levels: WinstonLevels): boolean =>
    !threshold || (levels[threshold] as number) >= (levels[level] as number);
  const { transports } = self;
  if (transports.length === 0) return passes(self.level, self.levels);
  return transports.some((one) => {
    if (one.silent) return false;
    // What winston puts around a transport that handles uncaught errors only.
    if (one.transport && !one.levels) return uncaught;
    return passes(one.level || (one.transport ? undefined : one.parent?.level), one.levels ?? self.levels);
  });
}
