import type { GrpcCredentials, GrpcExporterModule } from "./runtime.ts";

/** @see Runtime.loadGrpcExporter */
export function loadGrpcExporter(): Promise<GrpcExporterModule> {
  return import("@opentelemetry/exporter-logs-otlp-grpc").catch(missing) as Promise<GrpcExporterModule>;
}

/** @see Runtime.loadGrpcCredentials */
export async function loadGrpcCredentials(): Promise<GrpcCredentials> {
  const { credentials } = await import("@grpc/grpc-js").catch(missing);
  return {
    insecure: () => credentials.createInsecure(),
    secure: ({ certificate, clientKey, clientCertificate }) =>
      credentials.createSsl(bufferOf(certificate), bufferOf(clientKey), bufferOf(clientCertificate)),
  };
}

/** Bundlers go on without an optional package where its import has a handler. */
function missing(error: unknown): never {
  throw error;
}

/** Other bytes are refused there. */
function bufferOf(bytes: Uint8Array | undefined): Buffer | null {
  return bytes === undefined ? null : Buffer.from(bytes);
}
