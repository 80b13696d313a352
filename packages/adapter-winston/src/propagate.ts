import {
  LogbridgeError,
  LogbridgeTypeError,
  type LogRecord,
  type PatchSite,
  patchMethod,
  type Sink,
  SinkHost,
} from "@logbridge/core";
import { levelFor, type WinstonLevels } from "./levels.ts";
import { type Info, infoOf } from "./map.ts";

/** A winston logger, as far as it is used here: any copy and version from 3.2. */
export interface WinstonLogger {
  readonly levels: WinstonLevels;
  level: string;
  silent?: boolean;
  readonly transports: readonly unknown[];
  readonly defaultMeta?: unknown;
  readonly format?: unknown;
  write(info: never): unknown;
  isLevelEnabled?(level: string): boolean;
}

/** True for a winston logger or one of its children. */
export function isWinstonLogger(value: unknown): value is WinstonLogger {
  if (typeof value !== "object" || value === null || typeof data(value, "configure") !== "function") return false;
  const logger = value as { levels?: unknown; transports?: unknown; write?: unknown };
  return typeof logger.levels === "object" && Array.isArray(logger.transports) && typeof logger.write === "function";
}

/** The property without running a getter, own or inherited. */
export function data(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  for (let at: object | null = value; at; at = Object.getPrototypeOf(at) as object | null) {
    const found = Object.getOwnPropertyDescriptor(at, key);
    if (found) return found.value;
  }
  return undefined;
}

/** The logger that a child was made from, over all generations. */
export function rootOf(logger: object): object {
  for (let at: object | null = logger; at; at = Object.getPrototypeOf(at) as object | null)
    if (Object.hasOwn(at, "_readableState")) return at;
  return logger;
}

/** A callback of a stream or transport. */
export type Done = (error?: unknown) => void;

/** The parts of a transport's stream that are watched. */
interface Watched {
  logv?: unknown;
  _write(info: Info, encoding: unknown, done: Done): void;
}

/** Who writes to a transport beside its own logger. */
export interface Watcher {
  /** Did this watcher hand the info over? */
  owns(info: Info): boolean;
  /** Gates, formats and logs an info of its own. Never throws. */
  log(info: Info, done: Done): void;
  /** A transport with a stream of its own kind has taken the info. */
  settle(info: Info): void;
  fail(error: unknown): void;
}

/**
 * Makes a transport's stream tell the truth while a sink of ours leads to it: a batch is done when each of its records is, a callback
 * counts once, and a transport that throws loses that record instead of standing still for ever.
 */
export function watchTransport(transport: object, watcher: Watcher): () => void {
  const leave: (() => void)[] = [];
  const { _write, _writev } = transport as { readonly _write?: unknown; readonly _writev?: unknown };
  if (typeof _write === "function")
    leave.push(
      patchMethod(transport, "_write", watcher, (site) => writeOf(site, isStandard(transport, "_write")) as never),
    );
  if (typeof _writev === "function")
    leave.push(
      patchMethod(transport, "_writev", watcher, (site) => batchOf(site, isStandard(transport, "_writev")) as never),
    );
  return () => {
    for (const one of leave) one();
  };
}

/** winston-transport defines these methods together; a transport with one of its own is left to it. */
function isStandard(transport: object, key: string): boolean {
  for (let at: object | null = transport; at; at = Object.getPrototypeOf(at) as object | null)
    if (Object.hasOwn(at, key)) return Object.hasOwn(at, "_accept");
  return false;
}

type Write = (this: Watched, info: Info, encoding: unknown, done: Done) => unknown;

function writeOf(site: PatchSite<Watcher>, standard: boolean): Write {
  const original = site.original as unknown as Write;
  return function (info, encoding, callback) {
    const { subscribers } = site;
    if (subscribers.length === 0) return original.call(this, info, encoding, callback);
    const owner = subscribers.find((one) => one.owns(info));
    const done = once((error) => {
      owner?.settle(info);
      callback(error);
    });
    if (owner && standard) return owner.log(info, done);
    try {
      return original.call(this, info, encoding, done);
    } catch (error) {
      for (const one of owner ? [owner] : subscribers) one.fail(error);
      done();
      return undefined;
    }
  };
}

type Batch = (
  this: Watched,
  chunks: readonly { readonly chunk: Info; readonly encoding: unknown }[],
  done: Done,
) => unknown;

function batchOf(site: PatchSite<Watcher>, standard: boolean): Batch {
  const original = site.original as unknown as Batch;
  return function (chunks, callback) {
    const { subscribers } = site;
    if (subscribers.length === 0) return original.call(this, chunks, callback);
    if (!standard || typeof this.logv === "function")
      return original.call(this, chunks, (error) => {
        for (const { chunk } of chunks) subscribers.find((one) => one.owns(chunk))?.settle(chunk);
        callback(error);
      });
    let left = chunks.length;
    for (const { chunk, encoding } of chunks)
      this._write(chunk, encoding, (error) => {
        // The original ignores errors in a batch, too.
        if (error) for (const one of subscribers) one.fail(error);
        if (--left === 0) callback();
      });
    return undefined;
  };
}

/** The function, once. */
export function once(callback: Done): Done {
  let called = false;
  return (error) => {
    if (called) return;
    called = true;
    callback(error);
  };
}

/** How many of a transport's own streams still hold something. */
export function innerPending(transport: object): number {
  const { _stream, _dest, logStream } = transport as {
    readonly _stream?: unknown;
    readonly _dest?: unknown;
    readonly logStream?: unknown;
  };
  let count = 0;
  // A file's records wait on the readable side until the file is open; another stream's readable side is none of ours.
  for (const stream of [_stream, _dest, logStream] as (
    | { readonly writableLength?: number; readonly readableLength?: number }
    | undefined
  )[])
    if (
      (stream?.writableLength ?? 0) > 0 ||
      ("dirname" in transport && stream === _stream && (stream?.readableLength ?? 0) > 0)
    )
      count++;
  return count;
}

/** The stream that a logger is. */
interface Root {
  readonly transports: readonly object[];
  readonly writableLength?: number;
  readonly readableLength?: number;
  readonly destroyed?: boolean;
  readonly _writableState: { readonly needDrain?: boolean; readonly ending?: boolean };
  on(event: string, listener: () => void): unknown;
  removeListener(event: string, listener: () => void): unknown;
}

/** Writes to a winston logger, which takes no more than its slowest transport. */
class LoggerSink implements Sink {
  readonly needs = { text: false } as const;
  readonly #logger: WinstonLogger;
  readonly #root: Root;
  readonly #host: SinkHost<Info>;
  readonly #watched = new Map<object, () => void>();
  readonly #ready = (): void => this.#host.ready();
  #report: ((error: unknown) => void) | null = null;
  #deathTold = false;
  #lost = 0;

  constructor(logger: WinstonLogger) {
    this.#logger = logger;
    this.#root = rootOf(logger) as Root;
    const root = this.#root;
    this.#host = new SinkHost<Info>(
      {
        send: (info) => {
          (logger.write as (info: Info) => unknown).call(logger, info);
          return root._writableState.needDrain !== true;
        },
        inFlight: () => waiting(root),
        isDead: () => root.destroyed === true || root._writableState.ending === true,
      },
      { fail: (error) => this.#fail(error) },
    );
    root.on("drain", this.#ready);
  }

  attach(fail: (error: unknown) => void): void {
    this.#report = fail;
  }

  write(_text: string, record: LogRecord): void {
    const { levels, defaultMeta } = this.#logger;
    this.#watch();
    if (!this.#deathTold && this.#root._writableState.ending === true) {
      this.#deathTold = true;
      this.#fail(
        new LogbridgeError(
          "LB1515",
          "the winston logger was ended by somebody else; what is logged from here on is dropped and counted",
        ),
      );
    }
    // `write` passes the logger's own default metadata by, so that it cannot replace our fields.
    this.#host.push(infoOf(record, levelFor(record, levels), typeof defaultMeta === "object" ? defaultMeta : null));
  }

  flush(): Promise<void> {
    return this.#host.flush();
  }

  /** The logger is the application's: it stays. */
  close(): void {
    this.#root.removeListener("drain", this.#ready);
    for (const leave of this.#watched.values()) leave();
    this.#watched.clear();
  }

  pending(): number {
    return this.#host.pending();
  }

  dropped(): number {
    return this.#host.dropped() + this.#lost;
  }

  leadsTo(bridge: string, target: unknown): boolean {
    return bridge === "winston" && typeof target === "object" && target !== null && rootOf(target) === this.#root;
  }

  /** Transports come and go. */
  #watch(): void {
    const { transports } = this.#root;
    if (transports.length === this.#watched.size && transports.every((one) => this.#watched.has(one))) return;
    for (const [transport, leave] of this.#watched)
      if (!transports.includes(transport)) {
        leave();
        this.#watched.delete(transport);
      }
    const watcher: Watcher = {
      owns: () => false,
      log: (_info, done) => done(),
      settle() {},
      fail: (error) => {
        this.#lost++;
        this.#fail(error);
      },
    };
    for (const transport of transports)
      if (!this.#watched.has(transport)) this.#watched.set(transport, watchTransport(transport, watcher));
  }

  #fail(error: unknown): void {
    this.#report?.(error);
  }
}

/** How many records are in the logger's stream and in its transports. */
function waiting(root: Root): number {
  let count = (root.writableLength ?? 0) + (root.readableLength ?? 0);
  for (const transport of root.transports)
    count += ((transport as { readonly writableLength?: number }).writableLength ?? 0) + innerPending(transport);
  return count;
}

/**
 * A sink that writes every record to a winston logger (or child), whose formats and transports do the rest.
 *
 * The level crosses by name or to the nearest that is not more severe, the time as `timestamp`, `extra` as fields, an exception as
 * `err` and `stack`, a given name as `label`. Fields named `level`, `message`, `timestamp`, `stack`, `splat` get a trailing underscore.
 *
 * @param logger a winston logger or one of its children
 * @throws LogbridgeTypeError LB1510 where it is no winston logger
 * @example
 * logger.add(propagateToWinston(legacyLogger), { level: "INFO" });
 */
export function propagateToWinston(logger: WinstonLogger): Sink {
  if (!isWinstonLogger(logger))
    throw new LogbridgeTypeError(
      "LB1510",
      "propagateToWinston(): expected a winston logger, as winston.createLogger() makes it, or one of its children",
    );
  return new LoggerSink(logger);
}
