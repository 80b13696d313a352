import { tracingChannel } from "node:diagnostics_channel";
import {
  type Bridge,
  checkInterceptOptions,
  logger as globalLogger,
  type InboundPort,
  type Interception,
  type InterceptOptions,
  interception,
  LogbridgeError,
  LogbridgeTypeError,
  type Origin,
  openPort,
} from "@logbridge/core";
import { inboundLevel, labelAt } from "./levels.ts";
import {
  chainOf,
  isPinoLogger,
  type PinoLogger,
  parsed,
  part,
  readFormatted,
  readRaw,
  symbolOf,
  type Written,
} from "./map.ts";
import { leavesOf, type Stream } from "./propagate.ts";

/** The pino function, or the module that exports it. */
export interface PinoModule {
  readonly version?: string;
}

const BRIDGE: Bridge = {
  name: "pino",
  packages: ["pino", "pino-std-serializers", "sonic-boom", "thread-stream", "pino-http"],
  mode: "tee",
};
const METADATA = Symbol.for("pino.metadata");
const CARRIED = ["lastLevel", "lastObj", "lastMsg", "lastTime", "lastLogger"] as const;

/** Where a record came from. The line is there for who reads it, and in no JSON: it would double each record's size. */
class PinoOrigin implements Origin {
  readonly name: string = BRIDGE.name;
  readonly level: { readonly name: string; readonly no: number };
  readonly #line: string;

  constructor(level: { readonly name: string; readonly no: number }, line: string) {
    this.level = level;
    this.#line = line;
  }

  get line(): string {
    return this.#line;
  }
}

/** Takes one record in. `true`: it was taken. */
function take(port: InboundPort, written: Written, skip: (...args: never[]) => unknown): boolean {
  const { logger, number, line } = written;
  const level = inboundLevel(number, logger.levels);
  if (!port.wants(level.no)) return false;
  const { message, fields, error, name } = port.stage === "raw" ? readRaw(written) : readFormatted(written);
  return port.deliver(
    {
      target: logger,
      level,
      message,
      fields,
      ...(error && { error: error.value }),
      timeMs: timeOf(written.time),
      name,
      origin: new PinoOrigin({ name: logger.levels.labels[number] ?? String(number), no: number }, line.trimEnd()),
    },
    skip,
  );
}

/** What pino publishes around its `asJson`. */
interface Traced {
  readonly instance: PinoLogger;
  readonly arguments: ArrayLike<unknown>;
  readonly result?: unknown;
}

/** Listens at the channel on which every copy of pino since 9.10 publishes. */
function listen(port: InboundPort, only: PinoLogger | null): () => void {
  const end = (message: unknown): void => {
    const { instance, arguments: given, result } = message as Traced;
    // Without a line a serializer has thrown: pino writes nothing.
    if (typeof result !== "string" || (only && !chainOf(instance).includes(only))) return;
    const written = {
      logger: instance,
      object: given[0],
      text: given[1],
      number: given[2] as number,
      time: String(given[3]),
      line: result,
    };
    // What a subscriber throws would end the process.
    try {
      if (take(port, written, end)) standIn(port, written);
    } catch (error) {
      port.fail(error);
    }
  };
  const channel = tracingChannel("pino_asJson");
  channel.end.subscribe(end);
  return () => void channel.end.unsubscribe(end);
}

/** Every copy of this package knows the stand-ins of the others. */
const STAND_IN: unique symbol = Symbol.for("logbridge.pino.standIn") as never;

type Holder = Record<symbol, unknown>;
type Target = Stream & Record<PropertyKey, unknown>;

/** Stands in for a logger's stream for the one write that follows. */
class StandIn implements Stream {
  declare readonly [STAND_IN]: true;
  line: string;
  drops: boolean;
  readonly #holder: Holder;
  readonly #symbol: symbol;
  readonly #stream: Target;
  readonly #port: InboundPort;

  constructor(holder: Holder, symbol: symbol, port: InboundPort, line: string) {
    this.#holder = holder;
    this.#symbol = symbol;
    this.#stream = holder[symbol] as Target;
    this.#port = port;
    this.line = line;
    this.drops = port.mode === "replace";
  }

  /** pino asks for this first: from here on whoever logs meanwhile finds the true stream. */
  get [METADATA](): unknown {
    this.#leave();
    return this.#stream[METADATA];
  }

  write(line: string): unknown {
    this.#leave();
    // Somebody may have asked for a line and never written it: then another one comes here. A line that a hook of pino changes is not known.
    if (this.drops && (line === this.line || this.#isHooked())) return true;
    carry(this as never, this.#stream);
    return this.#port.through(() => this.#stream.write(line));
  }

  #isHooked(): boolean {
    const hooks = part(this.#holder, "hooks") as { streamWrite?: unknown } | undefined;
    return hooks?.streamWrite !== undefined;
  }

  #leave(): void {
    if (this.#holder[this.#symbol] === this) this.#holder[this.#symbol] = this.#stream;
  }
}

Object.defineProperty(StandIn.prototype, STAND_IN, { value: true });

/**
 * pino asks for its stream after it has published the line. For this one write it gets another: one that drops the line (replace), or one
 * that marks what a stream of this process prints meanwhile as pino's own output (tee). Nothing stays behind.
 */
function standIn(port: InboundPort, { logger, line }: Written): void {
  const symbol = symbolOf(logger, "stream");
  const holder = symbol && holderOf(logger, symbol);
  if (!symbol || !holder) return;
  const stream = holder[symbol] as Target & Partial<StandIn>;
  const drops = port.mode === "replace";
  if (stream[STAND_IN]) {
    const standing = stream as unknown as StandIn;
    standing.drops = drops || (standing.drops && standing.line === line);
    standing.line = line;
  } else if (drops || !leavesOf(stream).every(writesByDescriptor))
    holder[symbol] = new StandIn(holder, symbol, port, line);
}

function holderOf(logger: object, symbol: symbol): Holder | null {
  for (let at: object | null = logger; at; at = Object.getPrototypeOf(at) as object | null)
    if (Object.hasOwn(at, symbol)) return at as Holder;
  return null;
}

/** pino's own destinations print nothing in this process's streams. */
function writesByDescriptor(leaf: Stream): boolean {
  return typeof leaf._len === "number" || leaf.worker !== undefined;
}

function carry(from: Record<PropertyKey, unknown>, to: Record<PropertyKey, unknown>): void {
  if (to[METADATA] === true) for (const key of CARRIED) to[key] = from[key];
}

/** Who listens at a tapped stream. */
interface Listener {
  readonly port: InboundPort;
  /** `true`: the line is not to be written. */
  hear(written: Written): boolean;
}

const TAP: unique symbol = Symbol.for("logbridge.pino.tap") as never;

interface Tap extends Stream {
  readonly [TAP]: { readonly listeners: Listener[]; leave(one: Listener): void };
}

/** pino before 9.10 has no channel: one logger's stream is replaced by one that hears the lines. */
function tap(port: InboundPort, logger: PinoLogger): () => void {
  const symbol = symbolOf(logger, "stream") as symbol;
  const holder = logger as unknown as Record<symbol, Stream | Tap>;
  const stream = holder[symbol] as Stream | Tap;
  const tapped = TAP in stream ? stream : tapOf(holder, symbol, stream);
  const listener: Listener = {
    port,
    hear(written) {
      if (!chainOf(written.logger).includes(logger)) return false;
      try {
        return take(port, written, tapped.write) && port.mode === "replace";
      } catch (error) {
        port.fail(error);
        return false;
      }
    },
  };
  tapped[TAP].listeners.push(listener);
  return () => tapped[TAP].leave(listener);
}

function tapOf(holder: Record<symbol, Stream | Tap>, symbol: symbol, stream: Stream): Tap {
  const before = Object.getOwnPropertyDescriptor(holder, symbol);
  const listeners: Listener[] = [];
  const target = stream as Stream & Record<PropertyKey, unknown>;
  const made: Tap & Record<PropertyKey, unknown> = {
    [METADATA]: true,
    [TAP]: {
      listeners,
      leave(one) {
        listeners.splice(listeners.indexOf(one), 1);
        // Where somebody put another stream over ours, ours stays and passes on.
        if (listeners.length > 0 || holder[symbol] !== made) return;
        if (before) Object.defineProperty(holder, symbol, before);
        else delete holder[symbol];
      },
    },
    write(line) {
      const { lastLogger, lastObj, lastMsg, lastLevel, lastTime } = made as Record<string, unknown>;
      const time = lastTime === "" ? "" : `,"time":${String(lastTime)}`;
      const written = {
        logger: lastLogger as PinoLogger,
        object: lastObj,
        text: lastMsg,
        number: lastLevel as number,
        time,
        line,
      };
      let drops = false;
      for (const one of [...listeners]) drops = one.hear(written) || drops;
      if (drops) return true;
      carry(made, target);
      const [first] = listeners;
      return first ? first.port.through(() => stream.write(line)) : stream.write(line);
    },
    flush: (callback) => (stream.flush ? stream.flush(callback) : callback?.()),
    flushSync: () => stream.flushSync?.(),
  };
  Object.defineProperty(holder, symbol, {
    value: made,
    configurable: true,
    writable: true,
    enumerable: before?.enumerable ?? true,
  });
  return made;
}

/** A logger whose level follows ours, with what it was before. */
interface Followed {
  readonly label: string;
  readonly before: readonly (readonly [PropertyKey, PropertyDescriptor | undefined])[];
  readonly thresholds: Map<InboundPort, number>;
  set: unknown;
}

const followed = new WeakMap<PinoLogger, Followed>();

/** Keeps a logger's level at the lowest threshold of all that follow it. Children that have a level of their own keep it. */
function followLevel(logger: PinoLogger, port: InboundPort): () => void {
  port.follow((threshold) => {
    let state = followed.get(logger);
    if (!state) {
      // pino makes new methods at each change of the level: the very same ones are to be back at the end.
      const keys: PropertyKey[] = [...Object.keys(logger.levels.values), symbolOf(logger, "levelVal") as symbol];
      const before = keys.map((key) => [key, Object.getOwnPropertyDescriptor(logger, key)] as const);
      followed.set(logger, (state = { label: logger.level, before, thresholds: new Map(), set: undefined }));
    }
    state.thresholds.set(port, threshold);
    follow(logger, state);
  });
  return () => {
    const state = followed.get(logger);
    if (!state?.thresholds.delete(port)) return;
    if (state.thresholds.size > 0) return follow(logger, state);
    followed.delete(logger);
    // Somebody has set another level since: it is theirs now.
    if (part(logger, "levelVal") !== state.set) return;
    logger.level = state.label;
    for (const [key, descriptor] of state.before)
      if (descriptor) Object.defineProperty(logger, key, descriptor);
      else Reflect.deleteProperty(logger, key);
  };
}

function follow(logger: PinoLogger, state: Followed): void {
  const label = labelAt(Math.min(...state.thresholds.values()), logger.levels);
  if (logger.level !== label) logger.level = label;
  state.set = part(logger, "levelVal");
}

function hasChannel(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 9 || (major === 9 && minor >= 10);
}

/**
 * Takes in what pino logs, by the channel on which pino itself publishes each line: all copies from 9.10 on, loggers made before and
 * after. Of an older copy, one logger at a time, by its stream.
 *
 * Stage "formatted" (default): what the line says, after redaction, serializers and formatters; an error is the object itself, unless
 * the logger hides parts of it. In "replace" the line does not reach the logger's stream.
 *
 * @param target the pino function (every logger of the process), or one logger (with its children)
 * @throws LogbridgeError LB1521 for the function of a pino before 9.10, LB1528 for `level: "follow"` with the function;
 * LogbridgeTypeError LB1523 for another target; and the errors of `checkInterceptOptions`
 * @example
 * const interception = interceptPino(pino);
 * // …
 * interception.restore();
 */
export function interceptPino(target: PinoModule | PinoLogger, options: InterceptOptions = {}): Interception {
  checkInterceptOptions(options, "interceptPino", []);
  const logger = isPinoLogger(target) ? target : null;
  const version = versionOf(target, logger);
  if (!logger && !hasChannel(version))
    throw new LogbridgeError(
      "LB1521",
      `interceptPino(): pino ${version} does not publish what it logs (9.10 and later do); pass each of its loggers, or update pino`,
    );
  if (!logger && options.level === "follow")
    throw new LogbridgeError(
      "LB1528",
      'interceptPino(): level "follow" needs one logger, since the levels of all loggers of a process cannot be reached; pass a logger, or leave the option out',
    );
  const port = openPort(BRIDGE, options, globalLogger);
  const leave = logger && !hasChannel(version) ? tap(port, logger) : listen(port, logger);
  const unfollow = logger ? followLevel(logger, port) : null;
  return interception(BRIDGE.name, () => {
    unfollow?.();
    leave();
    port.close();
  });
}

function versionOf(target: unknown, logger: PinoLogger | null): string {
  const given = target as { version?: unknown; default?: unknown; child?: unknown } | null | undefined;
  const version =
    logger || typeof given === "function"
      ? given?.version
      : (given?.default as { version?: unknown } | undefined)?.version;
  const isModule = typeof given === "function" || typeof given?.default === "function";
  if ((logger || isModule) && typeof version === "string") return version;
  throw new LogbridgeTypeError(
    "LB1523",
    'interceptPino(): expected the pino function (import pino from "pino") or a pino logger',
  );
}

/** The time that a line has, in milliseconds since 1970, whatever the clock's form; `undefined` where it has none that can be read. */
function timeOf(chunk: string): number | undefined {
  if (chunk === "") return undefined;
  const quick = chunk.startsWith(',"time":') ? Number(chunk.slice(8)) : Number.NaN;
  if (!Number.isNaN(quick)) return plausible(scaled(quick));
  const [value] = Object.values(parsed(chunk));
  if (typeof value === "number") return plausible(scaled(value));
  if (typeof value !== "string") return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return plausible(scaled(Number(value)));
  const below = /\.\d{3}(\d{1,6})/.exec(value)?.[1];
  return plausible(Date.parse(value) + (below ? Number(`0.${below}`) : 0));
}

/** Seconds, milliseconds, microseconds and nanoseconds since 1970 differ by their size. */
function scaled(value: number): number {
  if (value < 1e11) return value * 1000;
  if (value < 1e14) return value;
  return value < 1e17 ? value / 1000 : value / 1e6;
}

const EARLIEST = Date.UTC(2000, 0);
const LATEST = Date.UTC(2100, 0);

/** A clock that counts from somewhere else tells no time of day. */
function plausible(ms: number): number | undefined {
  return ms >= EARLIEST && ms < LATEST ? ms : undefined;
}
