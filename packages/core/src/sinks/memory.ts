import { platform } from "#platform";
import { LogbridgeError, LogbridgeTypeError, shown } from "../diagnostics.ts";
import { systemZone } from "../format/time.ts";
import { isPromised } from "../promised.ts";
import { levelOf } from "../record/level.ts";
import { isPlainObject } from "../record/plain-object.ts";
import type { LogRecord } from "../record/record.ts";
import { standardLevels } from "../record/standard-levels.ts";
import { acceptSink, type SinkLike } from "./accept.ts";
import { resolvedConsole } from "./console.ts";
import { descriptorSink } from "./descriptor.ts";
import { type Kept, MemoryBuffers } from "./memory-buffers.ts";
import { NATURE, type ResolvedSink, type Sink, type SinkInlet, type SinkNature, type SinkNeeds } from "./sink.ts";

/** Options of `memorySink()`. */
export interface MemorySinkOptions {
  /** How many records a buffer keeps. Default 100. */
  readonly capacity?: number;
  /** The level from which a record writes out what was kept before it. A custom level is given by its number. Default `"ERROR"`. */
  readonly flushLevel?: string | number;
  /** Where records are written: anything that `add()` takes. Default: stderr. */
  readonly target?: SinkLike;
  /** A full buffer is written out (`"flush"`, the default), or forgets its oldest record (`"drop"`), which is counted. */
  readonly overflow?: "flush" | "drop";
  /** A buffer of its own for each value of this key of `extra`, or for what the function gives. What has none shares one. */
  readonly by?: string | ((record: LogRecord) => unknown);
  /** With `by`: how many buffers there are at most. One more discards the one that was quiet for longest. Default 1,000. */
  readonly buffers?: number;
  /** What is still kept is written when the handler is removed and when the process ends. Default `true`. */
  readonly flushOnClose?: boolean;
}

/** A sink that keeps records until they matter. */
export interface MemorySink extends Sink {
  /** How many records are kept. */
  readonly size: number;
  /** Writes out what is kept: of this key of `by`, or all. */
  release(key?: unknown): void;
  /** Forgets what is kept, of this key of `by` or all; gives how many records that were. They count as dropped. */
  discard(key?: unknown): number;
}

const NAMES = ["capacity", "flushLevel", "target", "overflow", "by", "buffers", "flushOnClose"];

/**
 * A sink that keeps what it gets and writes it, in order, when a record of `flushLevel` or above comes, or when it is full.
 *
 * The text is made when the record is logged, by the format of the handler. `complete()` does not write out what is kept.
 *
 * @throws LogbridgeTypeError or LogbridgeError LB1054 for a wrong option, LB1002 for an unknown one, and those of `add()` for `target`
 * @example
 * logger.add(memorySink({ target: "errors.log" }), { level: "DEBUG" });
 * logger.debug("kept");
 * logger.error("writes both lines");
 */
export function memorySink(options: MemorySinkOptions = {}): MemorySink {
  check(options);
  return new KeepingSink(options, resolvedTarget(options.target));
}

class KeepingSink implements MemorySink {
  readonly needs: SinkNeeds;
  readonly [NATURE]: SinkNature;
  readonly #target: Sink;
  readonly #own: boolean;
  /** Does the target read the asynchronous context of a call? Nobody knows it of code that is not ours. */
  readonly #readsContext: boolean;
  readonly #flushLevel: number;
  readonly #flushOnClose: boolean;
  readonly #keyOf: (record: LogRecord) => unknown;
  readonly #buffers: MemoryBuffers;
  readonly #running = new Set<Promise<void>>();
  #lost = 0;
  #fail: (error: unknown) => void = () => {};

  constructor(options: MemorySinkOptions, { sink, own, colors, label }: ResolvedSink) {
    const { by } = options;
    this.#target = sink;
    this.#own = own;
    this.#readsContext = !own || sink.needs?.context === true;
    this.needs = sink.needs ?? {};
    this[NATURE] = { own: own && typeof by !== "function", colors, label: `memory before ${label}` };
    this.#flushLevel = levelOf(standardLevels(), options.flushLevel ?? "ERROR", false, "memorySink(): flushLevel").no;
    this.#flushOnClose = options.flushOnClose ?? true;
    this.#keyOf = typeof by === "function" ? by : by === undefined ? () => undefined : (record) => record.extra[by];
    this.#buffers = new MemoryBuffers({
      capacity: options.capacity ?? 100,
      most: options.buffers ?? 1000,
      drops: options.overflow === "drop",
    });
  }

  get size(): number {
    return this.#buffers.size;
  }

  write(text: string, record: LogRecord): void | Promise<void> {
    const isUrgent = record.level.no >= this.#flushLevel || (this.#flushOnClose && platform.isExiting());
    const full = this.#buffers.keep(
      this.#bufferOf(record),
      { record, write: this.#laterWrite(text, record) },
      isUrgent,
    );
    return full ? this.#writeOut(full) : undefined;
  }

  #laterWrite(text: string, record: LogRecord): Kept["write"] {
    const write = (): void | Promise<void> => this.#target.write(text, record);
    return this.#readsContext ? platform.bindContext(write) : write;
  }

  /** A function of the application that fails is reported; the record goes to the buffer of those without a key. */
  #bufferOf(record: LogRecord): unknown {
    try {
      const key = this.#keyOf(record) ?? undefined;
      if (isPromised(key)) throw new LogbridgeTypeError("LB1054", "memorySink(): by: the function gave a promise");
      return key;
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  release(key?: unknown): void {
    void this.#writeOut(this.#buffers.take(key));
  }

  discard(key?: unknown): number {
    const { length } = this.#buffers.take(key);
    this.#lost += length;
    return length;
  }

  attach(fail: (error: unknown) => void, inlet?: SinkInlet): void {
    this.#fail = fail;
    this.#target.attach?.(fail, inlet);
  }

  leadsTo(bridge: string, target: unknown): boolean {
    return this.#target.leadsTo?.(bridge, target) ?? false;
  }

  async flush(): Promise<void> {
    await Promise.all(this.#running);
    await this.#target.flush?.();
  }

  flushSync(): void {
    this.#end();
    this.#target.flushSync?.();
  }

  /** A target of our own that has nothing to wait for is closed in the call, a file for instance. */
  close(): void | Promise<void> {
    this.#end();
    if (this.#own && this.#running.size === 0) return this.#target.close?.();
    return this.flush().finally(() => this.#target.close?.());
  }

  pending(): number {
    return this.size + (this.#target.pending?.() ?? 0);
  }

  dropped(): number {
    return this.#lost + this.#buffers.dropped + (this.#target.dropped?.() ?? 0);
  }

  #end(): void {
    if (this.#flushOnClose) this.release();
    else this.discard();
  }

  /** One record that its target refuses keeps no other back. */
  #writeOut(kept: readonly Kept[]): void | Promise<void> {
    const before = this.#running.size;
    for (const { write } of kept) {
      try {
        const result = write();
        if (typeof result?.then === "function") this.#await(result);
      } catch (error) {
        this.#refused(error);
      }
    }
    if (this.#running.size > before) return Promise.all(this.#running).then(() => undefined);
  }

  #await(result: Promise<void>): void {
    const settled: Promise<void> = Promise.resolve(result)
      .catch((error: unknown) => this.#refused(error))
      .then(() => void this.#running.delete(settled));
    this.#running.add(settled);
  }

  #refused(error: unknown): void {
    this.#lost++;
    this.#fail(error);
  }
}

function resolvedTarget(target: unknown): ResolvedSink {
  if (target === undefined) return platform.files ? descriptorSink(2) : resolvedConsole();
  return acceptSink(target, { file: {}, needs: undefined, micros: platform.nowMicros(), zone: systemZone() });
}

function check(options: unknown): void {
  if (!isPlainObject(options))
    throw new LogbridgeTypeError("LB1054", `memorySink(): expected an object of options, got ${shown(options)}`);
  for (const name of Object.keys(options))
    if (!NAMES.includes(name))
      throw new LogbridgeError(
        "LB1002",
        `memorySink(): unknown option ${shown(name)}; allowed are ${NAMES.join(", ")}`,
      );
  const { capacity, buffers, overflow, by, flushOnClose } = options;
  for (const [name, value] of Object.entries({ capacity, buffers }))
    if (value !== undefined && !(Number.isInteger(value) && (value as number) > 0))
      throw new LogbridgeTypeError(
        "LB1054",
        `memorySink(): option ${name} must be an integer from 1 up, got ${shown(value)}`,
      );
  if (overflow !== undefined && overflow !== "flush" && overflow !== "drop")
    throw new LogbridgeTypeError(
      "LB1054",
      `memorySink(): option overflow must be "flush" or "drop", got ${shown(overflow)}`,
    );
  if (by !== undefined && typeof by !== "string" && typeof by !== "function")
    throw new LogbridgeTypeError(
      "LB1054",
      `memorySink(): option by must be a key of extra or a function, got ${shown(by)}`,
    );
  if (flushOnClose !== undefined && typeof flushOnClose !== "boolean")
    throw new LogbridgeTypeError(
      "LB1054",
      `memorySink(): option flushOnClose must be true or false, got ${shown(flushOnClose)}`,
    );
}
