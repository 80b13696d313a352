import { LogbridgeError } from "@logbridge/core";
import type { SdkLogRecordExporter } from "../delivery/sdk-exporter.ts";
import type { GrpcTarget } from "../exporters/grpc.ts";
import type { HttpTarget } from "../exporters/http.ts";
import type { OtelSinkOptions } from "../options.ts";
import type { TlsFiles } from "../runtime/runtime.ts";
import { grpcEndpoint, httpEndpoint } from "./endpoint.ts";
import { checkHeaders, headersOfVariables } from "./headers.ts";
import { type ResolvedTls, resolveTls, usableTls } from "./tls-files.ts";
import { booleanOf, firstOf, otlpNames, wordOf } from "./variables.ts";

/** Where our own delivery takes records. */
export type Destination =
  | { readonly kind: "http/protobuf" | "http/json"; readonly target: HttpTarget }
  | { readonly kind: "grpc"; readonly target: GrpcTarget }
  | { readonly kind: "exporter"; readonly exporter: SdkLogRecordExporter }
  | { readonly kind: "console" }
  /** Sending is switched off. */
  | { readonly kind: "none" };

/**
 * What options and variables say of where records go; options come first. `OTEL_SDK_DISABLED` switches off what is sent by ourselves,
 * whatever the options say.
 *
 * @throws LogbridgeTypeError LB1630, LogbridgeError LB1631 and LB1634 for options that are wrong
 */
export function resolveDestination(options: OtelSinkOptions): Destination {
  if (booleanOf("OTEL_SDK_DISABLED") === true) return { kind: "none" };
  if (options.exporter !== undefined) return { kind: "exporter", exporter: options.exporter };
  if (options.protocol === undefined && options.url === undefined) {
    const kind = wordOf("OTEL_LOGS_EXPORTER", ["otlp", "console", "none"]);
    if (kind === "console" || kind === "none") return { kind };
  }
  const protocol =
    options.protocol ??
    firstOf(otlpNames("PROTOCOL"), (name) => wordOf(name, ["http/protobuf", "http/json", "grpc"])) ??
    "http/protobuf";
  const carrier = protocol === "grpc" ? "grpc" : "http";
  checkHeaders(options.headers, carrier);
  const shared = {
    compression:
      options.compression ?? firstOf(otlpNames("COMPRESSION"), (name) => wordOf(name, ["gzip", "none"])) ?? "none",
    fixedHeaders: headersOfVariables(carrier),
    headers: options.headers,
  } as const;
  const tls = resolveTls(options);
  if (protocol === "grpc") {
    const insecure = options.insecure ?? firstOf(otlpNames("INSECURE"), booleanOf) ?? false;
    const endpoint = grpcEndpoint(options.url, insecure);
    return { kind: protocol, target: { ...shared, ...endpoint, tls: tlsFor(endpoint.secure, tls) } };
  }
  if (options.insecure !== undefined)
    throw new LogbridgeError(
      "LB1631",
      "otelSink(): option insecure has no effect here: over HTTP the scheme of the address says whether it is encrypted",
    );
  const url = httpEndpoint(options.url);
  return { kind: protocol, target: { ...shared, url, tls: tlsFor(url.protocol === "https:", tls) } };
}

/** Those of variables are for all addresses, encrypted or not. */
function tlsFor(secure: boolean, tls: ResolvedTls): TlsFiles {
  const [name] = tls.options;
  if (secure) return usableTls(tls);
  if (name === undefined) return {};
  throw new LogbridgeError("LB1631", `otelSink(): option ${name} has no effect here: the address is not encrypted`);
}
