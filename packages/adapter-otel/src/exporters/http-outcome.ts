import { LogbridgeError } from "@logbridge/core";
import type { Outcome } from "../delivery/outcome.ts";
import type { HttpResponse } from "../runtime/runtime.ts";
import { readPartialSuccess } from "./partial-success.ts";
import { parseRetryAfter } from "./retry-after.ts";

/** The collector may take the same request later. */
const LATER: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);
/** One of the records may be at fault: too large, or not understood. Collectors answer 400 for both. */
const OF_RECORDS: ReadonlySet<number> = new Set([400, 413, 422, 500]);

const MOST_SHOWN = 300;

/**
 * What a collector's answer means for the batch.
 *
 * @param nowMs milliseconds since 1970, for a `Retry-After` that is a date
 */
export function outcomeOfAnswer(answer: HttpResponse, nowMs: number): Outcome {
  const { status } = answer;
  if (status >= 200 && status < 300) {
    const { rejected, message } = readPartialSuccess(answer.body, answer.contentType);
    return rejected === 0 && message === "" ? { kind: "sent" } : { kind: "sent", rejected, message };
  }
  const error = new LogbridgeError("LB1642", `the collector answered ${status}${told(answer)}`);
  if (!LATER.has(status)) return { kind: "refused", error, whole: !OF_RECORDS.has(status) };
  const afterMs = parseRetryAfter(answer.retryAfter, nowMs);
  return afterMs === undefined ? { kind: "later", error } : { kind: "later", error, afterMs };
}

function told({ status, location, body, contentType }: HttpResponse): string {
  if (status >= 300 && status < 400)
    return location === null ? ", a redirect; none is followed" : `, a redirect to ${location}; none is followed`;
  if (body === null || body.length === 0 || !/\b(json|text|html)\b/i.test(contentType ?? "")) return "";
  const text = new TextDecoder().decode(body.subarray(0, MOST_SHOWN)).trim();
  return text === "" ? "" : `: ${text}`;
}
