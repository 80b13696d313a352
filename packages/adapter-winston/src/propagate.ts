import {
  LogbridgeError,
  LogbridgeTypeError,
  type LogRecord,
  type Sink,
  SinkHost,
  withoutColors,
} from "@logbridge/core";
import { levelFor } from "./levels.ts";
import { type Info, MESSAGE, weightOf } from "./map/info.ts";
import { currentMeta } from "./map/metadata.ts";
import { guardError } from "./map/placed-error.ts";
import { infoOf } from "./map.ts";
import { isWinstonLogger, rootOf, type WinstonLogger } from "./propagate/winston-logger.ts";
import { innerPending, readableLengthOf, type Watcher, watchTransport, writableLengthOf } from "./sink/watching.ts";

/** The stream that a logger is. */
interface Root {
  readonly transports: readonly object[];
  readonly destroyed?: boolean;
  readonly _writableState: { readonly needDrain?: boolean; readonly ending?: boolean; readonly writing?: boolean };
  /** What is being written. */
  readonly _transformState?: { readonly writechunk?: unknown };
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
        isBusy: () => root._writableState.writing === true,
        weightOf,
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
    if (isBeingWritten(record, this.#root)) return;
    // `write` passes the logger's own default metadata by, so that it cannot replace our fields.
    const meta = typeof defaultMeta === "object" ? currentMeta(defaultMeta as object | null) : null;
    const info = infoOf(record, levelFor(record, levels), meta, true);
    guardError(info);
    this.#host.push(info);
  }

  flush(): Promise<void> {
    return this.#host.flush();
  }

  flushSync(): void {
    this.#host.drain();
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

/**
 * Is this what the logger is writing at this very moment? One of its transports has said it to an intercepted source (OpenTelemetry, the
 * console), so the logger has it already.
 */
function isBeingWritten({ message, origin }: LogRecord, { _writableState, _transformState }: Root): boolean {
  const info = _transformState?.writechunk as Readonly<Record<PropertyKey, unknown>> | null | undefined;
  // What an interception of it has taken in place of the print is to be printed.
  if (origin?.name === "winston" || _writableState.writing !== true || typeof info !== "object" || info === null)
    return false;
  const printed = info[MESSAGE];
  return info["message"] === message || (typeof printed === "string" && withoutColors(printed) === message);
}

/** How many records are in the logger's stream and in its transports. */
function waiting(root: Root): number {
  let count = writableLengthOf(root) + readableLengthOf(root);
  for (const transport of root.transports) count += writableLengthOf(transport) + innerPending(transport);
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
