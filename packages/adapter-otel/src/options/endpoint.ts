import { LogbridgeTypeError } from "@logbridge/core";
import { shownAddress } from "./shown-address.ts";
import { textOf, warnOfVariable } from "./variables.ts";

/** Where logs are received at an address that stands for all signals. */
const PATH = "v1/logs";

const SPECIFIC = "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT";
const GENERAL = "OTEL_EXPORTER_OTLP_ENDPOINT";

function parseHttp(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && (url.protocol === "http:" || url.protocol === "https:") ? url : null;
}

/**
 * Where logs go by HTTP: the option and the variable for logs are taken as they are, `/v1/logs` is added to the one for all signals.
 *
 * @throws LogbridgeTypeError LB1630 for an option that is no address
 */
export function httpEndpoint(option: string | URL | undefined): URL {
  if (option !== undefined) {
    const url = parseHttp(String(option));
    if (url !== null) return url;
    throw new LogbridgeTypeError(
      "LB1630",
      `otelSink(): option url must be an http: or https: address with its path, such as "http://localhost:4318/v1/logs", got ${JSON.stringify(shownAddress(String(option)))}`,
    );
  }
  const specific = endpointOf(SPECIFIC);
  if (specific !== null) return specific;
  const general = endpointOf(GENERAL) ?? new URL("http://localhost:4318");
  general.pathname = general.pathname.replace(/\/?$/, `/${PATH}`);
  return general;
}

function endpointOf(name: string): URL | null {
  const text = textOf(name);
  if (text === undefined) return null;
  const url = parseHttp(text);
  if (url === null) warnOfVariable(name, "an http: or https: address", text);
  return url;
}

/** An address of gRPC: where it is, and whether the connection is encrypted. */
export interface GrpcEndpoint {
  /** As the exporter takes it, with a scheme. */
  readonly url: string;
  readonly secure: boolean;
}

/**
 * Where logs go by gRPC: a host and a port, without a path. Without a scheme (`collector:4317`) the connection is encrypted, unless `insecure` says otherwise.
 *
 * @throws LogbridgeTypeError LB1630 for an option that is no address
 */
export function grpcEndpoint(option: string | URL | undefined, insecure: boolean): GrpcEndpoint {
  if (option !== undefined) {
    const endpoint = parseGrpc(String(option), insecure);
    if (endpoint !== null && !hasPath(endpoint.url)) return endpoint;
    throw new LogbridgeTypeError(
      "LB1630",
      `otelSink(): option url must be an address of gRPC, a host and a port such as "http://localhost:4317" or "collector:4317", without a path, got ${JSON.stringify(shownAddress(String(option)))}`,
    );
  }
  for (const name of [SPECIFIC, GENERAL]) {
    const text = textOf(name);
    if (text === undefined) continue;
    const endpoint = parseGrpc(text, insecure);
    if (endpoint !== null) return endpoint;
    warnOfVariable(name, "an address of gRPC", text);
  }
  return { url: "http://localhost:4317", secure: false };
}

function parseGrpc(text: string, insecure: boolean): GrpcEndpoint | null {
  if (text.startsWith("unix:")) return { url: text, secure: !insecure };
  const scheme = /^(\w+):\/\//.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== "http" && scheme !== "https") return null;
  const secure = scheme === undefined ? !insecure : scheme === "https";
  const url = scheme === undefined ? `${secure ? "https" : "http"}://${text}` : text;
  return URL.canParse(url) ? { url, secure } : null;
}

/** gRPC has its own paths: whoever gives one means another protocol. */
function hasPath(url: string): boolean {
  const { protocol, pathname, search } = new URL(url);
  return protocol !== "unix:" && (pathname.length > 1 || search !== "");
}
