import http from "node:http";
import https from "node:https";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { startTimer } from "../delivery/timer.ts";
import { type HttpResponse, type HttpSender, type HttpSenderOptions, MOST_ANSWERED } from "./runtime.ts";

const compress = promisify(gzip);

/** A sender over `node:http`. Its connections keep no process alive; whoever waits for an answer does. */
export function createHttpSender({ url, compression, tls }: HttpSenderOptions): HttpSender {
  const secure = url.protocol === "https:";
  // As many connections as exports run at once, which the delivery limits.
  const agentOptions = { keepAlive: true };
  const agent = secure
    ? new https.Agent({
        ...agentOptions,
        ...(tls.certificate && { ca: Buffer.from(tls.certificate) }),
        ...(tls.clientKey && { key: Buffer.from(tls.clientKey) }),
        ...(tls.clientCertificate && { cert: Buffer.from(tls.clientCertificate) }),
      })
    : new http.Agent(agentOptions);
  // Looked up at each call: what instruments these modules replaces the functions there.
  const open = (options: https.RequestOptions): http.ClientRequest => (secure ? https : http).request(url, options);
  let isClosed = false;
  return {
    async send({ headers, body, timeoutMs, again }) {
      const packed = compression === "gzip" ? [await compress(Buffer.concat(body))] : body;
      const encoding = compression === "gzip" ? { "content-encoding": "gzip" } : null;
      const all = { ...headers, ...encoding, "content-length": String(lengthOf(packed)) };
      const request = open({ method: "POST", agent, headers: all });
      try {
        return await exchange(request, packed, timeoutMs);
      } catch (error) {
        // Closing breaks connections as well, and nothing is sent after that.
        if (isClosed || !wasStale(request, error)) throw error;
        again?.();
        return exchange(open({ method: "POST", agent, headers: all }), packed, timeoutMs);
      }
    },
    close() {
      isClosed = true;
      agent.destroy();
    },
  };
}

function lengthOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((length, piece) => length + piece.length, 0);
}

/** A connection that was kept, and that the other side has ended meanwhile: no failure of anybody. */
function wasStale(request: http.ClientRequest, error: unknown): boolean {
  return request.reusedSocket && (error as NodeJS.ErrnoException).code === "ECONNRESET";
}

function exchange(request: http.ClientRequest, body: readonly Uint8Array[], timeoutMs: number): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const late = (): void => void request.destroy(new Error(`no answer within ${timeoutMs} ms`));
    request.on("close", startTimer(late, timeoutMs));
    request.on("socket", (socket) => socket.unref());
    request.on("error", reject);
    request.on("response", (response) => {
      // What breaks from here on is a matter of the answer's body.
      request.off("error", reject).on("error", () => {});
      void answer(response).then(resolve);
    });
    for (const piece of body) request.write(piece);
    request.end();
  });
}

async function answer(response: http.IncomingMessage): Promise<HttpResponse> {
  const { headers } = response;
  return {
    status: response.statusCode ?? 0,
    retryAfter: headers["retry-after"] ?? null,
    contentType: headers["content-type"] ?? null,
    location: headers.location ?? null,
    // The status has said what became of the records.
    body: await boundedBody(response).catch(() => null),
  };
}

async function boundedBody(response: http.IncomingMessage): Promise<Uint8Array | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    length += part.length;
    // Leaving the loop ends the connection.
    if (length > MOST_ANSWERED) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
