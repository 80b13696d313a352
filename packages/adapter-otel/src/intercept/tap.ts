import { type PatchSite, patchMethod } from "@logbridge/core";
import * as api from "@opentelemetry/api";
import type { ReadableLogRecord } from "../otlp/readable.ts";
import type { OtelLoggerProvider } from "../providers.ts";
import { watchEmits } from "./emit-calls.ts";
import { holdsExporter, type SdkProcessor, type SharedState, sharedStateOf } from "./sdk-provider.ts";

/** One who listens to what a provider's loggers emit. */
export interface Ear {
  readonly mode: "tee" | "replace";
  readonly stage: "formatted" | "raw";
  /** Would it take a record of this severity (a number of OpenTelemetry)? */
  wants(severityNumber: number): boolean;
  /**
   * Takes a record in. `false`: it is not for this one, and the provider's exporters are to get it.
   *
   * @param skip the hook's function: the caller is above it
   */
  hear(record: ReadableLogRecord, context: api.Context, target: object, skip: (...args: never[]) => unknown): boolean;
  /** Runs the provider's own processors: what they print meanwhile is no record. */
  through(run: () => void): void;
}

interface Listener {
  readonly ear: Ear;
  readonly provider: OtelLoggerProvider;
  readonly state: SharedState;
}

/**
 * Listens to a provider of OpenTelemetry's SDK, of either generation: each record once, of loggers made before and after.
 *
 * @returns how to stop; `null`: it is no provider of the SDK
 */
export function tap(provider: OtelLoggerProvider, ear: Ear): (() => void) | null {
  const state = sharedStateOf(provider);
  if (!state) return null;
  const enable = enableAlways(state, ear);
  const unwatch = watchEmits(provider);
  const leave = patchMethod<Listener>(state.activeProcessor, "onEmit", { ear, provider, state }, heard);
  return () => {
    leave();
    unwatch();
    enable();
  };
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
    const emission: Emission = { listeners: site.subscribers, record, context, skip: onEmit };
    emitThrough(emission, () => void site.original.apply(this, args));
    return undefined;
  };
}

/** A record on its way through a provider whose processors `original` runs. */
interface Emission {
  readonly listeners: readonly Listener[];
  readonly record: ReadableLogRecord;
  readonly context: api.Context;
  readonly skip: (...args: never[]) => unknown;
}

function emitThrough(emission: Emission, original: () => void): void {
  if (isTaken(emission, "raw")) return;
  const isReplaced = emission.listeners.some(({ ear }) => ear.mode === "replace" && ear.stage === "formatted");
  if (isReplaced) {
    emitChanged(emission);
    return;
  }
  try {
    throughAll(emission.listeners, original);
  } finally {
    isTaken(emission, "formatted");
  }
}

/** What the processors that hold no exporter have hidden stays hidden; the others run where nobody takes the record over. */
function emitChanged(emission: Emission): void {
  const { listeners } = emission;
  const processors = listeners[0]?.state.processors ?? [];
  throughAll(listeners, () => runAll(processors.filter(isChanging), emission));
  if (!isTaken(emission, "formatted")) throughAll(listeners, () => runAll(processors.filter(holdsExporter), emission));
}

function isChanging(processor: SdkProcessor): boolean {
  return !holdsExporter(processor);
}

/** Lets those of a stage hear the record; has one of them taken it over? */
function isTaken({ listeners, record, context, skip }: Emission, stage: Ear["stage"]): boolean {
  let isOver = false;
  for (const { ear, provider } of listeners)
    if (ear.stage === stage && ear.hear(record, context, provider, skip) && ear.mode === "replace") isOver = true;
  return isOver;
}

function throughAll(listeners: readonly Listener[], run: () => void): void {
  const [first, ...rest] = listeners;
  if (first) first.ear.through(() => throughAll(rest, run));
  else run();
}

function runAll(processors: readonly SdkProcessor[], { record, context }: Emission): void {
  for (const processor of processors) processor.onEmit(record, context);
}
