import { platform } from "#platform";
import type { Bridge, Inbound } from "../bridge/inbound.ts";
import { shown } from "../diagnostics.ts";
import { grouped } from "../format/number.ts";
import type { Origin } from "../record/origin.ts";
import type { LogRecord } from "../record/record.ts";
import type { SinkInlet } from "../sinks/sink.ts";
import type { Summary, Suppressor } from "./suppressing-filter.ts";

const BRIDGES: Readonly<Record<Suppressor, Bridge>> = {
  sample: { name: "sample", packages: [], mode: "replace" },
  throttle: { name: "throttle", packages: [], mode: "replace" },
};
const TEMPLATES: Readonly<Record<Suppressor, string>> = {
  sample: "{suppressed:,} records of level {key} suppressed by sampling in {duration}",
  throttle: "{key} suppressed {suppressed:,} times in {duration}",
};

/** Makes records of summaries, and brings them to one handler: the logger's values, patcher and redaction apply. */
export class SummaryDelivery {
  readonly #inlet: SinkInlet;
  /** By their origins the handler knows its own summaries, copies of them too. */
  readonly #origins: Readonly<Record<Suppressor, Origin>> = {
    sample: Object.freeze({ name: "sample" }),
    throttle: Object.freeze({ name: "throttle" }),
  };
  /** A summary belongs to no call: neither values nor trace of the one that happens to bring it about are its own. */
  readonly #outsideOfCalls: (run: () => void) => void = platform.bindContext((run: () => void) => run());

  constructor(inlet: SinkInlet) {
    this.#inlet = inlet;
  }

  /** The record is a summary that this has delivered. */
  isOwn({ origin }: LogRecord<object>): boolean {
    return origin !== null && (origin === this.#origins.throttle || origin === this.#origins.sample);
  }

  deliver(summary: Summary): void {
    const inbound = this.#inboundOf(summary);
    const send = (): void => this.#inlet.deliver(BRIDGES[summary.by], inbound, send);
    this.#outsideOfCalls(send);
  }

  #inboundOf(summary: Summary): Inbound {
    const { by, level, name, key, suppressed, since } = summary;
    return {
      target: this,
      level,
      message: messageOf(summary),
      template: TEMPLATES[by],
      fields: { suppressed, key, since: isoTime(since) },
      name,
      origin: this.#origins[by],
      caller: null,
    };
  }
}

function messageOf({ by, key, suppressed, since, until }: Summary): string {
  const count = countText(suppressed);
  const duration = durationText((until - since) / 1000);
  // What is common may be a text from outside: quoted, so that it forges nothing.
  if (by === "throttle")
    return `${shown(key)} suppressed ${count} ${suppressed === 1 ? "time" : "times"} in ${duration}`;
  const noun = suppressed === 1 ? "record" : "records";
  return `${count} ${noun} of level ${shown(key)} suppressed by sampling in ${duration}`;
}

/** `1243` as `1,243`. */
function countText(count: number): string {
  return grouped(String(count), ",", 3);
}

function durationText(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${countText(Math.floor(ms / 1000))}${tenths(ms)} s`;
}

function tenths(ms: number): string {
  const tenth = Math.floor((ms % 1000) / 100);
  return tenth === 0 ? "" : `.${tenth}`;
}

/** Patchers and foreign clocks may give times that no calendar has. */
function isoTime(micros: number): string {
  const time = new Date(micros / 1000);
  return Number.isNaN(time.getTime()) ? String(micros / 1000) : time.toISOString();
}
