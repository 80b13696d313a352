import type { Outcome } from "./outcome.ts";
import { retryDelayMs } from "./retry-info.ts";

/** Request timeout, too many requests, and what gateways say of a collector that is not there. */
const HTTP_LATER: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);
/** The fault is in the address or the credentials, not in the records. */
const HTTP_WHOLE: ReadonlySet<number> = new Set([401, 403, 404, 405, 407]);
const GRPC_RESOURCE_EXHAUSTED = 8;
/** CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS. */
const GRPC_LATER: ReadonlySet<number> = new Set([1, 4, 10, 11, 14, 15]);
/** PERMISSION_DENIED, UNIMPLEMENTED, UNAUTHENTICATED. */
const GRPC_WHOLE: ReadonlySet<number> = new Set([7, 12, 16]);
const MOST_GRPC = 16;
/** Programming errors: the records, not the network, have made the exporter fail. */
const FAULTS: ReadonlySet<string> = new Set(["TypeError", "RangeError", "SyntaxError", "ReferenceError", "URIError"]);
/** What the exporters of the SDK say without a code when it comes to nothing though they could encode the batch. */
const NOTHING_TO_SEND = "Nothing to send";

/** A property that is data, or that a class of gRPC's or the SDK's computes; `undefined` where reading it fails. */
function read(value: unknown, key: string): unknown {
  try {
    return (value as Readonly<Record<string, unknown>> | null | undefined)?.[key];
  } catch {
    return undefined;
  }
}

/** The trailer in which gRPC's details stand. */
function statusDetails(error: unknown): Uint8Array | null {
  const metadata = read(error, "metadata") as { get?: (key: string) => readonly unknown[] } | undefined;
  try {
    const [details] = metadata?.get?.("grpc-status-details-bin") ?? [];
    return details instanceof Uint8Array ? details : null;
  } catch {
    return null;
  }
}

function grpcOutcome(code: number, error: unknown): Outcome {
  const details = statusDetails(error);
  const afterMs = details ? retryDelayMs(details) : null;
  if (GRPC_LATER.has(code) || (code === GRPC_RESOURCE_EXHAUSTED && afterMs !== null))
    return afterMs === null ? { kind: "later", error } : { kind: "later", error, afterMs };
  return GRPC_WHOLE.has(code) ? { kind: "refused", error, whole: true } : { kind: "refused", error };
}

function httpOutcome(status: number, error: unknown): Outcome {
  if (HTTP_LATER.has(status)) return { kind: "later", error };
  return HTTP_WHOLE.has(status) ? { kind: "refused", error, whole: true } : { kind: "refused", error };
}

/**
 * What the error says that an exporter of OpenTelemetry's SDK, or another one of its kind, has given for a batch.
 *
 * HTTP 408, 429, 502, 503 and 504, gRPC 1, 4, 10, 11, 14 and 15, and 8 where it brings a RetryInfo: the batch may be sent again. All other
 * codes, and errors of the language such as a TypeError: it is refused. An error that says nothing of its kind, such as one of the
 * network: again.
 *
 * @example
 * outcomeOfError(Object.assign(new Error("Bad Request"), { code: 400 })).kind; // "refused"
 */
export function outcomeOfError(error: unknown): Outcome {
  const code = read(error, "code");
  if (typeof code === "number" && Number.isInteger(code) && code > 0)
    return code <= MOST_GRPC ? grpcOutcome(code, error) : httpOutcome(code, error);
  const name = read(error, "name");
  const isFault = typeof code !== "string" && typeof name === "string" && FAULTS.has(name);
  if (isFault || read(error, "message") === NOTHING_TO_SEND) return { kind: "refused", error };
  return { kind: "later", error };
}
