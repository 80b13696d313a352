import { isLater, isOfRequest } from "./http-status.ts";
import type { Outcome } from "./outcome.ts";
import { retryDelayMs } from "./retry-info.ts";

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
  if (isLater(status)) return { kind: "later", error };
  return isOfRequest(status) ? { kind: "refused", error, whole: true } : { kind: "refused", error };
}

function isHttpStatus(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 100 && (value as number) < 600;
}

/** The status of an answer, where the errors of usual HTTP clients have it. */
function statusOf(error: unknown): number | undefined {
  const places = [read(error, "statusCode"), read(error, "status"), read(read(error, "response"), "status")];
  return [...places, read(read(error, "response"), "statusCode")].find(isHttpStatus);
}

/**
 * What the error says that an exporter of OpenTelemetry's SDK, or another one of its kind, has given for a batch.
 *
 * HTTP 408, 429, 502, 503 and 504, gRPC 1, 4, 10, 11, 14 and 15, and 8 where it brings a RetryInfo: the batch may be sent again. All other
 * codes, and errors of the language such as a TypeError: it is refused; whole where the request is at fault, not a record. An error that
 * says nothing of its kind, such as one of the network: again. A status is read from `code`, `statusCode`, `status` and `response`.
 *
 * @example
 * outcomeOfError(Object.assign(new Error("Bad Request"), { code: 400 })).kind; // "refused"
 */
export function outcomeOfError(error: unknown): Outcome {
  const code = read(error, "code");
  const isNumber = typeof code === "number" && Number.isInteger(code) && code > 0;
  if (isNumber && code <= MOST_GRPC) return grpcOutcome(code, error);
  const status = isHttpStatus(code) ? code : statusOf(error);
  if (status !== undefined) return httpOutcome(status, error);
  if (isNumber) return { kind: "refused", error };
  const name = read(error, "name");
  const isFault = typeof code !== "string" && typeof name === "string" && FAULTS.has(name);
  if (isFault || read(error, "message") === NOTHING_TO_SEND) return { kind: "refused", error };
  return { kind: "later", error };
}
