import type { Context } from "@opentelemetry/api";
import type { ReadableLogRecord } from "../otlp/readable.ts";
import type { OtelLogger, OtelLoggerProvider } from "../providers.ts";

/** A processor of the SDK, of both generations. */
export interface SdkProcessor {
  onEmit(record: ReadableLogRecord, context?: Context): void;
  enabled?(options: { readonly severityNumber?: number }): boolean;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/** What all loggers of a provider share: each record passes `activeProcessor.onEmit`, looked up at each call. */
export interface SharedState {
  readonly activeProcessor: SdkProcessor;
  /** Asked whether a logger is enabled, and run one after the other. */
  processors: readonly SdkProcessor[];
}

/** The shared state of a provider of OpenTelemetry's SDK; `null`: it is none. */
export function sharedStateOf(provider: OtelLoggerProvider): SharedState | null {
  const { _sharedState: state } = provider as { readonly _sharedState?: Partial<SharedState> };
  const isSdk = typeof state?.activeProcessor?.onEmit === "function" && Array.isArray(state.processors);
  return isSdk ? (state as SharedState) : null;
}

/** What the loggers of a provider have their `emit` from. */
export function emitterOf(provider: OtelLoggerProvider): object {
  const logger: OtelLogger = provider.getLogger("@logbridge/adapter-otel");
  let owner: object = logger;
  while (!Object.hasOwn(owner, "emit")) owner = Object.getPrototypeOf(owner) as object;
  return owner;
}

const DEEPEST = 4;

const known = new WeakMap<SdkProcessor, boolean>();

/** Does the processor, or one that it hands on to, hold an exporter? Others only change records, to hide something for instance. */
export function holdsExporter(processor: SdkProcessor): boolean {
  let holds = known.get(processor);
  if (holds === undefined) known.set(processor, (holds = reachesExporter(processor, DEEPEST, new Set())));
  return holds;
}

function reachesExporter(value: unknown, depth: number, seen: Set<unknown>): boolean {
  if (typeof value !== "object" || value === null || seen.has(value)) return false;
  seen.add(value);
  if (isExporter(value)) return true;
  if (depth === 0) return false;
  return Object.values(Object.getOwnPropertyDescriptors(value)).some((found: PropertyDescriptor) =>
    reachesExporter(found.value, depth - 1, seen),
  );
}

function isExporter(value: object): boolean {
  return methodOf(value, "export") && methodOf(value, "shutdown");
}

function methodOf(value: object, key: string): boolean {
  for (let at: object | null = value; at; at = Object.getPrototypeOf(at) as object | null) {
    const found = Object.getOwnPropertyDescriptor(at, key);
    if (found) return typeof found.value === "function";
  }
  return false;
}
