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
