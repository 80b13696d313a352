import {
  type HostedStream,
  LogbridgeError,
  LogbridgeTypeError,
  type LogRecord,
  promisedSink,
  report,
  type Sink,
  SinkHost,
} from "@logbridge/core";
import { HostLevels, levelFor, plainName, type WinstonLevels } from "./levels.ts";
import { defaultLine, type Info, infoOf, LEVEL, MESSAGE, type WinstonFormat } from "./map.ts";
import {
  type Done,
  data,
  innerPending,
  isWinstonLogger,
  once,
  rootOf,
  type Watcher,
  type WinstonLogger,
  watchTransport,
} from "./propagate.ts";

/** A winston transport of any copy and version: parameter types are structural, so that none is refused for its version. */
export interface WinstonTransport {
  log?(info: never, next: never): unknown;
  write(info: never): boolean;
  on(event: never, listener: never): unknown;
  emit(event: never, argument: never): boolean;
}

/** A transport that was written for winston 2: no stream, and `log` with the level, message and metadata apart. */
export interface LegacyWinstonTransport {
  log(level: never, message: never, meta: never, callback: never): unknown;
  on(event: never, listener: never): unknown;
}

/** Options of `winstonSink`. */
export interface WinstonSinkOptions {
  /** The format of the logger that the transport came from: it runs before the transport's own. */
  readonly format?: WinstonFormat;
  /** The levels of that logger. Default: npm's with `success`, `critical` and the custom levels of our logger. */
  readonly levels?: WinstonLevels;
  /** What that logger adds to each record. */
  readonly defaultMeta?: object;
}

/** The parts of a transport that a host reads and writes. */
interface Hosted {
  log(info: Info, next: Done): unknown;
  write(info: Info): boolean;
  end(): void;
  on(event: string, listener: (...args: never[]) => void): unknown;
  once(event: string, listener: () => void): unknown;
  removeListener(event: string, listener: (...args: never[]) => void): unknown;
  emit(event: string, ...args: unknown[]): boolean;
  format?: WinstonFormat;
  level?: string;
  levels?: WinstonLevels;
  parent?: object | null;
  silent?: boolean;
  destroyed?: boolean;
  maxsize?: unknown;
  _writableState?: { readonly ending?: boolean };
  logStream?: unknown;
}

const CLOSE_MS = 5000;

/** True for a winston transport: a stream in object mode with `log(info, next)`. */
export function isWinstonTransport(value: unknown): value is WinstonTransport {
  const log = data(value, "log");
  const state = data(value, "_writableState") as { readonly objectMode?: unknown } | undefined;
  return (
    typeof log === "function" &&
    log.length <= 2 &&
    typeof data(value, "child") !== "function" &&
    state?.objectMode === true
  );
}

/** True for a transport that was written for winston 2. */
export function isLegacyTransport(value: unknown): value is LegacyWinstonTransport {
  const log = data(value, "log");
  const events = typeof data(value, "on") === "function" && typeof data(value, "emit") === "function";
  return (
    typeof log === "function" &&
    log.length > 2 &&
    events &&
    typeof data(value, "info") !== "function" &&
    !isWinstonLogger(value)
  );
}

/** Where a sink hands its infos over. */
interface Target extends HostedStream<Info> {
  readonly transport: object;
  /** The level's name on that side. */
  levelName(record: LogRecord): string;
  /** What a format makes of an info. `null`: it was dropped, or lost and reported. */
  formatted(format: WinstonFormat, info: Info): Info | null;
  /** Takes part in what happens there; gives how to leave. */
  open(sink: TransportSink): void;
  close(): Promise<void>;
}

/** Hosts that are in force, so that two sinks of one transport end it once. */
const hosts = new WeakMap<object, { readonly levels: HostLevels; users: number }>();

/** A transport of winston 3. */
class StreamTarget implements Target {
  readonly transport: Hosted;
  readonly #levels: WinstonLevels | null;
  readonly #host: { readonly levels: HostLevels; users: number };
  readonly #shared: boolean;
  readonly #waiting = new Set<Info>();
  readonly #plain = new Map<string, string>();
  readonly #leave: (() => void)[] = [];
  #sink: TransportSink | null = null;

  constructor(transport: Hosted, levels: WinstonLevels | undefined) {
    this.transport = transport;
    const known = hosts.get(transport);
    this.#host = known ?? { levels: new HostLevels(), users: 0 };
    this.#host.users++;
    hosts.set(transport, this.#host);
    this.#shared = !known && typeof transport.parent === "object" && transport.parent !== null;
    this.#levels = levels ?? (this.#shared ? (transport.levels ?? null) : null);
  }

  levelName(record: LogRecord): string {
    return this.#levels ? levelFor(record, this.#levels) : this.#host.levels.nameOf(record);
  }

  open(sink: TransportSink): void {
    const { transport } = this;
    this.#sink = sink;
    const watcher: Watcher = {
      owns: (info) => this.#waiting.has(info),
      log: (info, done) => this.#log(info, done),
      settle: (info) => {
        this.#waiting.delete(info);
        sink.settled();
      },
      fail: (error) => sink.lose(error),
    };
    this.#leave.push(watchTransport(transport, watcher));
    this.#on("drain", () => sink.ready());
    this.#on("warn", (error) => sink.fail(error));
    if (this.#shared) {
      this.#on("error", (error) => sink.fail(error));
      return;
    }
    // This one stays: a transport that fails after its end must not end the process.
    transport.on("error", (error: unknown) => sink.fail(error));
    if (this.#host.users === 1) transport.emit("pipe", this.#source());
  }

  /** What the transport takes for its logger. Its own error handler may call `source.pipe(this)`. */
  #source(): object {
    const levels = this.#levels ?? this.#host.levels.table;
    return {
      levels,
      /** The least severe level there is: the handler's level has decided already. */
      get level(): string | undefined {
        return Object.keys(levels).reduce(
          (least, name) => ((levels[name] ?? 0) > (levels[least] ?? 0) ? name : least),
          Object.keys(levels)[0] ?? "",
        );
      },
      transports: [],
      pipe: (to: unknown) => to,
      unpipe() {},
    };
  }

  #on(event: string, listener: (argument: never) => void): void {
    this.transport.on(event, listener);
    this.#leave.push(() => this.transport.removeListener(event, listener));
  }

  send(info: Info): boolean {
    this.#waiting.add(info);
    try {
      return this.transport.write(info);
    } catch (error) {
      this.#waiting.delete(info);
      throw error;
    }
  }

  inFlight(): number {
    return this.#waiting.size + innerPending(this.transport);
  }

  isDead(): boolean {
    return this.transport.destroyed === true || this.transport._writableState?.ending === true;
  }

  /** What winston-transport does with an info, and nothing of the level of a logger that the transport belongs to besides. */
  #log(info: Info, done: Done): void {
    const { transport } = this;
    const passes = !transport.silent && this.#passes(info);
    const said = passes && transport.format ? this.formatted(transport.format, info) : info;
    if (!passes || !said) {
      done();
      return;
    }
    const finish = once((error) => {
      if (error) this.#sink?.lose(error);
      done();
    });
    try {
      transport.log(said, finish);
    } catch (error) {
      finish(error ?? new Error("the transport threw nothing"));
    }
  }

  #passes(info: Info): boolean {
    const { level } = this.transport;
    const levels = this.#levels ?? this.#host.levels.table;
    const threshold = level ? levels[level] : undefined;
    return threshold === undefined || threshold >= (levels[info[LEVEL] as string] ?? threshold);
  }

  formatted(format: WinstonFormat, info: Info): Info | null {
    const level = info[LEVEL] as string;
    const name = this.#plain.get(level) ?? level;
    const run = (as: string): Info | null =>
      (format.transform({ ...info, level: as, [LEVEL]: as } as never, format.options as never) || null) as Info | null;
    try {
      return run(name);
    } catch (error) {
      const no = this.#levels ? undefined : this.#host.levels.severities.get(level);
      const plain = no === undefined ? name : plainName({ name: level, no });
      try {
        if (plain === name) throw error;
        const result = run(plain);
        // `colorize()` knows npm's levels only; from now on it gets those.
        this.#plain.set(level, plain);
        return result;
      } catch {
        this.#sink?.lose(error);
        return null;
      }
    }
  }

  async close(): Promise<void> {
    const { transport } = this;
    const last = --this.#host.users === 0;
    try {
      if (this.#shared || !last) return;
      hosts.delete(transport);
      const finished = await ended(transport, () => transport.end());
      const { parent } = transport;
      // Some end their own stream only here, and say when by a second `finish`.
      if (transport.logStream) await ended(transport, () => transport.emit("unpipe", parent));
      else transport.emit("unpipe", parent);
      if (!finished)
        throw new LogbridgeError(
          "LB1516",
          `the transport has not finished ${CLOSE_MS} ms after it was ended; what it still holds may be lost`,
        );
    } finally {
      for (const leave of this.#leave.splice(0)) leave();
    }
  }
}

/** Did the transport say within the deadline that it has ended? */
function ended(stream: Hosted, end: () => void): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), CLOSE_MS);
    const done = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    for (const event of ["finish", "close", "error"]) stream.once(event, done);
    end();
  });
}

/** A transport of winston 2. winston's own wrapper ignores its callbacks and prints a notice; this one counts and is silent. */
class LegacyTarget implements Target {
  readonly transport: {
    log(level: string, message: unknown, meta: Info, callback: Done): unknown;
    readonly level?: string;
    on(event: string, listener: (error: unknown) => void): unknown;
    close?(): void;
  };
  readonly #levels: WinstonLevels | undefined;
  readonly #host = new HostLevels();
  #open = 0;
  #sink: TransportSink | null = null;

  constructor(transport: LegacyWinstonTransport, levels: WinstonLevels | undefined) {
    this.transport = transport as never;
    this.#levels = levels;
  }

  levelName(record: LogRecord): string {
    return this.#levels ? levelFor(record, this.#levels) : this.#host.nameOf(record);
  }

  open(sink: TransportSink): void {
    this.#sink = sink;
    this.transport.on("error", (error) => sink.fail(error));
  }

  send(info: Info): boolean {
    const { transport } = this;
    const level = info[LEVEL] as string;
    const levels = this.#levels ?? this.#host.table;
    const threshold = transport.level ? levels[transport.level] : undefined;
    if (threshold !== undefined && threshold < (levels[level] ?? threshold)) return true;
    this.#open++;
    const done = once((error) => {
      this.#open--;
      if (error) this.#sink?.lose(error);
      this.#sink?.settled();
    });
    try {
      transport.log(level, info["message"], info, done);
    } catch (error) {
      done(error ?? new Error("the transport threw nothing"));
    }
    return true;
  }

  formatted(format: WinstonFormat, info: Info): Info | null {
    return (format.transform(info as never, format.options as never) || null) as Info | null;
  }

  inFlight(): number {
    return this.#open;
  }

  async close(): Promise<void> {
    this.transport.close?.();
  }
}

/** Makes the info that a record is for one transport. `null`: a format dropped it. */
type Make = (record: LogRecord, target: Target) => Info | null;

/** Hosts one transport as winston's logger would, with a queue of its own. */
class TransportSink implements Sink {
  readonly needs = { text: false } as const;
  readonly #target: Target;
  readonly #make: Make;
  readonly #host: SinkHost<Info>;
  #report: ((error: unknown) => void) | null = null;
  #lost = 0;
  #deathTold = false;

  constructor(target: Target, make: Make) {
    this.#target = target;
    this.#make = make;
    this.#host = new SinkHost<Info>(target, { fail: (error) => this.fail(error) });
    target.open(this);
  }

  attach(fail: (error: unknown) => void): void {
    this.#report = fail;
    if ((this.#target.transport as Hosted).maxsize)
      report(
        "LB1511",
        "winston's File transport with maxsize loses records in bursts by itself (1,000 lines before it has opened: none arrive); use logger.add(path, { rotation }), or a transport that rotates by date",
      );
  }

  write(_text: string, record: LogRecord): void {
    const info = this.#make(record, this.#target);
    if (!info) return;
    if (this.#target.isDead?.() && !this.#deathTold) {
      this.#deathTold = true;
      this.fail(
        new LogbridgeError(
          "LB1515",
          "the transport was ended or destroyed by somebody else; what is logged from here on is dropped and counted",
        ),
      );
    }
    this.#host.push(info);
  }

  flush(): Promise<void> {
    return this.#host.flush();
  }

  close(): Promise<void> {
    return this.#target.close();
  }

  pending(): number {
    return this.#host.pending();
  }

  dropped(): number {
    return this.#host.dropped() + this.#lost;
  }

  leadsTo(bridge: string, target: unknown): boolean {
    if (bridge !== "winston" || typeof target !== "object" || target === null) return false;
    const { transport } = this.#target;
    const { transports = [] } = rootOf(target) as {
      readonly transports?: readonly ({ readonly transport?: unknown } | null)[];
    };
    return transports.some((one) => one === transport || one?.transport === transport);
  }

  ready(): void {
    this.#host.ready();
  }

  settled(): void {
    this.#host.settled();
  }

  fail(error: unknown): void {
    this.#report?.(error);
  }

  /** A record that was handed over has failed. */
  lose(error: unknown): void {
    this.#lost++;
    this.fail(error);
  }
}

/**
 * A winston transport as a sink: unmodified, with the constructor call of its own README.
 *
 * A transport without a format of its own prints JSON, as winston's own default does. The level crosses by name (`success`, `critical` and
 * custom levels too), the time as `timestamp`, `extra` as fields, an exception as `err` and `stack`, a given name as `label`.
 *
 * @param transport a transport, also one written for winston 2, or a promise of one
 * @throws LogbridgeTypeError LB1510 where it is no transport, LB1513 for a wrong option; LogbridgeError LB1002 for an unknown one
 * @example
 * logger.add(winstonSink(new winston.transports.File({ filename: "app.log" })));
 */
export function winstonSink(
  transport: WinstonTransport | LegacyWinstonTransport | PromiseLike<WinstonTransport | LegacyWinstonTransport>,
  options: WinstonSinkOptions = {},
): Sink {
  checkOptions(options);
  if (typeof (transport as PromiseLike<unknown> | null)?.then === "function")
    return promisedSink(transport as PromiseLike<WinstonTransport>, (arrived) => winstonSink(arrived, options), {
      text: false,
    });
  const { format, defaultMeta = null } = options;
  return new TransportSink(targetOf(transport, options.levels), (record, target) => {
    const info = infoOf(record, target.levelName(record), defaultMeta);
    return finished(format ? target.formatted(format, info) : info, target);
  });
}

function targetOf(transport: unknown, levels: WinstonLevels | undefined): Target {
  if (isWinstonTransport(transport)) return new StreamTarget(transport as unknown as Hosted, levels);
  // winston's wrapper of a transport of winston 2 has no `log`.
  const inner = isLegacyTransport(transport) ? transport : data(transport, "transport");
  if (isLegacyTransport(inner)) return new LegacyTarget(inner, levels);
  throw new LogbridgeTypeError(
    "LB1510",
    "winstonSink(): expected a winston transport such as new winston.transports.File({ … })",
  );
}

/** File, Console and Stream print this text alone. */
function finished(info: Info | null, target: Target): Info | null {
  if (info && info[MESSAGE] === undefined && !(target.transport as Hosted).format) info[MESSAGE] = defaultLine(info);
  return info;
}

function checkOptions(options: WinstonSinkOptions): void {
  for (const name of Object.keys(options))
    if (name !== "format" && name !== "levels" && name !== "defaultMeta")
      throw new LogbridgeError(
        "LB1002",
        `winstonSink(): unknown option ${JSON.stringify(name)}; allowed are format, levels, defaultMeta`,
      );
  const { format, levels, defaultMeta } = options;
  if (format !== undefined && typeof format?.transform !== "function")
    throw new LogbridgeTypeError(
      "LB1513",
      "winstonSink(): option format must be a winston format, as winston.format.json() makes it",
    );
  if (
    levels !== undefined &&
    (typeof levels !== "object" || levels === null || Object.values(levels).some((rank) => typeof rank !== "number"))
  )
    throw new LogbridgeTypeError(
      "LB1513",
      "winstonSink(): option levels must map names to numbers, as winston.config.npm.levels does",
    );
  if (defaultMeta !== undefined && (typeof defaultMeta !== "object" || defaultMeta === null))
    throw new LogbridgeTypeError("LB1513", "winstonSink(): option defaultMeta must be an object of fields");
}

/**
 * All transports of a winston logger as sinks, with its format, levels and default metadata. The format runs once for each record,
 * however many transports there are, as in the logger itself.
 *
 * @throws LogbridgeTypeError LB1510 where it is no winston logger
 * @example
 * for (const sink of winstonSinks(legacyLogger)) logger.add(sink);
 */
export function winstonSinks(logger: WinstonLogger): Sink[] {
  if (!isWinstonLogger(logger))
    throw new LogbridgeTypeError(
      "LB1510",
      "winstonSinks(): expected a winston logger, as winston.createLogger() makes it",
    );
  const { levels } = logger;
  const made = new WeakMap<LogRecord, Info | null>();
  const make: Make = (record, target) => {
    let info = made.get(record);
    if (info === undefined) {
      const { defaultMeta, format } = logger;
      const fresh = infoOf(record, target.levelName(record), typeof defaultMeta === "object" ? defaultMeta : null);
      info = format ? target.formatted(format as WinstonFormat, fresh) : fresh;
      made.set(record, info);
    }
    return finished(info && { ...info }, target);
  };
  // What handles only uncaught errors has no `log` of its own; a transport of winston 2 is inside winston's wrapper.
  return logger.transports
    .map((one) => (isWinstonTransport(one) ? one : (one as { readonly transport?: unknown } | null)?.transport))
    .filter((one) => (isWinstonTransport(one) ? logger.transports.includes(one) : isLegacyTransport(one)))
    .map((one) => new TransportSink(targetOf(one, levels), make));
}
