import type { Context } from "@opentelemetry/api";

/** What `Logger.emit` of either generation of OpenTelemetry's logs API takes. */
export interface OtelLogRecord {
  /** An hrtime `[seconds, nanoseconds]`, milliseconds since 1970, or a `Date`. */
  readonly timestamp?: unknown;
  readonly observedTimestamp?: unknown;
  readonly severityNumber?: number | undefined;
  readonly severityText?: string | undefined;
  readonly body?: unknown;
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
  readonly eventName?: string | undefined;
  /** What was thrown. */
  readonly exception?: unknown;
  readonly context?: Context | undefined;
}

/** A logger of either generation, structural. */
export interface OtelLogger {
  emit(record: OtelLogRecord): void;
  enabled?(options?: {
    readonly context?: Context;
    readonly severityNumber?: number;
    readonly eventName?: string;
  }): boolean;
}

/** What `getLogger` takes beside name and version. */
export interface OtelLoggerOptions {
  readonly schemaUrl?: string | undefined;
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
}

/** A logger provider of either generation, structural: every copy's is accepted. */
export interface OtelLoggerProvider {
  getLogger(name: string, version?: string, options?: OtelLoggerOptions): OtelLogger;
  forceFlush?(options?: { readonly timeoutMillis?: number }): Promise<void>;
  shutdown?(): Promise<void>;
}
