import type { ReadableLogRecord } from "../otlp/readable.ts";

interface EmissionState {
  /** The innermost one whose processors run. */
  current: Emission | null;
  readonly ofRecord: WeakMap<object, Emission>;
}

const KEY: unique symbol = Symbol.for("logbridge.otel.emissions") as never;

/** One for all copies of the package: they share the methods that they patch. */
function emissions(): EmissionState {
  const holder = globalThis as { [KEY]?: EmissionState };
  holder[KEY] ??= { current: null, ofRecord: new WeakMap() };
  return holder[KEY];
}

/** One record on its way through the processors of a provider, until it is known who gets it. */
export class Emission {
  readonly record: ReadableLogRecord;
  /** What the processors have made of the record: the record itself, or the copy that one of them has handed on to be exported. */
  left: ReadableLogRecord;
  isOver = false;
  /** We have taken it over: nobody else is to get it. */
  isTaken = false;
  readonly #waiting: (() => void)[] = [];

  constructor(record: ReadableLogRecord) {
    this.record = record;
    this.left = record;
  }

  /** Runs the processors: what is emitted meanwhile is an emission of its own. */
  run(processors: () => void): void {
    const state = emissions();
    const outer = state.current;
    state.ofRecord.set(this.record, this);
    state.current = this;
    try {
      processors();
    } finally {
      state.current = outer;
    }
  }

  /** Runs `work` as soon as it is known who gets the record. */
  whenOver(work: () => void): void {
    if (this.isOver) work();
    else this.#waiting.push(work);
  }

  end(isTaken: boolean): void {
    this.isOver = true;
    this.isTaken = isTaken;
    for (const work of this.#waiting.splice(0)) work();
  }
}

/** The emission that a record belongs to; `undefined`: nobody listened. */
export function emissionOf(record: ReadableLogRecord): Emission | undefined {
  return emissions().ofRecord.get(record);
}

/** A record has come to a processor that exports. One that no emission is known for is a copy, made by a processor before. */
export function noteArrival(record: ReadableLogRecord): void {
  const { current, ofRecord } = emissions();
  if (current === null || ofRecord.has(record)) return;
  ofRecord.set(record, current);
  current.left = record;
}
