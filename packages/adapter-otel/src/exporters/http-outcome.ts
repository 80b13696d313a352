import { LogbridgeError } from "@logbridge/core";
import { isLater, isOfRequest } from "../delivery/http-status.ts";
import type { Outcome } from "../delivery/outcome.ts";
import { shownAddress } from "../options/shown-address.ts";
import type { HttpResponse } from "../runtime/runtime.ts";
import { readPartialSuccess } from "./partial-success.ts";
import { parseRetryAfter } from "./retry-after.ts";

/** What login pages, and servers at a wrong address, answer with: never a collector. */
const PAGE = /^\s*(text\/html|application\/xhtml\+xml)\b/i;

const MOST_SHOWN = 300;

/**
 * What a collector's answer means for the batch.
 *
 * @param nowMs milliseconds since 1970, for a `Retry-After` that is a date
 * @param path of the address that was asked
 */
export function outcomeOfAnswer(answer: HttpResponse, nowMs: number, path: string): Outcome {
  const { status } = answer;
  if (status >= 200 && status < 300) {
    if (isPage(answer)) return { kind: "later", error: noCollector(answer) };
    const { rejected, message } = readPartialSuccess(answer.body, answer.contentType);
    return rejected === 0 && message === "" ? { kind: "sent" } : { kind: "sent", rejected, message };
  }
  const hint = status === 404 && path === "/" ? "; the address has no path, and collectors take logs at /v1/logs" : "";
  const error = new LogbridgeError("LB1642", `the collector answered ${status}${told(answer)}${hint}`);
  if (!isLater(status)) return { kind: "refused", error, whole: isOfRequest(status) };
  const afterMs = parseRetryAfter(answer.retryAfter, nowMs);
  return afterMs === undefined ? { kind: "later", error } : { kind: "later", error, afterMs };
}

/** Whoever answers so has not read the records. It may be a notice of maintenance, so that they are kept. */
function isPage({ body, contentType }: HttpResponse): boolean {
  return PAGE.test(contentType ?? "") && (body === null || body.length > 0);
}

function noCollector(answer: HttpResponse): LogbridgeError {
  return new LogbridgeError(
    "LB1642",
    `no collector of logs is at this address: the answer is a page (${answer.status}, ${answer.contentType})`,
  );
}

function told({ status, location, body, contentType }: HttpResponse): string {
  if (status >= 300 && status < 400)
    return location === null
      ? ", a redirect; none is followed"
      : `, a redirect to ${shownAddress(location)}; none is followed`;
  if (body === null || body.length === 0 || !/\b(json|text|html)\b/i.test(contentType ?? "")) return "";
  const text = new TextDecoder().decode(body.subarray(0, MOST_SHOWN)).trim();
  return text === "" ? "" : `: ${text}`;
}
