import { platform } from "#platform";
import type { LogRecord } from "../record/record.ts";
import type { FilterHost, Suppressor } from "./suppressing-filter.ts";

/** What came of one key since its window was opened. */
export interface SuppressionWindow {
  readonly key: string;
  /** The time of the first record: the window begins there. Microseconds since 1970. */
  readonly begin: number;
  /** What the logger's clock said then: foreign records bring times of their own. */
  readonly opened: number;
  passed: number;
  /** Suppressed, and in no summary yet. */
  pending: number;
  /** Where the next summary's stretch of time begins. */
  since: number;
  level: { readonly name: string; readonly no: number };
  name: string | null;
}

/** What a set of windows is made from. */
export interface SuppressionSettings {
  readonly by: Suppressor;
  readonly windowMs: number;
  readonly summary: boolean;
  /** How many keys are remembered; of more, the one that was longest not seen is forgotten. */
  readonly mostKeys: number;
  /** A key as a summary shows it. */
  readonly textOf: (key: string) => string;
}

/** A clock that stands still is asked again this soon. */
const ASK_AGAIN_MS = 100;
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * Counts what is suppressed, by key and window, so that it adds up: each suppressed record is in one summary and no other.
 *
 * A window ends as soon as the time of a record or the logger's clock says so.
 */
export class Suppressed {
  readonly #host: FilterHost;
  readonly #settings: SuppressionSettings;
  readonly #span: number;
  readonly #windows = new Map<string, SuppressionWindow>();
  /** The earliest end of a window that has something to summarise. */
  #nextEnd = Number.POSITIVE_INFINITY;
  #total = 0;
  #cancelTimer: (() => void) | null = null;
  /** Nobody is there any more to be told. */
  #closed = false;

  constructor(host: FilterHost, settings: SuppressionSettings) {
    this.#host = host;
    this.#settings = settings;
    this.#span = settings.windowMs * 1000;
  }

  /** How many records were suppressed in all. */
  get total(): number {
    return this.#total;
  }

  /** A record has come, of whatever key: what is over by its time is summarised before it goes on. */
  arrive(record: LogRecord<object>): void {
    const { micros } = record;
    if (micros < this.#nextEnd) return;
    // A record from the future ends nobody's window.
    const now = Math.min(micros, this.#host.now());
    if (now >= this.#nextEnd) this.#endAll(({ begin }) => now - begin >= this.#span);
  }

  /** The window of a key at the time of a record that has arrived. */
  windowOf(key: string, record: LogRecord<object>): SuppressionWindow {
    // A patcher may set any time.
    const micros = Number.isFinite(record.micros) ? record.micros : this.#host.now();
    const known = this.#windows.get(key);
    if (known !== undefined) {
      if (!this.#isOver(known, micros)) {
        if (this.#windows.size >= this.#settings.mostKeys) this.#keepLonger(known);
        return known;
      }
      this.#end([known], micros);
    }
    return this.#open(key, micros, record);
  }

  /** Counts a record that its handler does not get. */
  suppress(window: SuppressionWindow, record: LogRecord<object>): void {
    this.#total++;
    if (!this.#settings.summary || this.#closed) return;
    const { name, no } = record._level;
    if (window.pending === 0 || no > window.level.no) window.level = { name, no };
    // A name that nobody has looked for yet would cost a stack.
    window.name = record._name ?? null;
    if (window.pending++ > 0) return;
    this.#nextEnd = Math.min(this.#nextEnd, window.begin + this.#span);
    if (this.#cancelTimer === null) this.#setTimer(window.opened + this.#span - this.#host.now());
  }

  /** Counts a record without a window: no summary will name it. */
  count(): void {
    this.#total++;
  }

  /** Summarises what is pending. The windows go on. */
  flush(): void {
    this.#nextEnd = Number.POSITIVE_INFINITY;
    const now = this.#host.now();
    for (const window of [...this.#windows.values()]) this.#summarise(window, now);
  }

  close(): void {
    this.#closed = true;
    this.#stopTimer();
    this.#windows.clear();
  }

  /** Records come late, too: from sources whose clocks differ, or after ours was set back. */
  #isOver({ begin, opened }: SuppressionWindow, micros: number): boolean {
    const since = micros - begin;
    return since <= -this.#span ? this.#isOverByClock(opened, this.#host.now()) : since >= this.#span;
  }

  /** A clock that was set back says nothing of when a window is over, so it is. */
  #isOverByClock(opened: number, now: number): boolean {
    return now < opened || now - opened >= this.#span;
  }

  #open(key: string, micros: number, record: LogRecord<object>): SuppressionWindow {
    if (this.#windows.size >= this.#settings.mostKeys)
      this.#end([this.#windows.values().next().value as SuppressionWindow], micros);
    const window: SuppressionWindow = {
      key,
      begin: micros,
      opened: this.#host.now(),
      passed: 0,
      pending: 0,
      since: micros,
      level: record._level,
      name: null,
    };
    this.#windows.set(key, window);
    return window;
  }

  /** The first in the map is the one that was longest not seen; as long as none has to go, nobody pays for the order. */
  #keepLonger(window: SuppressionWindow): void {
    this.#windows.delete(window.key);
    this.#windows.set(window.key, window);
  }

  #endByClock(): void {
    this.#cancelTimer = null;
    try {
      const now = this.#host.now();
      const ended = this.#endAll(({ opened }) => this.#isOverByClock(opened, now));
      let next = Number.POSITIVE_INFINITY;
      for (const { pending, opened } of this.#windows.values()) if (pending > 0) next = Math.min(next, opened);
      if (next === Number.POSITIVE_INFINITY || this.#cancelTimer !== null) return;
      this.#setTimer(Math.max(next + this.#span - now, ended ? 0 : ASK_AGAIN_MS * 1000));
    } catch (error) {
      this.#host.fail(error);
    }
  }

  /** Ends the windows that have something to say and are over. */
  #endAll(isOver: (window: SuppressionWindow) => boolean): boolean {
    const ended: SuppressionWindow[] = [];
    this.#nextEnd = Number.POSITIVE_INFINITY;
    for (const window of this.#windows.values()) {
      if (window.pending === 0) continue;
      if (isOver(window)) ended.push(window);
      else this.#nextEnd = Math.min(this.#nextEnd, window.begin + this.#span);
    }
    this.#end(ended, Number.POSITIVE_INFINITY);
    return ended.length > 0;
  }

  /** All are gone before the first is summarised: what is told may log. */
  #end(ended: readonly SuppressionWindow[], at: number): void {
    for (const { key } of ended) this.#windows.delete(key);
    for (const window of ended) this.#summarise(window, at);
  }

  #summarise(window: SuppressionWindow, at: number): void {
    const { key, pending, since, level, name, begin } = window;
    if (pending === 0) return;
    const until = Math.min(Math.max(at, since), begin + this.#span);
    window.pending = 0;
    window.since = until;
    const { by, textOf } = this.#settings;
    this.#host.summarise({ by, level, name, key: textOf(key), suppressed: pending, since, until });
  }

  #setTimer(micros: number): void {
    // One more: timers may come a part of a millisecond early.
    const ms = Math.min(Math.max(Math.ceil(micros / 1000), 0) + 1, LONGEST_TIMER_MS);
    try {
      this.#cancelTimer = platform.setTimer(() => this.#endByClock(), ms);
    } catch {
      // Some runtimes have no timers while a module loads: the next record ends the window.
    }
  }

  #stopTimer(): void {
    try {
      this.#cancelTimer?.();
    } catch {
      // A timer of a request that is over is gone.
    }
    this.#cancelTimer = null;
  }
}
