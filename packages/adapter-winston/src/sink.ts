import { LogbridgeError, LogbridgeTypeError, type LogRecord, type Sink, SinkHost } from "@logbridge/core";
import { NPM_LEVELS, type WinstonLevels } from "./levels.ts";
import { defaultLine, type Info, infoOf, MESSAGE, type WinstonFormat } from "./map.ts";
import { isWinstonLogger, rootOf, type WinstonLogger } from "./propagate.ts";

/** A winston transport of any copy and version: parameter types are structural, so that none is refused for its version. */
export interface WinstonTransport {
  log?(info: never, next: never): unknown;
  write(info: never): boolean;
  on(event: string, listener: (...args: never[]) => void): unknown;
  emit(event: string, ...args: unknown[]): boolean;
}

/** Options of `winstonSink`. */
export interface WinstonSinkOptions {
  /** The format of the logger that the transport came from: it runs before the transport's own. */
  readonly format?: WinstonFormat;
  /** The levels of that logger. Default: npm's. */
  readonly levels?: WinstonLevels;
  /** What that logger adds to each record. */
  readonly defaultMeta?: object;
}

/** The parts of a transport that a host reads and writes. */
interface Hosted {
  log(info: Info, next: (error?: unknown) => void): unknown;
  write(info: Info): boolean;
  end(): void;
  on(event: string, listener: (...args: never[]) => void): unknown;
  once(event: string, listener: () => void): unknown;
  removeListener(event: string, listener: (...args: never[]) => void): unknown;
  emit(event: string, ...args: unknown[]): boolean;
  format?: unknown;
  level?: string;
  levels?: WinstonLevels;
  parent?: unknown;
  writableLength?: number;
  destroyed?: boolean;
  maxsize?: unknown;
  lazy?: unknown;
  _stream?: unknown;
  _dest?: unknown;
  logStream?: unknown;
}

const CLOSE_MS = 5000;

/** True for a winston transport: a stream in object mode with `log`. */
export function isWinstonTransport(value: unknown): value is WinstonTransport {
  if (typeof value !== "object" || value === null) return false;
  const stream = value as { log?: unknown; write?: unknown; emit?: unknown; child?: unknown; _writableState?: { objectMode?: unknown } };
  return (
    typeof stream.log === "function" &&
    typeof stream.write === "function" &&
    typeof stream.emit === "function" &&
    typeof stream.child !== "function" &&
    stream._writableState?.objectMode === true
  );
}

/** Hosts one transport as winston's logger would. */
class WinstonSink implements Sink {
  readonly needs = { text: false } as const;
  readonly #transport: Hosted;
  readonly #format: WinstonFormat | undefined;
  readonly #levels: WinstonLevels;
  readonly #defaultMeta: object | undefined;
  readonly #host: SinkHost<Info>;
  readonly #shared: boolean;
  readonly #stream: { readonly levels: WinstonLevels; readonly level: undefined; pipe(): void; unpipe(): void };
  #open = 0;
  #fail: (error: unknown) => void = () => {};
  readonly #undo: (() => void)[] = [];

  constructor(transport: WinstonTransport, options: WinstonSinkOptions) {
    this.#transport = transport as unknown as Hosted;
    this.#shared = this.#transport.parent !== undefined && this.#transport.parent !== null;
    this.#format = options.format;
    this.#levels = options.levels ?? this.#transport.levels ?? NPM_LEVELS;
    this.#defaultMeta = options.defaultMeta;
    // A transport's own error handler may call source.pipe(this): the host has it, and it does nothing.
    this.#stream = { levels: this.#levels, level: undefined, pipe() {}, unpipe() {} };
    this.#host = new SinkHost<Info>(
      {
        send: (info) => this.#transport.write(info),
        inFlight: () => Math.max(this.#open, this.#transport.writableLength ?? 0),
        isDead: () => this.#transport.destroyed === true,
      },
      { fail: (error) => this.#fail(error) },
    );
    this.#listen();
    if (!this.#shared) this.#transport.emit("pipe", this.#stream);
    if (this.#transport.maxsize && !this.#transport.lazy) this.#warnOfMaxsize();
  }

  attach(fail: (error: unknown) => void): void {
    this.#fail = fail;
    for (const early of this.#early.splice(0)) fail(early);
  }

  readonly #early: unknown[] = [];

  write(_text: string, record: LogRecord): void {
    const info = this.#info(record);
    if (info) this.#host.push(info);
  }

  flush(): Promise<void> {
    return this.#host.flush();
  }

  async close(): Promise<void> {
    for (const undo of this.#undo.splice(0)) undo();
    if (this.#shared) return;
    const transport = this.#transport;
    const inner = [transport._stream, transport._dest, transport.logStream].find(isEndable);
    await ended(transport, () => transport.end());
    transport.emit("unpipe", this.#stream);
    if (inner && !inner.writableFinished && !inner.destroyed) await ended(inner, () => {});
  }

  pending(): number {
    return this.#host.pending();
  }

  dropped(): number {
    return this.#host.dropped();
  }

  leadsTo(bridge: string, target: unknown): boolean {
    if (bridge !== "winston" || typeof target !== "object" || target === null) return false;
    const { transports } = rootOf(target) as { transports?: readonly unknown[] };
    return transports?.includes(this.#transport) ?? false;
  }

  #info(record: LogRecord): Info | null {
    let info: Info = infoOf(record, this.#levels, this.#defaultMeta);
    if (this.#format) {
      const formatted = this.#format.transform(info as never, this.#format.options as never);
      if (!formatted) return null;
      info = formatted as Info;
    }
    // File, Console and Stream print this text alone.
    if (info[MESSAGE] === undefined) info[MESSAGE] = defaultLine(info);
    return info;
  }

  /** Counts calls that have not called back, and keeps a throwing `log` from blocking the stream for ever. */
  #listen(): void {
    const transport = this.#transport;
    const before = Object.getOwnPropertyDescriptor(transport, "log");
    const original = transport.log;
    const counted = (info: Info, next: (error?: unknown) => void): unknown => {
      this.#open++;
      let called = false;
      const once = (error?: unknown): void => {
        if (called) return;
        called = true;
        this.#open--;
        next(error);
        this.#host.settled();
      };
      try {
        return original.call(transport, info, once);
      } catch (error) {
        this.#fail(error);
        once();
        return undefined;
      }
    };
    Object.defineProperty(transport, "log", { value: counted, configurable: true, writable: true, enumerable: before?.enumerable ?? false });
    this.#undo.push(() => {
      if (transport.log !== counted) return;
      if (before) Object.defineProperty(transport, "log", before);
      else delete (transport as { log?: unknown }).log;
    });
    this.#on("drain", () => this.#host.ready());
    this.#on("error", (error: unknown) => this.#fail(error));
    this.#on("warn", (error: unknown) => this.#fail(error));
  }

  #on(event: string, listener: (argument: never) => void): void {
    this.#transport.on(event, listener);
    // The error listener stays: a closed transport that fails late must not end the process.
    if (event !== "error") this.#undo.push(() => this.#transport.removeListener(event, listener));
  }

  #warnOfMaxsize(): void {
    this.#early.push(
      new LogbridgeError(
        "LB1511",
        "winston's File transport with maxsize loses records in bursts by itself (1,000 lines before it has opened: none arrive); use logger.add(path), or a transport that rotates by date",
      ),
    );
  }
}

interface Endable {
  once(event: string, listener: () => void): unknown;
  readonly writableFinished?: boolean;
  readonly destroyed?: boolean;
}

function isEndable(value: unknown): value is Endable {
  return typeof value === "object" && value !== null && typeof (value as { once?: unknown }).once === "function";
}

/** Resolves at `finish`, `close` or `error`, but not later than the deadline. */
function ended(stream: Endable, end: () => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, CLOSE_MS);
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    for (const event of ["finish", "close", "error"]) stream.once(event, done);
    end();
  });
}

/** Keeps records until the transport is there. */
class PromisedSink implements Sink {
  readonly needs = { text: false } as const;
  #sink: Sink | null = null;
  #early: LogRecord[] = [];
  #fail: ((error: unknown) => void) | null = null;
  readonly #ready: Promise<void>;

  constructor(promise: PromiseLike<WinstonTransport>, options: WinstonSinkOptions) {
    this.#ready = Promise.resolve(promise).then(
      (transport) => {
        this.#sink = winstonSink(transport, options);
        if (this.#fail) this.#sink.attach?.(this.#fail);
        for (const record of this.#early.splice(0)) void this.#sink.write("", record);
      },
      (error: unknown) => {
        this.#early = [];
        this.#fail?.(error);
      },
    );
  }

  attach(fail: (error: unknown) => void): void {
    this.#fail = fail;
    this.#sink?.attach?.(fail);
  }
  write(_text: string, record: LogRecord): void {
    if (this.#sink) void this.#sink.write("", record);
    else this.#early.push(record);
  }
  async flush(): Promise<void> {
    await this.#ready;
    await this.#sink?.flush?.();
  }
  async close(): Promise<void> {
    await this.#ready;
    await this.#sink?.close?.();
  }
  pending(): number {
    return this.#early.length + (this.#sink?.pending?.() ?? 0);
  }
  dropped(): number {
    return this.#sink?.dropped?.() ?? 0;
  }
  leadsTo(bridge: string, target: unknown): boolean {
    return this.#sink?.leadsTo?.(bridge, target) ?? false;
  }
}

/**
 * A winston transport as a sink: unmodified, with the constructor call of its own README.
 *
 * @param transport a transport, or a promise of one
 * @throws LogbridgeTypeError LB1510 where it is no transport, LogbridgeError LB1512 for a transport of winston 2
 * @example
 * logger.add(winstonSink(new winston.transports.File({ filename: "app.log" })));
 */
export function winstonSink(transport: WinstonTransport | PromiseLike<WinstonTransport>, options: WinstonSinkOptions = {}): Sink {
  checkOptions(options);
  if (typeof (transport as PromiseLike<unknown> | null)?.then === "function")
    return new PromisedSink(transport as PromiseLike<WinstonTransport>, options);
  if (isWinstonTransport(transport)) return new WinstonSink(transport, options);
  if (typeof (transport as { log?: unknown } | null)?.log === "function" && !isWinstonLogger(transport))
    throw new LogbridgeError(
      "LB1512",
      'winstonSink(): this is a transport of winston 2; wrap it: new (require("winston-transport/legacy"))({ transport })',
    );
  throw new LogbridgeTypeError("LB1510", "winstonSink(): expected a winston transport such as new winston.transports.File({ … })");
}

function checkOptions(options: WinstonSinkOptions): void {
  for (const name of Object.keys(options))
    if (name !== "format" && name !== "levels" && name !== "defaultMeta")
      throw new LogbridgeError("LB1002", `winstonSink(): unknown option ${JSON.stringify(name)}; allowed are format, levels, defaultMeta`);
  if (options.format !== undefined && typeof options.format?.transform !== "function")
    throw new LogbridgeTypeError("LB1513", "winstonSink(): option format must be a winston format, as winston.format.json() makes it");
  if (options.levels !== undefined && Object.values(options.levels).some((rank) => typeof rank !== "number"))
    throw new LogbridgeTypeError("LB1513", "winstonSink(): option levels must map names to numbers, as winston.config.npm.levels does");
}

/**
 * All transports of a winston logger as sinks, with its format, levels and default metadata.
 *
 * @example
 * for (const sink of winstonSinks(legacyLogger)) logger.add(sink);
 */
export function winstonSinks(logger: WinstonLogger): Sink[] {
  if (!isWinstonLogger(logger)) throw new LogbridgeTypeError("LB1510", "winstonSinks(): expected a winston logger");
  const { format, levels, defaultMeta } = logger;
  return logger.transports.map((transport) =>
    winstonSink(transport as WinstonTransport, {
      levels,
      ...(format ? { format: format as WinstonFormat } : {}),
      ...(typeof defaultMeta === "object" && defaultMeta !== null ? { defaultMeta } : {}),
    }),
  );
}
