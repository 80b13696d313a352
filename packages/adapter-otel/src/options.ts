import type { DeliverySettings } from "./delivery/delivery-options.ts";
import type { SdkLogRecordExporter } from "./delivery/sdk-exporter.ts";
import type { SpoolOptions } from "./delivery/spool.ts";
import type { HeadersOption } from "./exporters/request-headers.ts";
import type { ResourceLike } from "./options/resource.ts";

/** How records go to a collector. */
export type OtlpProtocol = "http/protobuf" | "http/json" | "grpc";

/** A LoggerProvider of either generation of OpenTelemetry's API; structural, so that every copy's is accepted. */
export interface LoggerProviderLike {
  getLogger(name: string, version?: string, options?: object): object;
}

/** The name under which records stand, instead of that of each one's logger. */
export interface ScopeOption {
  readonly name: string;
  readonly version?: string;
  readonly schemaUrl?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** Limits of a record's attributes; `OTEL_LOGRECORD_ATTRIBUTE_…_LIMIT` and `OTEL_ATTRIBUTE_…_LIMIT` set them, too. */
export interface LogRecordLimits {
  /** At most so many attributes; an exception's and the caller's are kept first, what is more is counted in the record. Default: no limit. */
  readonly attributeCountLimit?: number;
  /** Texts in attributes have at most so many UTF-16 units. Default: no limit. */
  readonly attributeValueLengthLimit?: number;
}

/**
 * Options of `otelSink()`.
 *
 * With none about the way (`provider`, `exporter`, or anything that says how to send), records go through the LoggerProvider that the
 * application has registered, as soon as there is one, and by HTTP to the collector that the `OTEL_…` variables name where there is none.
 */
export interface OtelSinkOptions extends Omit<DeliverySettings, "exportTimeoutMs"> {
  /** Records go through this LoggerProvider: its resource, processors and exporters apply, and what these lose is lost. */
  readonly provider?: LoggerProviderLike;
  /** Records go to this exporter of the SDK, by a delivery of our own: its queue, retries and spool. */
  readonly exporter?: SdkLogRecordExporter;
  /** Default: `OTEL_EXPORTER_OTLP_PROTOCOL`, else `"http/protobuf"`. `"grpc"` needs `@opentelemetry/exporter-logs-otlp-grpc`. */
  readonly protocol?: OtlpProtocol;
  /**
   * Where the collector receives logs, with the path: `"http://localhost:4318/v1/logs"`; for gRPC `"http://localhost:4317"`. Default:
   * `OTEL_EXPORTER_OTLP_ENDPOINT` (with `/v1/logs` added for HTTP), else these two.
   */
  readonly url?: string | URL;
  /**
   * Headers of each request, or a function that is asked for them before each, also an asynchronous one. They come over `OTEL_EXPORTER_OTLP_HEADERS`.
   * Those that say what the body is (`content-type`, …) are set by the sink, and refused here.
   */
  readonly headers?: HeadersOption;
  /** How long one request may take, in milliseconds. Default: `OTEL_EXPORTER_OTLP_TIMEOUT`, else 10,000. */
  readonly timeoutMs?: number;
  /** Default: `OTEL_EXPORTER_OTLP_COMPRESSION`, else `"none"`. */
  readonly compression?: "gzip" | "none";
  /** The certificate to trust, as PEM: a file's path, or the contents. Default: `OTEL_EXPORTER_OTLP_CERTIFICATE`, else those of the runtime. */
  readonly certificate?: string | Uint8Array;
  /** The client's key, as PEM, likewise. Default: `OTEL_EXPORTER_OTLP_CLIENT_KEY`, which may have either, too. */
  readonly clientKey?: string | Uint8Array;
  /** The client's certificate, as PEM, likewise. Default: `OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE`. */
  readonly clientCertificate?: string | Uint8Array;
  /** gRPC to an address without a scheme (`collector:4317`) is not encrypted. Default: `OTEL_EXPORTER_OTLP_INSECURE`, else `false`. */
  readonly insecure?: boolean;
  /** Attributes of the resource, or a Resource of the SDK; they come over `OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES` and what is known of the process. */
  readonly resource?: Readonly<Record<string, unknown>> | ResourceLike;
  /** The scope of all records. Default: each record's own name. */
  readonly scope?: string | ScopeOption;
  /** OpenTelemetry's numbers (1 to 24) for levels by name. Default: by the level's number, see the README. */
  readonly severity?: Readonly<Record<string, number>>;
  /** Attributes of every record. What a record has itself comes over them. */
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** Write `code.*`, and name scopes after the caller's module. It costs a look at the stack for each record. Default `true`. */
  readonly code?: boolean;
  /** Write the message's template and its arguments. Default `false`. */
  readonly template?: boolean;
  /** Give each record a `log.record.uid`, by which a store can tell what arrived twice. Default: `true` with a spool, else `false`. */
  readonly uid?: boolean;
  readonly logRecordLimits?: LogRecordLimits;
  /** Where records lie on disk that could not be sent, until they are. Default: nowhere. */
  readonly spool?: SpoolOptions;
  /** SIGTERM, SIGINT and SIGHUP flush for up to `exitTimeoutMs`; where nobody else listens, the process then ends by the signal. Default `false`. */
  readonly handleSignals?: boolean;
  /** Take the messages of OpenTelemetry's own diagnostics (`forwardDiag()`) too. Default `false`: they would speak of their own sending. */
  readonly includeDiag?: boolean;
  /**
   * What other libraries give to OpenTelemetry's logs API is sent as well, through this sink's handler: a LoggerProvider of ours is registered
   * where there is none. Default `false`.
   */
  readonly registerGlobal?: boolean;
}
