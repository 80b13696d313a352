import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { LogbridgeError } from "@logbridge/core";
import { expect, onTestFinished, test } from "vitest";
import { MOST_ANSWERED } from "../src/runtime/runtime.ts";
import { runtime } from "../src/runtime/web.ts";

interface Seen {
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** What browsers do is done by `fetch`, which Node has too. */
async function serving(
  status: number,
  headers: Record<string, string> = {},
  body: string | Uint8Array = "",
): Promise<{ readonly url: URL; readonly seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      seen.push({ headers: request.headers, body: Buffer.concat(parts) });
      if (status > 0) response.writeHead(status, headers).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/logs`), seen };
}

const body = ["a batch ", "of records"].map((piece) => new TextEncoder().encode(piece));

test.each(["none", "gzip"] as const)("a request has headers and body, compression %s", async (compression) => {
  const { url, seen } = await serving(200, { "content-type": "application/json", "retry-after": "3" }, "{}");
  const sender = runtime.createHttpSender({ url, compression, tls: {} });
  const answer = await sender.send({ headers: { "api-key": "x", "content-type": "a/b" }, body, timeoutMs: 5_000 });
  sender.close();
  expect(answer).toMatchObject({ status: 200, contentType: "application/json", retryAfter: "3", location: null });
  expect(new TextDecoder().decode(answer.body ?? undefined)).toBe("{}");
  const [request] = seen as [Seen];
  expect(request.headers).toMatchObject({ "api-key": "x", "content-type": "a/b" });
  const sent = compression === "gzip" ? gunzipSync(request.body) : request.body;
  expect(String(sent)).toBe("a batch of records");
});

test("a redirect is not followed", async () => {
  const elsewhere = await serving(200);
  const { url } = await serving(302, { location: elsewhere.url.href });
  const { status } = await runtime
    .createHttpSender({ url, compression: "none", tls: {} })
    .send({ headers: {}, body, timeoutMs: 5_000 });
  expect(status).toBe(302);
  expect(elsewhere.seen).toEqual([]);
});

test("no answer in time is a rejection, and a larger answer than any is none", async () => {
  const silent = await serving(0);
  const late = runtime.createHttpSender({ url: silent.url, compression: "none", tls: {} });
  await expect(late.send({ headers: {}, body, timeoutMs: 50 })).rejects.toThrow();
  const { url } = await serving(200, {}, new Uint8Array(MOST_ANSWERED + 1));
  const sender = runtime.createHttpSender({ url, compression: "none", tls: {} });
  expect((await sender.send({ headers: {}, body, timeoutMs: 20_000 })).body).toBeNull();
});

test("what browsers lack is refused with a code", async () => {
  expect(() => runtime.readFile("ca.pem")).toThrow(LogbridgeError);
  await expect(runtime.loadGrpcExporter()).rejects.toMatchObject({ code: "LB1640" });
  expect(() => runtime.openSpool({ dir: "spool" })).toThrow(/LB1612/);
  expect(runtime.env("NO_SUCH_VARIABLE")).toBeUndefined();
});
