import { type PatchSite, patchMethod } from "@logbridge/core";
import * as api from "@opentelemetry/api";
import type { ReadableLogRecord } from "../otlp/readable.ts";
import type { OtelLoggerProvider } from "../providers.ts";
import { Emission } from "./emission.ts";
import { thrownInEmit, watchEmits } from "./emit-calls.ts";
import { standInFor } from "./exception-texts.ts";
import { type Outlet, outletsOf } from "./outlets.ts";
import { type SdkProcessor, type SharedState, sharedStateOf } from "./sdk-provider.ts";
import { watchOutlets } from "./silencing.ts";

/** A record as it is heard. */
export interface Heard {
  /** The SDK's own: known again, whatever way it comes by. */
  readonly record: ReadableLogRecord;
  /** What the processors have left of it. */
  readonly left: ReadableLogRecord;
  readonly context: api.Context;
  /** What the emitter gave as exception, where it says no more than what the processors have left of its texts; `undefined`: nothing. */
  readonly thrown: unknown;
}

/** One who listens to what a provider's loggers emit. */
export interface Ear {
  readonly mode: "tee" | "replace";
  readonly stage: "formatted" | "raw";
  /** Would it take a record of this severity (a number of OpenTelemetry)? */
  wants(severityNumber: number): boolean;
  /**
   * Takes a record in. `false`: it is not for this one, and the provider's exporters are to get it.
   *
   * @param place the provider, and whether its exporters get the record as well
   * @param skip the hook's function: the caller is above it
   */
  hear(
    heard: Heard,
    place: { readonly target: object; readonly printed: boolean },
    skip: (...args: never[]) => unknown,
  ): boolean;
  /** Runs the provider's own processors: what they print meanwhile is no record. `silences`: nothing is exported that this one takes. */
  through(run: () => void, silences: boolean): void;
  /** One of the provider's processors threw: nobody knows what those after it would have hidden. */
  missed(): void;
  /** The mode is "replace", and none of the provider's exporters can be reached. */
  cannotSilence(): void;
}

interface Listener {
  readonly ear: Ear;
  readonly provider: OtelLoggerProvider;
  /** The provider's exporters are kept from what this one takes. */
  readonly silences: boolean;
}

/**
 * Listens to a provider of OpenTelemetry's SDK, of either generation: each record once, of loggers made before and after.
 *
 * @returns how to stop; `null`: it is no provider of the SDK
 */
export function tap(provider: OtelLoggerProvider, ear: Ear): (() => void) | null {
  const state = sharedStateOf(provider);
  if (!state) return null;
  const outlets = outletsOf(state.processors);
  const silences = ear.mode === "replace" && (ear.stage === "raw" || canSilence(state, outlets));
  if (ear.mode === "replace" && !silences) ear.cannotSilence();
  const enable = enableAlways(state, ear);
  const unwatch = watchEmits(provider);
  const ignore = ear.stage === "raw" ? () => {} : watchOutlets(outlets, silences);
  const leave = patchMethod<Listener>(state.activeProcessor, "onEmit", { ear, provider, silences }, heard);
  return () => {
    leave();
    ignore();
    unwatch();
    enable();
  };
}

/** A provider without processors exports nothing. */
function canSilence({ processors }: SharedState, outlets: readonly Outlet[]): boolean {
  return processors.length === 0 || outlets.length > 0;
}

/** A provider without processors says that nothing is enabled, and its loggers emit nothing. */
function enableAlways(state: SharedState, ear: Ear): () => void {
  if (state.processors.length > 0) return () => {};
  const { processors } = state;
  const listening = [new ListeningProcessor(ear)];
  state.processors = listening;
  return () => {
    if (state.processors === listening) state.processors = processors;
  };
}

class ListeningProcessor implements SdkProcessor {
  readonly #ear: Ear;

  constructor(ear: Ear) {
    this.#ear = ear;
  }

  enabled({ severityNumber = 0 }: { readonly severityNumber?: number }): boolean {
    return this.#ear.wants(severityNumber);
  }

  onEmit(): void {}

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}
}

function heard(site: PatchSite<Listener>): (this: unknown, ...args: never[]) => unknown {
  return function onEmit(this: unknown, ...args: never[]): unknown {
    const [record, context = api.context.active()] = args as unknown as [ReadableLogRecord, api.Context | undefined];
    const passage: Passage = { listeners: site.subscribers, emission: new Emission(record), context, skip: onEmit };
    emitThrough(passage, () => void site.original.apply(this, args));
    return undefined;
  };
}

/** A record on its way through a provider. */
interface Passage {
  readonly listeners: readonly Listener[];
  readonly emission: Emission;
  readonly context: api.Context;
  readonly skip: (...args: never[]) => unknown;
}

/** What the processors have hidden stays hidden: a record is taken when all of them have had it, and exported after that. */
function emitThrough(passage: Passage, processors: () => void): void {
  const { listeners, emission } = passage;
  const { record } = emission;
  const thrown = thrownInEmit(record.instrumentationScope);
  const standIn = standInFor(thrown, record.attributes);
  if (isTaken(passage, "raw", thrown)) return;
  let isThrough = false;
  let isOurs = false;
  try {
    emission.run(() => throughAll(listeners, processors));
    isThrough = true;
  } finally {
    if (isThrough) isOurs = isTaken(passage, "formatted", standIn(emission.left.attributes));
    else for (const { ear } of listeners) if (ear.stage === "formatted") ear.missed();
    emission.end(isOurs);
  }
}

/** Lets those of a stage hear the record; has one of them taken it over? */
function isTaken(
  { listeners, emission: { record, left }, context, skip }: Passage,
  stage: Ear["stage"],
  thrown: unknown,
): boolean {
  let isOver = false;
  for (const { ear, provider, silences } of listeners) {
    if (ear.stage !== stage) continue;
    const place = { target: provider, printed: !silences };
    if (ear.hear({ record, left, context, thrown }, place, skip) && silences) isOver = true;
  }
  return isOver;
}

function throughAll(listeners: readonly Listener[], run: () => void): void {
  const [first, ...rest] = listeners;
  if (first) first.ear.through(() => throughAll(rest, run), first.silences);
  else run();
}
