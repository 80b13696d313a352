import { drainFile, LogbridgeError, type LogRecord, StreamsBehind } from "@logbridge/core";
import { HostLevels, levelFor, plainName, type WinstonLevels } from "../levels.ts";
import { type Info, LEVEL, type WinstonFormat, weightOf } from "../map/info.ts";
import { leveledInfo } from "../map/leveled-info.ts";
import { formattedWithError } from "../map/placed-error.ts";
import { CLOSE_MS, ended, flushed } from "./ending.ts";
import { writeOutFile } from "./exit.ts";
import { makesRequests, OpenRequests } from "./requests.ts";
import type { Host, Target } from "./target.ts";
import {
  type Done,
  innerPending,
  once,
  type Watcher,
  watchTransport,
  whenSettled,
  writableLengthOf,
} from "./watching.ts";

/** The parts of a transport that a host reads and writes. */
export interface Hosted {
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
  flush?(done: () => void): unknown;
}

/** Hosts that are in force, so that two sinks of one transport end it once. */
const hosts = new WeakMap<object, Hosting>();

interface Hosting {
  readonly levels: HostLevels;
  /** It belongs to a winston logger, which goes on using it. */
  readonly shared: boolean;
  users: number;
}

/** A transport of winston 3. */
export class StreamTarget implements Target {
  readonly transport: Hosted;
  readonly #levels: WinstonLevels | null;
  readonly #host: Hosting;
  readonly #shared: boolean;
  readonly #direct: boolean;
  readonly #waiting = new Set<Info>();
  readonly #plain = new Map<string, string>();
  readonly #leave: (() => void)[] = [];
  readonly #behind = new StreamsBehind();
  #requests: OpenRequests | null = null;
  #sink: Host | null = null;

  /** @param direct it takes a logger's uncaught errors alone: winston hands them over without asking its level or format */
  constructor(transport: Hosted, levels: WinstonLevels | undefined, direct = false) {
    this.transport = transport;
    this.#direct = direct;
    const shared = direct || (typeof transport.parent === "object" && transport.parent !== null);
    this.#host = hosts.get(transport) ?? { levels: new HostLevels(), shared, users: 0 };
    this.#host.users++;
    hosts.set(transport, this.#host);
    this.#shared = this.#host.shared;
    this.#levels = levels ?? (this.#shared ? (transport.levels ?? null) : null);
  }

  levelName(record: LogRecord): string {
    return this.#levels ? levelFor(record, this.#levels) : this.#host.levels.nameOf(record);
  }

  open(sink: Host): void {
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
    if (makesRequests(transport)) {
      const requests = new OpenRequests(transport, () => sink.settled());
      this.#requests = requests;
      this.#leave.push(() => requests.leave());
    }
    this.#followRotator();
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

  /** What rotates files keeps the stream of the current one to itself, and says when it has another. */
  #followRotator(): void {
    const { logStream } = this.transport as { readonly logStream?: Partial<Pick<Hosted, "on" | "removeListener">> };
    if (typeof logStream?.on !== "function") return;
    const changed = (): void => this.#behind.changed();
    logStream.on("new", changed);
    this.#leave.push(() => logStream.removeListener?.("new", changed));
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

  weightOf(info: Info): number {
    return weightOf(info);
  }

  inFlight(): number {
    const behind = innerPending(this.transport) + this.#behind.pending() + (this.#requests?.pending() ?? 0);
    return this.#waiting.size + behind;
  }

  isDead(): boolean {
    return this.transport.destroyed === true || this.transport._writableState?.ending === true;
  }

  /** What winston-transport does with an info, and nothing of the level of a logger that the transport belongs to besides. */
  #log(info: Info, done: Done): void {
    const { transport } = this;
    const passes = this.#direct || (!transport.silent && this.#passes(info));
    const said = passes && transport.format && !this.#direct ? this.formatted(transport.format, info) : info;
    if (!passes || !said) {
      done();
      return;
    }
    this.#hand(said, (error) => {
      const plain = error ? this.#plainOf(said, error) : null;
      if (plain) this.#hand(plain, (second) => this.#end(second, done));
      else this.#end(error, done);
    });
  }

  #end(error: unknown, done: Done): void {
    if (error) this.#sink?.lose(error);
    done();
  }

  #hand(said: Info, done: Done): void {
    const { transport } = this;
    const finish = once(done);
    try {
      this.#behind.during(() => whenSettled(transport.log(said, finish), transport.log.length < 2, finish));
    } catch (error) {
      finish(error ?? new Error("the transport threw nothing"));
    }
  }

  /** The same info with a level of npm's, for a transport that refuses one that it has never heard of. */
  #plainOf(said: Info, error: unknown): Info | null {
    if (this.#levels || !/unknown\b.*\blevel/i.test(String((error as Error | null)?.message))) return null;
    const level = String(said[LEVEL]);
    const no = this.#host.levels.severities.get(level);
    const plain = no === undefined ? level : plainName({ name: level, no });
    return plain === level ? null : { ...said, level: plain, [LEVEL]: plain };
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
    const run = (as: string): Info | null => formattedWithError(format, leveledInfo(info, as));
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

  flush(): Promise<void> {
    return flushed(this.transport);
  }

  flushSync(): void {
    const { transport } = this;
    const { _stream: stream, dirname } = transport as { readonly _stream?: object; readonly dirname?: unknown };
    const isFile = typeof dirname === "string" && stream !== undefined;
    if (isFile) writeOutFile(transport);
    else if (stream) drainFile(stream);
    this.#behind.drainSync();
  }

  async close(): Promise<void> {
    const { transport } = this;
    const last = --this.#host.users === 0;
    try {
      if (last) hosts.delete(transport);
      if (this.#shared || !last) return;
      // An `end` of its own need not be a stream's, and then it says nothing.
      const own = Object.hasOwn(transport, "end");
      if (own) transport.end();
      const finished = own || (await ended(transport, () => transport.end()));
      const { parent } = transport;
      // Some end their own stream only here, and say when by a second `finish`.
      if (transport.logStream) await ended(transport, () => transport.emit("unpipe", parent));
      else transport.emit("unpipe", parent);
      if (!finished && this.inFlight() + writableLengthOf(transport) > 0)
        throw new LogbridgeError(
          "LB1516",
          `the transport has not finished ${CLOSE_MS} ms after it was ended; what it still holds may be lost`,
        );
    } finally {
      for (const leave of this.#leave.splice(0)) leave();
    }
  }
}
