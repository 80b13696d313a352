import { platform } from "#platform";
import type { LogRecord } from "../record/record.ts";
import type { Sink, SinkInlet, SinkNeeds } from "../sinks/sink.ts";
import { currentLeg, type Leg, resumeLeg } from "./crossing.ts";

/** How many records wait for a transport that is not there yet; further ones are dropped and counted. */
const MOST_EARLY = 100_000;

/** A sink whose transport is still on its way: transports with an asynchronous constructor come as promises. */
class PromisedSink implements Sink {
  readonly needs: SinkNeeds;
  readonly #ready: Promise<void>;
  #sink: Sink | null = null;
  #early: ((sink: Sink) => void)[] = [];
  #lost = 0;
  #refused = false;
  #fail: ((error: unknown) => void) | null = null;
  /** Those that were attached before the sink was there: it counts them. */
  readonly #attached: ((sink: Sink) => void)[] = [];

  constructor(made: Promise<Sink>, needs: SinkNeeds, refusal: (cause: unknown) => unknown) {
    this.needs = needs;
    this.#ready = made
      .then((sink) => {
        for (const attach of this.#attached.splice(0)) attach(sink);
        this.#sink = sink;
        for (const write of this.#early.splice(0)) write(sink);
      })
      .catch((cause: unknown) => {
        this.#refused = true;
        this.#lost += this.#early.splice(0).length;
        this.#fail?.(refusal(cause));
      });
  }

  attach(fail: (error: unknown) => void, inlet?: SinkInlet): void {
    this.#fail = fail;
    if (this.#sink) this.#sink.attach?.(fail, inlet);
    else this.#attached.push((sink) => sink.attach?.(fail, inlet));
  }

  write(_text: string, record: LogRecord): void {
    if (this.#sink) void this.#sink.write("", record);
    else if (this.#refused || this.#early.length >= MOST_EARLY) this.#lost++;
    else this.#early.push(laterWrite(record, currentLeg()));
  }

  async flush(): Promise<void> {
    await this.#ready;
    await this.#sink?.flush?.();
  }

  flushSync(): void {
    this.#sink?.flushSync?.();
  }

  async close(): Promise<void> {
    await this.#ready;
    await this.#sink?.close?.();
  }

  pending(): number {
    return this.#early.length + (this.#sink?.pending?.() ?? 0);
  }

  dropped(): number {
    return this.#lost + (this.#sink?.dropped?.() ?? 0);
  }

  leadsTo(bridge: string, target: unknown): boolean {
    return this.#sink?.leadsTo?.(bridge, target) ?? false;
  }
}

/** Writes in the context of the call, whenever that is. */
function laterWrite(record: LogRecord, leg: Leg | null): (sink: Sink) => void {
  return platform.bindContext((sink: Sink) => resumeLeg(leg, () => void sink.write("", record)));
}

/**
 * A sink for a promised transport: records wait, in order, until it is there.
 *
 * @param promise the transport to come
 * @param make makes the sink of it
 * @param needs what the sink will need; it cannot be asked for the text
 * @param refusal the error to report when the promise rejects; default: its own
 * @example
 * return promisedSink(transport, (arrived) => winstonSink(arrived, options), { text: false });
 */
export function promisedSink<Transport>(
  promise: PromiseLike<Transport>,
  make: (transport: Transport) => Sink,
  needs: SinkNeeds & { readonly text: false },
  refusal: (cause: unknown) => unknown = (cause) => cause,
): Sink {
  return new PromisedSink(Promise.resolve(promise).then(make), needs, refusal);
}
