import { LogbridgeError, type LogRecord, type Sink, SinkHost } from "@logbridge/core";
import type { Line } from "../map/line.ts";
import { METADATA } from "../map/metadata.ts";
import type { OwnLines } from "../map/own-lines.ts";
import { part } from "../map/their-logger.ts";
import { confirm, heldBy, leavesOf, passesOn, push, type Stream } from "../propagate/stream.ts";
import { drainSync } from "./drain.ts";
import { endOf, isDead } from "./stream-end.ts";
import { enter, leave } from "./stream-users.ts";
import { guardWorker } from "./worker-guard.ts";

/** Makes the lines of a sink. */
interface Lines {
  /** Values are hidden in messages. */
  readonly redacts: boolean;
  /** The sink was added; the returned function is called when it is removed. */
  open?(): () => void;
  /** `null`: the record is not for this sink. */
  line(record: LogRecord): Line | null;
}

/** A worker that stands still may hold as much; what comes then waits in a queue with a limit. */
const MOST_IN_WORKER = 64 * 1024 * 1024;
const TRIM_AT = 1024;

/** Hosts one destination as pino's logger would. */
export class PinoSink implements Sink {
  readonly needs: { readonly text: false; readonly caller: boolean; readonly redacts: boolean };
  readonly #stream: Stream;
  readonly #leaves: readonly Stream[];
  readonly #lines: Lines;
  readonly #ends: boolean;
  readonly #host: SinkHost<Line>;
  readonly #isWorker: boolean;
  #excess = 0;
  /** Sizes of the lines that may be under way, the oldest first. */
  #sizes: number[] = [];
  #trimAt = TRIM_AT;
  readonly #passesOn: boolean;
  /** Lines of which only the stream's end will say that they have arrived. */
  #passedOn = 0;
  #lost = 0;
  /** Writes that have answered with a promise which is not settled yet. */
  #promised = 0;
  #flushing = 0;
  #closing = false;
  /** The last flush got no answer, and has said so. */
  #isStuck = false;
  /** How many handlers have this sink. */
  #uses = 0;
  #shut: (() => void) | undefined;
  #early: unknown[] = [];
  #fail: (error: unknown) => void = (error) => void this.#early.push(error);

  constructor(stream: Stream, lines: Lines, options: { readonly caller: boolean; readonly end: boolean }) {
    this.needs = { text: false, caller: options.caller, redacts: lines.redacts };
    this.#stream = stream;
    this.#leaves = leavesOf(stream);
    this.#isWorker = this.#leaves.some((leaf) => leaf.worker !== undefined);
    this.#passesOn = this.#leaves.some(passesOn);
    this.#lines = lines;
    this.#ends = options.end;
    this.#host = new SinkHost<Line>(
      {
        send: (line) => this.#send(line),
        weightOf: ({ line }) => line.length,
        inFlight: () => this.#inFlight(),
        isDead: () => this.#leaves.every(isDead),
      },
      { fail: (error) => this.#fail(error) },
    );
    for (const leaf of this.#leaves) this.#listen(leaf);
  }

  attach(fail: (error: unknown) => void): void {
    this.#fail = fail;
    this.#closing = false;
    this.#uses++;
    enter(this.#leaves);
    this.#shut ??= this.#lines.open?.();
    for (const error of this.#early.splice(0)) fail(error);
  }

  write(_text: string, record: LogRecord): void {
    const line = this.#lines.line(record);
    if (line) this.#host.push(line);
  }

  async flush(): Promise<void> {
    this.#flushing++;
    this.#isStuck = false;
    try {
      this.#leaves.forEach(push);
      await this.#host.flush();
      await Promise.all(this.#leaves.map(confirm));
    } catch (error) {
      // A stream that has died is told of once, when it closes.
      if (this.#leaves.every(isDead)) return;
      this.#isStuck = true;
      throw error;
    } finally {
      this.#flushing--;
    }
  }

  flushSync(): void {
    // Nothing waits for room any more: what is queued goes into the streams' own memory, and out from there.
    for (let left = this.#queued(); left > 0; ) {
      this.#host.ready();
      const now = this.#queued();
      if (now >= left) break;
      left = now;
    }
    for (const leaf of this.#leaves) {
      if (isDead(leaf) || leaf.writableEnded) continue;
      try {
        drainSync(leaf);
      } catch (error) {
        this.#lost += this.#underWay();
        this.#fail(error);
      }
    }
  }

  async close(): Promise<void> {
    if (this.#uses > 0) this.#uses--;
    const free = leave(this.#leaves);
    if (this.#uses > 0) return;
    this.#closing = true;
    this.#shut?.();
    this.#shut = undefined;
    // Whoever else writes to the stream ends it.
    if (!this.#ends) return;
    await Promise.all(free.map((leaf) => endOf(leaf, this.#isStuck)));
    this.#passedOn = 0;
  }

  pending(): number {
    return this.#passesOn ? this.#queued() + this.#passedOn : this.#host.pending();
  }

  dropped(): number {
    return this.#host.dropped() + this.#lost;
  }

  leadsTo(bridge: string, target: unknown): boolean {
    if (bridge !== "pino" || typeof target !== "object" || target === null) return false;
    const theirs = part(target, "stream");
    if (typeof theirs !== "object" || theirs === null) return false;
    return theirs === this.#stream || leavesOf(theirs as Stream).some((leaf) => this.#leaves.includes(leaf));
  }

  #send(made: Line): boolean {
    const stream = this.#stream as Stream & Record<string | symbol, unknown>;
    if (stream[METADATA] === true) {
      stream["lastLevel"] = made.number;
      stream["lastObj"] = made.object;
      stream["lastMsg"] = made.message;
      stream["lastTime"] = made.time;
      stream["lastLogger"] = made.logger;
    }
    const taken = stream.write(made.line);
    this.#note(made.line);
    if (isPromise(taken)) {
      this.#await(taken);
      return true;
    }
    if (this.#flushing > 0) this.#leaves.forEach(push);
    if (taken !== false) return true;
    if (this.#isWorker) this.#excess += made.line.length;
    return this.#isWorker ? this.#excess < MOST_IN_WORKER : typeof stream.on !== "function";
  }

  /** A write that answers with a promise is under way until that is settled; a rejection is a loss. */
  #await(answer: PromiseLike<unknown>): void {
    this.#promised++;
    const settled = (): void => {
      this.#promised--;
      this.#host.settled();
    };
    answer.then(settled, (error: unknown) => {
      this.#lost++;
      this.#fail(error);
      settled();
    });
  }

  #note(line: string): void {
    if (this.#passesOn) this.#passedOn++;
    if (this.#held() === 0) {
      this.#sizes = [];
      return;
    }
    this.#sizes.push(this.#leaves.some((leaf) => leaf.writableObjectMode) ? 1 : Buffer.byteLength(line));
    if (this.#sizes.length < this.#trimAt) return;
    const count = this.#underWay();
    this.#sizes = this.#sizes.slice(this.#sizes.length - count);
    this.#trimAt = count * 2 + TRIM_AT;
  }

  #held(): number {
    let most = 0;
    for (const leaf of this.#leaves) most = Math.max(most, heldBy(leaf));
    return most;
  }

  /** How many of the last lines the streams still hold: the oldest leave first. */
  #underWay(): number {
    let left = this.#held();
    let count = 0;
    for (let index = this.#sizes.length - 1; index >= 0 && left > 0; index--, count++)
      left -= this.#sizes[index] as number;
    return count;
  }

  #inFlight(): number {
    return this.#leaves.every(isDead) ? 0 : this.#underWay() + this.#promised;
  }

  #queued(): number {
    return this.#host.pending() - this.#inFlight();
  }

  #listen(leaf: Stream): void {
    guardWorker(leaf, (error) => this.#fail(error));
    leaf.on?.("drain", () => {
      this.#excess = 0;
      this.#host.ready();
      if (this.#flushing > 0) push(leaf);
    });
    // This listener stays for ever: a stream that fails late must not end the process.
    leaf.on?.("error", (error) => {
      this.#fail(error);
      // A file destination tries again at the next write, and says nothing until then.
      if (!isDead(leaf)) this.#host.ready();
    });
    leaf.on?.("close", () => {
      if (!this.#closing && this.#leaves.every(isDead)) this.#mourn();
      this.#host.settled();
    });
  }

  /** The stream has ended without us. */
  #mourn(): void {
    const lost = this.#passesOn ? this.#passedOn : this.#underWay();
    this.#lost += lost;
    this.#passedOn = 0;
    this.#sizes = [];
    this.#fail(
      new LogbridgeError(
        "LB1524",
        `the destination of a pino sink has closed by itself; ${lost} records may not have arrived, and further ones are dropped and counted`,
      ),
    );
  }
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as Partial<PromiseLike<unknown>> | null | undefined)?.then === "function";
}

/**
 * Hosts a destination with lines of our own.
 *
 * @param options `end`: the destination ends with the handler
 */
export function hostStream(
  stream: Stream,
  lines: OwnLines,
  options: { readonly caller: boolean; readonly end: boolean },
): Sink {
  const { levels, messageKey, errorKey } = lines;
  const sink = new PinoSink(stream, lines, options);
  // A transport that expects it starts with this message, and never without it.
  stream.emit?.("message", { code: "PINO_CONFIG", config: { levels, messageKey, errorKey } });
  return sink;
}
