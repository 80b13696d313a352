import { platform } from "#platform";
import type { CrossingSource } from "../bridge/crossing.ts";
import { LogbridgeError, LogbridgeTypeError, report, shown } from "../diagnostics.ts";
import { asksForNames, dispatch, type Hold, type Hub, isActive, type Patcher, refreshHub, startOf } from "../hub.ts";
import { isPlainObject } from "../record/plain-object.ts";
import { LogRecord, NONE } from "../record/record.ts";
import { runPatcher } from "./call.ts";

/** Options of `holdEarly()`. */
export interface HoldEarlyOptions {
  /** How many records are kept; of more the oldest are dropped, counted and reported. Default 1,000. */
  readonly capacity?: number;
}

/** Records are held back until handlers come, or this is released. */
export interface EarlyHold {
  /** Ends the hold: what was kept goes to the handlers that are there. A second call does nothing. */
  release(): void;
  [Symbol.dispose](): void;
}

interface Early {
  readonly record: LogRecord<object>;
  readonly source: CrossingSource | null;
  readonly throughOrigin: boolean;
  /** The configured patcher that has seen the record. */
  readonly patcher: Patcher | null;
  /** Runs in the asynchronous context of the call. */
  readonly within: (run: () => void) => void;
}

/** What is logged before there are handlers for it. */
class EarlyRecords implements Hold {
  readonly #hub: Hub;
  readonly #forgetExit: () => void;
  #capacity = 0;
  #kept: Early[] = [];
  #holders = 0;
  #ending = false;
  #dropped = 0;
  #lastDropped: LogRecord<object> | null = null;

  constructor(hub: Hub) {
    this.#hub = hub;
    // Before the handlers flush for the last time: what is replayed there has to leave too.
    this.#forgetExit = platform.onExit(() => this.#atExit(), true);
  }

  get size(): number {
    return this.#kept.length;
  }

  /** One more who holds. */
  join(capacity: number): () => void {
    this.#capacity = Math.max(this.#capacity, capacity);
    this.#holders++;
    let holding = true;
    return () => {
      if (!holding) return;
      holding = false;
      if (--this.#holders === 0) this.end();
    };
  }

  keep(record: LogRecord<object>, source: CrossingSource | null, throughOrigin: boolean): void {
    record._settle();
    record._endOfCall();
    const within = platform.bindContext((run: () => void) => run());
    this.#kept.push({ record, source, throughOrigin, patcher: this.#hub.patcher, within });
    if (this.#kept.length <= this.#capacity) return;
    this.#lastDropped = this.#kept.shift()?.record ?? null;
    this.#dropped++;
    this.#hub.earlyDropped++;
  }

  handlersCame(): void {
    if (this.#ending) return;
    this.#ending = true;
    // Handlers that are added in the same turn get the early records too.
    queueMicrotask(() => {
      this.#ending = false;
      if (this.#hub.handlers.length > 0) return this.end();
      // They are gone again: those to come get what is held.
      this.#hub.configured = false;
    });
  }

  /** Gives what was kept to the handlers in force. An error that a handler lets through comes when all is given. */
  end(): void {
    const hub = this.#hub;
    if (hub.held !== this) return;
    hub.held = null;
    this.#forgetExit();
    refreshHub(hub);
    const errors: unknown[] = [];
    for (const early of [...this.#reportOfDropped(), ...this.#kept]) {
      try {
        early.within(() => replay(hub, early));
      } catch (error) {
        errors.push(error);
      }
    }
    this.#kept = [];
    if (errors.length > 0) throw errors[0];
  }

  #atExit(): void {
    if (this.#hub.handlers.length === 0 && this.#kept.length > 0)
      report(
        "LB1056",
        `${this.#kept.length} records were held for handlers, and the process ended before any was added`,
      );
    this.end();
  }

  /** Stands where the last of the dropped records stood. */
  #reportOfDropped(): Early[] {
    const last = this.#lastDropped;
    if (!last) return [];
    const level = this.#hub.levels.get("WARNING");
    const record = new LogRecord({
      seq: last.seq,
      micros: last.micros,
      startedMicros: startOf(this.#hub, last.micros),
      level: { name: "WARNING", no: 30, icon: level?.icon ?? " " },
      message: `${this.#dropped} records from before the first handler were dropped: holdEarly() kept the last ${this.#capacity} [LB1056]`,
      markup: null,
      template:
        "{dropped} records from before the first handler were dropped: holdEarly() kept the last {capacity} [LB1056]",
      args: [],
      base: null,
      fields: { dropped: this.#dropped, capacity: this.#capacity },
      thrown: NONE,
      raw: false,
      name: "@logbridge/core",
      caller: null,
      callerSource: null,
      process: platform.process,
      thread: platform.thread,
      origin: null,
    });
    return [{ record, source: null, throughOrigin: false, patcher: null, within: (run) => run() }];
  }
}

/** Patchers ran when the record was made; one that was configured since has not seen it. So it is with activation. */
function replay(hub: Hub, { record, source, throughOrigin, patcher }: Early): void {
  if (asksForNames(hub) && !isActive(hub, record.name)) return;
  if (hub.patcher && hub.patcher !== patcher) runPatcher(hub, hub.patcher as Patcher<never>, record);
  dispatch(hub, record, source, throughOrigin);
}

/**
 * Holds back what is logged until the first handlers come. Where they have come already nothing is held.
 *
 * @throws LogbridgeTypeError LB1055, LogbridgeError LB1002
 */
export function holdEarly(hub: Hub, options: HoldEarlyOptions): EarlyHold {
  const capacity = capacityOf(options);
  const release = hub.configured ? () => {} : holdOf(hub).join(capacity);
  const hold = { release } as EarlyHold;
  // Older runtimes lack the symbol; the type promises it only to those who can write `using`.
  if (typeof Symbol.dispose === "symbol") hold[Symbol.dispose] = release;
  return hold;
}

function holdOf(hub: Hub): Hold {
  if (hub.held) return hub.held;
  const made = new EarlyRecords(hub);
  hub.held = made;
  refreshHub(hub);
  return made;
}

function capacityOf(options: unknown): number {
  if (!isPlainObject(options))
    throw new LogbridgeTypeError("LB1055", `holdEarly(): expected an object of options, got ${shown(options)}`);
  for (const name of Object.keys(options))
    if (name !== "capacity")
      throw new LogbridgeError("LB1002", `holdEarly(): unknown option ${shown(name)}; allowed is capacity`);
  const { capacity = 1000 } = options;
  if (Number.isInteger(capacity) && (capacity as number) > 0) return capacity as number;
  throw new LogbridgeTypeError(
    "LB1055",
    `holdEarly(): option capacity must be an integer from 1 up, got ${shown(capacity)}`,
  );
}
