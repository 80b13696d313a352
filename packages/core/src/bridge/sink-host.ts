import { platform } from "#platform";
import { LogbridgeError } from "../diagnostics.ts";
import { currentLeg, type Leg, resumeLeg } from "./crossing.ts";

/** What hosting a foreign stream needs to know of it. */
export interface HostedStream<Item> {
  /** Hands one item over. `false`: it is taken, but no more until `ready()` is called. May throw. */
  send(item: Item): boolean;
  /** How many items were handed over and are not delivered yet, as far as can be known. */
  inFlight(): number;
  /** Says that the stream takes nothing any more: a dead worker, a destroyed stream. */
  isDead?(): boolean;
  /**
   * It is in the midst of a write, from which the item has come: it would put it off and write it when nobody knows any more whose it is.
   * What comes then is handed over at the end of the turn.
   */
  isBusy?(): boolean;
  /** About how many bytes an item holds: large ones fill the memory long before there are many. */
  weightOf?(item: Item): number;
}

/** Options of a host. */
export interface SinkHostOptions {
  /** How many items wait while the stream takes none. More are dropped and counted. Default 100,000. */
  readonly capacity?: number;
  /** How long `flush` waits for a stream that has stopped, in milliseconds. Default 10,000. */
  readonly flushTimeout?: number;
  /** Reports a failure of the stream. */
  readonly fail: (error: unknown) => void;
}

const POLL_MS = 5;
/** How many bytes wait at the most, of items that tell what they hold. */
const MOST_BYTES = 256 * 1024 * 1024;

/** What waits, with the call that brought it. */
interface Queued<Item> {
  readonly item: Item;
  readonly leg: Leg | null;
  readonly bytes: number;
}

/**
 * Hosts a foreign stream: a queue of its own, so that one stuck stream stops no other; backpressure respected without blocking
 * the application; and a flush that resolves when everything was delivered, and rejects when it was not.
 */
export class SinkHost<Item> {
  readonly #stream: HostedStream<Item>;
  readonly #fail: (error: unknown) => void;
  readonly #capacity: number;
  readonly #flushTimeout: number;
  #queue: Queued<Item>[] = [];
  #head = 0;
  #bytes = 0;
  #full = false;
  #dropped = 0;
  #overflowing = false;
  #isDraining = false;
  #waiting: (() => void)[] = [];

  constructor(stream: HostedStream<Item>, options: SinkHostOptions) {
    this.#stream = stream;
    this.#fail = options.fail;
    this.#capacity = options.capacity ?? 100_000;
    this.#flushTimeout = options.flushTimeout ?? 10_000;
  }

  /** Takes one item: now, or when the stream is ready again. */
  push(item: Item): void {
    if (this.#stream.isDead?.()) {
      this.#dropped++;
      return;
    }
    const isBusy = this.#stream.isBusy?.() ?? false;
    if (!isBusy && !this.#full && this.#size() === 0) {
      this.#send(item);
      return;
    }
    const bytes = this.#stream.weightOf?.(item) ?? 0;
    if (this.#size() >= this.#capacity || this.#bytes + bytes > MOST_BYTES) {
      this.#overflow();
      return;
    }
    this.#bytes += bytes;
    this.#queue.push({ item, leg: currentLeg(), bytes });
    if (isBusy && !this.#full) this.#drainLater();
  }

  /** The stream takes items again. */
  ready(): void {
    this.#full = false;
    this.drain();
  }

  /** Hands over what waits, as far as the stream takes it. */
  drain(): void {
    while (!this.#full && this.#size() > 0) {
      const { item, leg, bytes } = this.#queue[this.#head++] as Queued<Item>;
      this.#bytes -= bytes;
      if (this.#head > 1024 && this.#head * 2 > this.#queue.length) {
        this.#queue = this.#queue.slice(this.#head);
        this.#head = 0;
      }
      resumeLeg(leg, () => this.#send(item));
    }
    if (this.#size() === 0) this.#overflowing = false;
    this.settled();
  }

  /** Something was delivered: whoever waits for the end looks again. */
  settled(): void {
    if (this.#waiting.length === 0 || !this.#idle()) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  /**
   * Resolves when everything pushed so far was delivered.
   *
   * @throws LogbridgeError LB1407 (as a rejection) when the stream delivers nothing for the whole timeout
   */
  async flush(): Promise<void> {
    let since = Date.now();
    let left = this.pending();
    while (!this.#idle()) {
      if (this.#stream.isDead?.()) {
        this.#dropped += this.pending();
        this.#queue = [];
        this.#head = 0;
        this.#bytes = 0;
        throw new LogbridgeError("LB1407", `the stream has ended with ${left} records undelivered`);
      }
      const now = this.pending();
      if (now < left) {
        left = now;
        since = Date.now();
      } else if (Date.now() - since > this.#flushTimeout)
        throw new LogbridgeError(
          "LB1407",
          `the stream delivered nothing for ${this.#flushTimeout} ms; ${now} records are pending`,
        );
      await new Promise<void>((resolve) => {
        // A plain timer: what is flushed keeps the process alive.
        const timer = setTimeout(resolve, POLL_MS);
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** Items that wait or are on their way. */
  pending(): number {
    return this.#size() + this.#stream.inFlight();
  }

  /** Items that were given up. */
  dropped(): number {
    return this.#dropped;
  }

  #size(): number {
    return this.#queue.length - this.#head;
  }

  #idle(): boolean {
    return this.#size() === 0 && this.#stream.inFlight() <= 0;
  }

  #send(item: Item): void {
    try {
      if (!this.#stream.send(item)) this.#full = true;
    } catch (error) {
      this.#dropped++;
      this.#fail(error);
    }
  }

  #drainLater(): void {
    if (this.#isDraining) return;
    this.#isDraining = true;
    platform.afterTurn(() => {
      if (!this.#isDraining) return;
      this.#isDraining = false;
      this.drain();
    });
  }

  #overflow(): void {
    this.#dropped++;
    if (this.#overflowing) return;
    this.#overflowing = true;
    this.#fail(
      new LogbridgeError(
        "LB1408",
        `the stream takes no more; ${this.#size()} records wait, and further ones are dropped and counted`,
      ),
    );
  }
}
