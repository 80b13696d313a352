import { LogbridgeError, LogbridgeTypeError, type LogRecord, type Sink } from "@logbridge/core";
import { pino } from "pino";
import { flushStream } from "./flush.ts";
import { OWN_LEVELS } from "./levels.ts";
import { isPinoLogger, part, type PinoLogger } from "./map.ts";
import { propagateToPino, sharesStream, writeThrough } from "./propagate.ts";

/** A destination of pino: `pino.destination()`, `pino.transport()`, `pino.multistream()`, or a stream. */
export interface PinoStream {
  write(line: string): unknown;
}

/** What `pinoSink` takes from the configuration of the logger that the stream belonged to. */
export interface PinoSinkOptions {
  /** Paths to hide, as pino's option. */
  readonly redact?: string[] | { paths: string[]; censor?: string; remove?: boolean };
  readonly serializers?: Record<string, (value: never) => unknown>;
  /** Fields of every line. Default: `pid` and `hostname`, as pino's. */
  readonly base?: Record<string, unknown> | null;
  readonly messageKey?: string;
  readonly errorKey?: string;
  readonly nestedKey?: string;
  /** Further levels by name, with pino's numbers; SUCCESS is there as 35. */
  readonly levels?: Readonly<Record<string, number>>;
}

const NAMES = ["redact", "serializers", "base", "messageKey", "errorKey", "nestedKey", "levels"];
const CLOSE_MS = 5000;

interface Stream {
  write(line: string): unknown;
  on?(event: string, listener: (error: unknown) => void): unknown;
  once?(event: string, listener: () => void): unknown;
  end?(): void;
  ref?(): void;
  destroyed?: boolean;
  fd?: number;
}

/** Hosts a destination under a pino logger of its own: lines, metadata and worker set-up are pino's. */
class PinoSink implements Sink {
  readonly needs = { text: false } as const;
  readonly #stream: Stream;
  readonly #logger: PinoLogger;

  constructor(stream: PinoStream, options: PinoSinkOptions) {
    this.#stream = stream as unknown as Stream;
    const { levels, ...rest } = options;
    this.#logger = pino(
      { ...(rest as object), level: "trace", customLevels: { ...OWN_LEVELS, ...levels } } as never,
      stream as never,
    ) as unknown as PinoLogger;
  }

  attach(fail: (error: unknown) => void): void {
    // A worker that has died says so at each write; without a listener that would end the process.
    this.#stream.on?.("error", fail);
  }

  write(_text: string, record: LogRecord): void {
    writeThrough(this.#logger, record);
  }

  flush(): Promise<void> {
    return flushStream(this.#stream);
  }

  flushSync(): void {
    (this.#stream as { flushSync?: () => void }).flushSync?.();
  }

  async close(): Promise<void> {
    await this.flush();
    const stream = this.#stream;
    const { fd } = stream;
    if (fd === 1 || fd === 2 || stream.destroyed || typeof stream.end !== "function") return;
    // A worker is unreferenced once it is ready: without this the process could end before it has closed.
    stream.ref?.();
    if (typeof stream.once !== "function") return stream.end();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, CLOSE_MS);
      const done = (): void => {
        clearTimeout(timer);
        resolve();
      };
      for (const event of ["close", "finish"]) stream.once?.(event, done);
      stream.end?.();
    });
  }

  leadsTo(bridge: string, target: unknown): boolean {
    return bridge === "pino" && sharesStream(this.#logger, target);
  }
}

/** Keeps records until the destination is there. */
class PromisedSink implements Sink {
  readonly needs = { text: false } as const;
  #sink: Sink | null = null;
  #early: LogRecord[] = [];
  #fail: ((error: unknown) => void) | null = null;
  readonly #ready: Promise<void>;

  constructor(promise: PromiseLike<PinoStream>, options: PinoSinkOptions) {
    this.#ready = Promise.resolve(promise).then(
      (stream) => {
        this.#sink = pinoSink(stream, options);
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
    return this.#early.length;
  }
  leadsTo(bridge: string, target: unknown): boolean {
    return this.#sink?.leadsTo?.(bridge, target) ?? false;
  }
}

/**
 * A destination of pino as a sink: it gets the lines that pino itself would write.
 *
 * With `targets`, a target whose `level` is a name of your own needs that name in `levels` of `pino.transport` too.
 *
 * @param stream a destination, or a promise of one
 * @throws LogbridgeTypeError LB1522 where it cannot be written to, LogbridgeError LB1002 for an unknown option
 * @example
 * logger.add(pinoSink(pino.transport({ target: "pino-pretty" })));
 */
export function pinoSink(stream: PinoStream | PromiseLike<PinoStream>, options: PinoSinkOptions = {}): Sink {
  for (const name of Object.keys(options))
    if (!NAMES.includes(name)) throw new LogbridgeError("LB1002", `pinoSink(): unknown option ${JSON.stringify(name)}; allowed are ${NAMES.join(", ")}`);
  if (typeof (stream as PromiseLike<unknown> | null)?.then === "function") return new PromisedSink(stream as PromiseLike<PinoStream>, options);
  if (isPinoLogger(stream)) throw new LogbridgeTypeError("LB1522", "pinoSink(): this is a pino logger; use propagateToPino(logger), or pinoSinks(logger) for its outputs");
  if (typeof (stream as PinoStream | null)?.write !== "function")
    throw new LogbridgeTypeError("LB1522", "pinoSink(): expected a destination with write(), as pino.destination(), pino.transport() or pino.multistream() make it");
  return new PinoSink(stream as PinoStream, options);
}

/**
 * The outputs of a pino logger as sinks, with its redaction, serializers, base fields and keys.
 *
 * @example
 * for (const sink of pinoSinks(legacyLogger)) logger.add(sink);
 */
export function pinoSinks(logger: PinoLogger): Sink[] {
  if (!isPinoLogger(logger) || part(logger, "stream") === undefined) throw new LogbridgeTypeError("LB1520", "pinoSinks(): expected a pino logger");
  return [propagateToPino(logger)];
}

/** True for the destinations that pino makes itself. */
export function isPinoDestination(value: unknown): value is PinoStream {
  if (typeof value !== "object" || value === null || isPinoLogger(value)) return false;
  const { name } = (Object.getPrototypeOf(value) as { constructor?: { name?: string } } | null)?.constructor ?? {};
  return name === "ThreadStream" || name === "SonicBoom" || Object.getOwnPropertySymbols(value).some(({ description }) => description === "pino.metadata");
}
