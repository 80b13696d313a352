import { type HttpResponse, type HttpSender, type HttpSenderOptions, MOST_ANSWERED } from "./runtime.ts";

/** What browsers let a page that is left behind still send, all its requests together. */
const MOST_KEPT_ALIVE = 60 * 1024;

/** The longest that browsers' timers wait. */
const LONGEST_MS = 2_147_483_647;

/** A sender over `fetch`, as it was when this was loaded. */
export function createHttpSender({ url, compression }: HttpSenderOptions): HttpSender {
  const fetch = globalThis.fetch.bind(globalThis);
  return {
    async send({ headers, body, timeoutMs }) {
      const whole = new Blob(body as Uint8Array<ArrayBuffer>[]);
      const packed = compression === "gzip" ? await compress(whole) : whole;
      const response = await fetch(url, {
        method: "POST",
        headers: { ...headers, ...(compression === "gzip" && { "content-encoding": "gzip" }) },
        body: packed,
        keepalive: packed.size <= MOST_KEPT_ALIVE,
        redirect: "manual",
        signal: AbortSignal.timeout(Math.min(timeoutMs, LONGEST_MS)),
      });
      return answer(response);
    },
    close: () => {},
  };
}

function compress(body: Blob): Promise<Blob> {
  return new Response(body.stream().pipeThrough(new CompressionStream("gzip"))).blob();
}

async function answer(response: Response): Promise<HttpResponse> {
  return {
    // A redirect that is not followed tells nothing of itself.
    status: response.type === "opaqueredirect" ? 302 : response.status,
    retryAfter: response.headers.get("retry-after"),
    contentType: response.headers.get("content-type"),
    location: response.headers.get("location"),
    // The status has said what became of the records.
    body: await boundedBody(response.body).catch(() => null),
  };
}

async function boundedBody(stream: Response["body"]): Promise<Uint8Array | null> {
  const reader = stream?.getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let length = 0; reader; ) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    parts.push(value);
    if (length <= MOST_ANSWERED) continue;
    await reader.cancel();
    return null;
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
