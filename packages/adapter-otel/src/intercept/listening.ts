import { type InboundPort, type Logger, Overlaps, report } from "@logbridge/core";
import type { Context } from "@opentelemetry/api";
import { levelOf } from "../levels.ts";
import type { ReadableLogRecord } from "../otlp/readable.ts";
import { BridgeProvider, EMITS, globalProviders, type OtelLoggerProvider, registerProvider } from "../providers.ts";
import { thrownInEmit } from "./emit-calls.ts";
import { type Emitted, fromCall, fromProcessor } from "./emitted.ts";
import { standInFor } from "./exception-texts.ts";
import { sharedStateOf } from "./sdk-provider.ts";
import { BRIDGE, type Place, take } from "./take.ts";
import { type Ear, type Heard, tap } from "./tap.ts";

type Skip = (...args: never[]) => unknown;

const overlaps = new Overlaps<object>((one, other) => one === other, BRIDGE.name);
/** Stands for the places in which the process's providers are registered. */
const PROCESS: object = globalThis;

/** One interception: hears what is emitted by whatever way, each record once. */
export class Listening implements Ear {
  readonly mode: "tee" | "replace";
  readonly stage: "formatted" | "raw";
  readonly #port: InboundPort;
  readonly #logger: Logger;
  /** Records that were taken by one way may come by another one, too. */
  readonly #taken = new WeakSet<object>();
  readonly #taps = new Map<OtelLoggerProvider, () => void>();
  #isSilenced = false;
  #isToldOfReplace = false;
  #isToldOfOverlap = false;
  #isToldOfMissed = false;

  /** @param logger the one that the port leads to */
  constructor(port: InboundPort, logger: Logger) {
    this.#port = port;
    this.#logger = logger;
    this.mode = port.mode;
    this.stage = port.stage;
  }

  wants(severityNumber: number): boolean {
    // What has no severity yet may get any.
    if (severityNumber === 0) return this.#port.wants(Number.MAX_VALUE);
    return this.#port.wants(levelOf(severityNumber, undefined, this.#port.levelNamed).no);
  }

  hear({ record, left, context, thrown }: Heard, place: Place, skip: Skip): boolean {
    if (this.#taken.has(record)) return true;
    const isTaken = this.#take(() => fromProcessor(left, context, thrown), place, skip);
    if (isTaken) this.#taken.add(record);
    return isTaken;
  }

  /** The same as one of a provider's processors. Which provider it is, nobody says: the scope stands for it. */
  hearAsProcessor(record: ReadableLogRecord, context: Context, skip: Skip): void {
    if (this.mode === "replace" && !this.#isSilenced) this.#tellOfReplace();
    const scope = record.instrumentationScope;
    const thrown = standInFor(thrownInEmit(scope), null)(record.attributes);
    this.hear({ record, left: record, context, thrown }, { target: scope, printed: !this.#isSilenced }, skip);
  }

  through(run: () => void, silences: boolean): void {
    const outer = this.#isSilenced;
    this.#isSilenced = silences;
    try {
      this.#port.through(run);
    } finally {
      this.#isSilenced = outer;
    }
  }

  missed(): void {
    if (this.#isToldOfMissed) return;
    this.#isToldOfMissed = true;
    report(
      "LB1657",
      "interceptOtel(): a processor of the logger provider threw; the record does not come in, since those after it have not seen it and might have hidden something",
    );
  }

  cannotSilence(): void {
    report(
      "LB1658",
      'interceptOtel(): none of the provider\'s processors holds an exporter that can be reached, so that mode "replace" silences nothing; each record goes there as well, as in mode "tee"',
    );
  }

  /** Listens to a provider, unless it hands its records over by itself. `false`: that is not possible. */
  listenTo(provider: OtelLoggerProvider, itself: object | null): boolean {
    if (this.#taps.has(provider)) return true;
    const isMember = sharedStateOf(provider)?.processors.some((processor) => processor === itself) ?? false;
    // In replace mode its exporters are to be silenced, which no processor can do.
    if (isMember && this.mode === "tee") return true;
    const leave = tap(provider, this);
    if (!leave) return false;
    const uncover = this.#cover(provider);
    this.#taps.set(provider, () => {
      uncover();
      leave();
    });
    return true;
  }

  /** Listens to the providers of the process, those that come later too, and stands in where there is none. */
  listenGlobally(itself: object): () => void {
    for (const provider of globalProviders()) this.#tryToListen(provider, itself);
    const uncover = this.#cover(PROCESS);
    const leave = registerProvider(this.#standIn(), (real) => this.#tryToListen(real, itself));
    return () => {
      uncover();
      leave();
    };
  }

  end(): void {
    for (const leave of this.#taps.values()) leave();
    this.#taps.clear();
  }

  #tryToListen(provider: OtelLoggerProvider, itself: object): void {
    if (!this.listenTo(provider, itself))
      report(
        "LB1650",
        "interceptOtel(): the logger provider of this process is not of OpenTelemetry's SDK, and offers no way to listen; give what interceptOtel() returns to it as a processor",
      );
  }

  /** What it gets, all who stand in have got. */
  #standIn(): OtelLoggerProvider {
    const provider: OtelLoggerProvider = new BridgeProvider({
      take: (record, scope, context) =>
        void this.#take(() => fromCall(record, scope, context), { target: provider, printed: true }, EMITS),
      wants: (severityNumber) => this.wants(severityNumber),
    });
    return provider;
  }

  #take(read: () => Emitted, place: Place, skip: Skip): boolean {
    try {
      return take(this.#port, read(), place, skip);
    } catch (error) {
      this.#port.fail(error);
      return false;
    }
  }

  #tellOfReplace(): void {
    if (this.#isToldOfReplace) return;
    this.#isToldOfReplace = true;
    report(
      "LB1651",
      'interceptOtel(): as a processor it stands beside those that export, and mode "replace" silences none of them; register the provider, or name it: interceptOtel({ provider, mode: "replace" })',
    );
  }

  /** Notes a place that is listened to; gives how to forget it. */
  #cover(place: object): () => void {
    return overlaps.enter(place, this.#logger, () => this.#tellOfOverlap());
  }

  #tellOfOverlap(): void {
    if (this.#isToldOfOverlap) return;
    this.#isToldOfOverlap = true;
    report(
      "LB1653",
      "interceptOtel(): an interception for the same logger of ours listens there already, so that each record comes in twice; restore() the other one first",
    );
  }
}
