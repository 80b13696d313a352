import type { Spool, SpoolOptions } from "../delivery/spool.ts";

/** A request to a collector. */
export interface HttpRequest {
  readonly headers: Readonly<Record<string, string>>;
  /** In pieces. */
  readonly body: readonly Uint8Array[];
  readonly timeoutMs: number;
  /** Called when the request is made once more, because a connection that was kept turned out to be broken. */
  readonly again?: () => void;
}

/** What the collector answered. */
export interface HttpResponse {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly contentType: string | null;
  /** Where a redirect leads. */
  readonly location: string | null;
  /** `null`: it was larger than anything that a collector has to say, or did not come to its end. */
  readonly body: Uint8Array | null;
}

/** Sends to one address, over connections that are kept. */
export interface HttpSender {
  /** Rejects where no answer comes: no connection, or none within `timeoutMs`. Follows no redirects. */
  send(request: HttpRequest): Promise<HttpResponse>;
  /** Ends what is under way; nothing is sent after that. */
  close(): void;
}

/** The contents of certificate files, as PEM. */
export interface TlsFiles {
  readonly certificate?: Uint8Array | undefined;
  readonly clientKey?: Uint8Array | undefined;
  readonly clientCertificate?: Uint8Array | undefined;
}

/** Which of the files is at fault, and why. */
export interface TlsFault {
  readonly name: keyof TlsFiles;
  readonly cause: unknown;
}

export interface HttpSenderOptions {
  readonly url: URL;
  readonly compression: "gzip" | "none";
  readonly tls: TlsFiles;
}

/** As much of a collector's answer as is read: 4 MiB. */
export const MOST_ANSWERED: number = 4 * 1024 * 1024;

/** What differs by runtime. One implementation is chosen by the `#runtime` entry of package.json "imports". */
export interface Runtime {
  /** The value of `telemetry.sdk.language`. */
  readonly language: string;
  /** The program that runs us, as `service.name` shows it where nobody says a better one. */
  readonly executable: string;
  /** The environment variable; `undefined` where there is none, or no environment. */
  env(name: string): string | undefined;
  /** What a resource says of this process and its machine. */
  processAttributes(): Readonly<Record<string, string | number>>;
  /** The file's bytes. Throws where it cannot be read, and where there are no files. */
  readFile(path: string): Uint8Array;
  /** What keeps these certificates from being used; `null`: nothing does. */
  tlsFault(tls: TlsFiles): TlsFault | null;
  /** Writes to the real stdout, which nobody has patched; never throws. */
  writeStdout(text: string): void;
  createHttpSender(options: HttpSenderOptions): HttpSender;
  /** OpenTelemetry's own exporter for gRPC. Rejects where the package is not installed. */
  loadGrpcExporter(): Promise<GrpcExporterModule>;
  /** gRPC itself, for certificates. Rejects where the package is not installed. */
  loadGrpcCredentials(): Promise<GrpcCredentials>;
  /** The logs API of the 2.x line: every copy that the application and its packages have loaded, as far as the runtime tells. */
  loadedApiLogs(): readonly ApiLogsModule[];
  /**
   * What keeps a spool from working in this folder, which may be missing yet; `null`: nothing that can be known before it is written. Makes
   * nothing.
   */
  spoolFault(dir: string): unknown;
  /** @throws LogbridgeError LB1612 where the runtime has no files */
  openSpool(options: SpoolOptions): Spool;
  /**
   * Runs `work` as an export: what it logs, then and later, is not to be exported in its turn, and connections that it opens keep no process
   * alive. Where the runtime has no asynchronous contexts only what it does at once counts.
   */
  asExport<T>(work: () => T): T;
  /** Is the caller part of an export, begun by whichever copy of this package? */
  isInExport(): boolean;
  /**
   * Calls `work` whenever the process has nothing left to do, and keeps it alive until the promise is settled. In a browser: when the page
   * is hidden. Gives how to forget it.
   */
  onBeforeExit(work: () => Promise<unknown> | undefined): () => void;
  /** Calls `work` when the process ends and nothing can be awaited any more. */
  onExit(work: () => void): () => void;
  /**
   * Calls `work` when the process is told to end (SIGTERM, SIGINT, SIGHUP). Where nobody else listens, the process then ends by that signal
   * as it would have, and `last` is called before that.
   */
  onSignal(work: () => Promise<unknown>, last?: () => void): () => void;
}

/** The part of `@opentelemetry/exporter-logs-otlp-grpc` that is used. */
export interface GrpcExporterModule {
  readonly OTLPLogExporter: new (options: object) => object;
}

/** Makes credentials of `@grpc/grpc-js`. */
export interface GrpcCredentials {
  /** Throws where a file is no certificate or key. */
  secure(tls: TlsFiles): object;
  insecure(): object;
}

/** The part of `@opentelemetry/api-logs` that is used. */
export interface ApiLogsModule {
  readonly logs: { setGlobalLoggerProvider(provider: object): object; disable?(): void };
}
