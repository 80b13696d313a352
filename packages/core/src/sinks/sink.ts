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
  /** Called once by `add()`: how the sink reports a failure that happens outside of `write` and `flush`. */
  attach?(fail: (error: unknown) => void): void;
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
