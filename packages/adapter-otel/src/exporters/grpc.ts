import { LogbridgeError } from "@logbridge/core";
import { runtime } from "#runtime";
import type { BatchExporter, Outcome } from "../delivery/outcome.ts";
import { type SdkLogRecordExporter, sdkExporter } from "../delivery/sdk-exporter.ts";
import type { ReadableLogRecord } from "../otlp/readable.ts";
import type { TlsFiles } from "../runtime/runtime.ts";
import { currentHeaders, type HeadersOption } from "./request-headers.ts";

/** Where an exporter sends to by gRPC, and how. */
export interface GrpcTarget {
  /** With a scheme. */
  readonly url: string;
  readonly secure: boolean;
  readonly compression: "gzip" | "none";
  /** What the environment says; `headers` comes over it. */
  readonly fixedHeaders: Readonly<Record<string, string>>;
  readonly headers?: HeadersOption | undefined;
  readonly tls: TlsFiles;
}

/** What makes OpenTelemetry's exporter, once the packages are there. */
type MakeExporter = (headers: Readonly<Record<string, string>>, timeoutMs: number) => SdkLogRecordExporter;

/** Sends batches by OTLP over gRPC, through OpenTelemetry's own exporter. */
class GrpcExporter implements BatchExporter<ReadableLogRecord> {
  readonly #target: GrpcTarget;
  readonly #failed: (error: unknown) => void;
  #make: Promise<MakeExporter> | null = null;
  #hasFailed = false;
  /** The exporter in use, and the headers that it was made with: it asks for them once. */
  #current: { readonly key: string; readonly exporter: BatchExporter<ReadableLogRecord> } | null = null;
  readonly #closing = new Set<Promise<void>>();

  /** @param failed hears, once, that a package is missing */
  constructor(target: GrpcTarget, failed: (error: unknown) => void) {
    this.#target = target;
    this.#failed = failed;
    // At once: whoever lacks the package is to hear of it before there is a record.
    this.#maker().catch(() => {});
  }

  async export(items: readonly ReadableLogRecord[], timeoutMs: number): Promise<Outcome> {
    try {
      const make = await this.#maker();
      const headers = await currentHeaders(this.#target.fixedHeaders, this.#target.headers, timeoutMs, "grpc");
      return await this.#exporterWith(headers, make, timeoutMs).export(items, timeoutMs);
    } catch (error) {
      return { kind: "later", error };
    }
  }

  async flush(): Promise<void> {
    await this.#current?.exporter.flush?.();
  }

  async close(): Promise<void> {
    if (this.#current) this.#retire(this.#current.exporter);
    await Promise.all(this.#closing);
  }

  /** Tried again by each export: packages are exchanged below running processes. */
  #maker(): Promise<MakeExporter> {
    this.#make ??= loadedMaker(this.#target).catch((error: unknown) => {
      this.#make = null;
      if (!this.#hasFailed) this.#failed(error);
      this.#hasFailed = true;
      throw error;
    });
    return this.#make;
  }

  #exporterWith(
    headers: Readonly<Record<string, string>>,
    make: MakeExporter,
    timeoutMs: number,
  ): BatchExporter<ReadableLogRecord> {
    const key = JSON.stringify(headers);
    if (this.#current?.key === key) return this.#current.exporter;
    if (this.#current) this.#retire(this.#current.exporter);
    const exporter = sdkExporter(make(headers, timeoutMs));
    this.#current = { key, exporter };
    return exporter;
  }

  /** Ends when what it has under way is done. */
  #retire(exporter: BatchExporter<ReadableLogRecord>): void {
    const closing = Promise.resolve(exporter.close?.())
      .catch(() => {})
      .then(() => void this.#closing.delete(closing));
    this.#closing.add(closing);
  }
}

async function loadedMaker({ url, secure, compression, tls }: GrpcTarget): Promise<MakeExporter> {
  const { OTLPLogExporter } = await installed("@opentelemetry/exporter-logs-otlp-grpc", runtime.loadGrpcExporter());
  const credentials = await credentialsFor(url, secure, tls);
  return (headers, timeoutMillis) =>
    new OTLPLogExporter({
      url,
      compression,
      timeoutMillis,
      metadata: metadataOf(headers),
      ...(credentials && { credentials }),
    }) as SdkLogRecordExporter;
}

/** The exporter knows what the scheme says; certificates and a socket's file are said by us. */
async function credentialsFor(url: string, secure: boolean, tls: TlsFiles): Promise<object | null> {
  const { certificate, clientKey, clientCertificate } = tls;
  const hasFiles = Boolean(certificate ?? clientKey ?? clientCertificate);
  if (!url.startsWith("unix:") && !(secure && hasFiles)) return null;
  const credentials = await installed("@grpc/grpc-js", runtime.loadGrpcCredentials());
  return secure ? credentials.secure(tls) : credentials.insecure();
}

/** As much of gRPC's Metadata as the exporter reads. */
function metadataOf(headers: Readonly<Record<string, string>>): object {
  return {
    clone: () => metadataOf(headers),
    getMap: () => ({ ...headers }),
  };
}

async function installed<Module>(name: string, loading: Promise<Module>): Promise<Module> {
  try {
    return await loading;
  } catch (cause) {
    throw new LogbridgeError(
      "LB1632",
      `otelSink(): protocol "grpc" needs the package ${name}: install it, or use "http/protobuf"; the records are kept meanwhile`,
      { cause },
    );
  }
}

/**
 * An exporter that sends batches by OTLP over gRPC.
 *
 * @param failed hears, once, that a package is missing
 */
export function grpcExporter(target: GrpcTarget, failed: (error: unknown) => void): BatchExporter<ReadableLogRecord> {
  return new GrpcExporter(target, failed);
}
