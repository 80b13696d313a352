import type { Bridge, Inbound } from "../bridge/inbound.ts";
import type { LogRecord } from "../record/record.ts";

/** What a sink reads. What is not needed is not made. */
export interface SinkNeeds {
  /** The formatted text. Default `true`. */
  readonly text?: boolean;
  /** The caller's fields (`name`, `function`, `file`, `line`, …). Default `false`. */
  readonly caller?: boolean;
  /** The asynchronous context of the log call, a trace for instance: a record that is kept is written in it. Default `false`. */
  readonly context?: boolean;
  /** The sink hides values in messages itself: records keep what their message was made of. Default `false`. */
  readonly redacts?: boolean;
}

/**
 * The way in for a sink that gets to hear of foreign records by itself, a provider that it has registered for instance.
 *
 * What it takes in goes through the sink's own handler, and no other one: the logger's patcher and redaction apply, then the handler's level,
 * filter, redaction and patch; what is left comes to `write`.
 */
export interface SinkInlet {
  /** Is the handler still in force? */
  readonly isOpen: boolean;
  /** Would the handler take a record of this severity? Ask before doing work. */
  wants(no: number): boolean;
  /** Our level of this name, as written or in upper case; `null` where we have none. */
  levelNamed(name: string): { readonly name: string; readonly no: number } | null;
  /**
   * Takes a record in. Never throws, unless the handler says `catch: false`.
   *
   * @param bridge what the sink says of itself: frames of its packages are not the caller's
   * @param skip the function of the hook: the caller is above it
   */
  deliver(bridge: Bridge, inbound: Inbound, skip: (...args: never[]) => unknown): void;
}

/**
 * Where records go. Implement `write`; the rest where it makes sense.
 *
 * The record is shared with the other sinks and read-only.
 */
export interface Sink {
  readonly needs?: SinkNeeds;
  /** Takes one record. A promise is awaited by `complete()` and `remove()`; a throw or rejection is reported. */
  write(text: string, record: LogRecord): void | Promise<void>;
  /** Resolves when all written so far has left. Called by `complete()`, never per record. */
  flush?(): void | Promise<void>;
  /** The same at exit, when nothing can be awaited. */
  flushSync?(): void;
  close?(): void | Promise<void>;
  /**
   * Called once by `add()`.
   *
   * @param fail how the sink reports a failure that happens outside of `write` and `flush`
   * @param inlet the way in, for a sink that gets to hear of foreign records by itself; older copies of the package give none
   */
  attach?(fail: (error: unknown) => void, inlet?: SinkInlet): void;
  /**
   * For bridges: does what is written here reach this foreign object? `bridge` is "winston", "console", …;
   * `target` is the logger, category or channel. Keeps a record from returning to where it came from.
   */
  leadsTo?(bridge: string, target: unknown): boolean;
  /** For bridges: how many records are on their way, and how many were given up. */
  pending?(): number;
  dropped?(): number;
}

/** What a sink of ours that stands before another one says of itself; by a symbol of the process, so that every copy of the package reads it. */
export const NATURE: unique symbol = Symbol.for("logbridge.sink") as never;

/** What cannot be seen from outside of a sink. */
export type SinkNature = Pick<ResolvedSink, "own" | "colors" | "label">;

/** A sink with what the handler must know about its kind. */
export interface ResolvedSink {
  readonly sink: Sink;
  readonly kind: "file" | "stream" | "function" | "object" | "foreign";
  /** Our own code, which neither logs nor prints: it needs no guard. */
  readonly own: boolean;
  /** Does the other side show colours? */
  readonly colors: boolean;
  /** How messages about it call it. */
  readonly label: string;
}
