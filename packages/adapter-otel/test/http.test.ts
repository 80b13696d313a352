import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { encodeResponse } from "../../../test/otlp-receiver/definitions.mjs";
import type { Outcome } from "../src/delivery/outcome.ts";
import { type HttpTarget, httpExporter } from "../src/exporters/http.ts";
import type { RequestForm } from "../src/exporters/request-form.ts";
import { parseRetryAfter } from "../src/exporters/retry-after.ts";
import { type Certificates, makeCertificates } from "./certificates.ts";
import { environment, logging, receiving } from "./sink-support.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const TEXTS: RequestForm<string> = {
  contentType: "application/x-test",
  assemble: (items) => [new TextEncoder().encode(items.join("\n"))],
};

/** A server on loopback that answers as the test says, and how many connections it has seen. */
async function serving(answer: Answer): Promise<{ readonly url: URL; connections: number; readonly server: Server }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const made = { url: new URL(`http://127.0.0.1:${port}/v1/logs`), connections: 0, server };
  server.on("connection", () => made.connections++);
  return made;
}

async function exported(target: Partial<HttpTarget> & { readonly url: URL }, timeoutMs = 5_000): Promise<Outcome> {
  const exporter = httpExporter({ compression: "none", fixedHeaders: {}, tls: {}, ...target }, TEXTS);
  try {
    return await exporter.export(["a", "b"], timeoutMs);
  } finally {
    await exporter.close?.();
  }
}

function answering(status: number, headers: Record<string, string> = {}, body: string | Uint8Array = ""): Answer {
  return (request, response) => {
    request.resume().on("end", () => response.writeHead(status, headers).end(body));
  };
}

describe("what a status means", () => {
  test.each([200, 202, 204])("%d: sent", async (status) => {
    const { url } = await serving(answering(status));
    expect(await exported({ url })).toEqual({ kind: "sent" });
  });

  test.each([408, 429, 502, 503, 504])("%d: later", async (status) => {
    const { url } = await serving(answering(status));
    const outcome = await exported({ url });
    expect(outcome).toMatchObject({ kind: "later", error: { code: "LB1642" } });
    expect(outcome).not.toHaveProperty("afterMs");
  });

  test.each([400, 413, 422, 500])("%d: refused, one record may be the cause", async (status) => {
    const { url } = await serving(answering(status));
    expect(await exported({ url })).toMatchObject({ kind: "refused", whole: false });
  });

  test.each([401, 403, 404, 405, 415, 501])("%d: refused, whatever the records", async (status) => {
    const { url } = await serving(answering(status));
    expect(await exported({ url })).toMatchObject({ kind: "refused", whole: true });
  });

  test.each([
    [200, "sent"],
    [503, "later"],
    [400, "refused"],
  ])("%d whose body breaks off, or never ends: %s all the same", async (status, kind) => {
    const { url } = await serving((request, response) => {
      request.resume().on("end", () => {
        response.writeHead(status, { "content-length": "100" }).write("so");
        if (request.url?.endsWith("/broken")) setTimeout(() => response.destroy(), 20);
      });
    });
    expect(await exported({ url: new URL("/broken", url) })).toMatchObject({ kind });
    expect(await exported({ url: new URL("/endless", url) }, 100)).toMatchObject({ kind });
  });

  test("the collector's own words are in the error", async () => {
    const { url } = await serving(answering(401, { "content-type": "text/plain" }, "missing api key"));
    expect(String(((await exported({ url })) as { error: unknown }).error)).toMatch(/answered 401: missing api key/);
  });

  test("404 from an address without a path says which path collectors have", async () => {
    const { url } = await serving(answering(404));
    const said = async (at: URL): Promise<string> =>
      String(((await exported({ url: at })) as { error: unknown }).error);
    expect(await said(new URL("/", url))).toContain("collectors take logs at /v1/logs");
    expect(await said(new URL("/otlp", url))).not.toContain("/v1/logs");
  });

  test.each(["text/html; charset=utf-8", "application/xhtml+xml"])(
    "200 with a page of %s is no collector's answer: later, and said",
    async (type) => {
      const { url } = await serving(answering(200, { "content-type": type }, "<html>log in</html>"));
      const outcome = await exported({ url });
      expect(outcome).toMatchObject({ kind: "later" });
      expect(String((outcome as { error: unknown }).error)).toMatch(/no collector of logs.*a page \(200, /);
    },
  );

  test.each([
    ["text/html", ""],
    ["text/plain", "ok"],
  ])("200 with %s and %j says nothing against it: sent", async (type, body) => {
    const { url } = await serving(answering(200, { "content-type": type }, body));
    expect(await exported({ url })).toEqual({ kind: "sent" });
  });

  test("as many at once as the delivery wants", async () => {
    const waiting: ServerResponse[] = [];
    const { url } = await serving((_request, response) => {
      waiting.push(response);
      if (waiting.length === 24) for (const one of waiting) one.end();
    });
    const exporter = httpExporter({ compression: "none", fixedHeaders: {}, tls: {}, url }, TEXTS);
    const outcomes = await Promise.all(Array.from({ length: 24 }, () => exporter.export(["x"], 5_000)));
    expect(outcomes.every(({ kind }) => kind === "sent")).toBe(true);
    await exporter.close?.();
  });

  test("a redirect is refused and not followed", async () => {
    let followed = 0;
    const elsewhere = await serving((_request, response) => {
      followed++;
      response.end();
    });
    const { url } = await serving(answering(307, { location: elsewhere.url.href }));
    const outcome = await exported({ url });
    expect(outcome).toMatchObject({ kind: "refused", whole: true });
    expect(String((outcome as { error: unknown }).error)).toContain(`redirect to ${elsewhere.url.href}`);
    expect(followed).toBe(0);
  });
});

describe("Retry-After", () => {
  test.each([
    ["0", 0],
    ["7", 7_000],
    ["1.5", 1_500],
    ["Thu, 01 Jan 2026 00:00:10 GMT", 10_000],
    ["Thu, 01 Jan 2025 00:00:00 GMT", 0],
    ["-3", undefined],
    ["soon", undefined],
    ["", undefined],
    [null, undefined],
  ])("%j is %s ms", (header, ms) => {
    expect(parseRetryAfter(header, Date.parse("2026-01-01T00:00:00Z"))).toBe(ms);
  });

  test("is read from the answer", async () => {
    const { url } = await serving(answering(503, { "retry-after": "0" }));
    expect(await exported({ url })).toMatchObject({ kind: "later", afterMs: 0 });
  });
});

describe("partial success", () => {
  test("with a negative number leaves none out", async () => {
    const minusOne = [8, ...Array<number>(9).fill(0xff), 1];
    const body = Uint8Array.from([10, minusOne.length, ...minusOne]);
    const { url } = await serving(answering(200, { "content-type": "application/x-protobuf" }, body));
    expect(await exported({ url })).toEqual({ kind: "sent" });
  });

  test("of protobuf", async () => {
    const body = encodeResponse(3, "too old");
    const { url } = await serving(answering(200, { "content-type": "application/x-protobuf" }, body));
    expect(await exported({ url })).toEqual({ kind: "sent", rejected: 3, message: "too old" });
  });

  test.each([
    ['{"partialSuccess":{"rejectedLogRecords":"2","errorMessage":"no"}}', { rejected: 2, message: "no" }],
    ['{"partialSuccess":{"rejectedLogRecords":2}}', { rejected: 2, message: "" }],
    ['{"partialSuccess":{"errorMessage":"a warning"}}', { rejected: 0, message: "a warning" }],
  ])("of JSON: %s", async (body, said) => {
    const { url } = await serving(answering(200, { "content-type": "application/json" }, body));
    expect(await exported({ url })).toEqual({ kind: "sent", ...said });
  });

  test.each([
    "",
    "{}",
    '{"partialSuccess":{}}',
    "<html>",
    '{"partialSuccess":null}',
    '{"partialSuccess":{"rejectedLogRecords":"-1"}}',
  ])("an answer that says nothing of it: %j", async (body) => {
    const { url } = await serving(answering(200, { "content-type": "application/json" }, body));
    expect(await exported({ url })).toEqual({ kind: "sent" });
  });

  test("bytes that are no message say nothing", async () => {
    const { url } = await serving(
      answering(200, { "content-type": "application/x-protobuf" }, new Uint8Array([10, 200, 1, 2])),
    );
    expect(await exported({ url })).toEqual({ kind: "sent" });
  });
});

test("an answer above 4 MiB is not read to its end", async () => {
  let written = 0;
  const { url } = await serving((request, response) => {
    request.resume();
    const part = Buffer.alloc(64 * 1024, 32);
    const more = (): void => {
      while (!response.destroyed && response.write(part)) written += part.length;
      if (!response.destroyed) response.once("drain", more);
    };
    more();
  });
  expect(await exported({ url })).toEqual({ kind: "sent" });
  expect(written).toBeLessThan(64 * 1024 * 1024);
});

test("no connection, a connection that ends, and no answer in time: later", async () => {
  const free = createTcpServer();
  await new Promise<void>((resolve) => free.listen(0, "127.0.0.1", resolve));
  const { port } = free.address() as AddressInfo;
  await new Promise((resolve) => free.close(resolve));
  expect(await exported({ url: new URL(`http://127.0.0.1:${port}/`) })).toMatchObject({ kind: "later" });

  const ending = await serving((request) => void request.socket.destroy());
  expect(await exported({ url: ending.url })).toMatchObject({ kind: "later" });

  const silent = await serving(() => {});
  const outcome = await exported({ url: silent.url }, 50);
  expect(outcome).toMatchObject({ kind: "later", error: { message: "no answer within 50 ms" } });
});

describe("requests", () => {
  test("have the body's length, its type, our name, and the headers that were given", async () => {
    const seen: IncomingMessage["headers"][] = [];
    const { url } = await serving((request, response) => {
      seen.push(request.headers);
      answering(200)(request, response);
    });
    await exported({ url, fixedHeaders: { a: "1", b: "2" }, headers: { B: "3" } });
    expect(seen).toMatchObject([
      {
        "content-length": "3",
        "content-type": "application/x-test",
        "user-agent": expect.stringMatching(/^logbridge-adapter-otel\/\d/) as string,
        a: "1",
        b: "3",
      },
    ]);
  });

  test("follow one another on one connection", async () => {
    const server = await serving(answering(200));
    const exporter = httpExporter({ url: server.url, compression: "none", fixedHeaders: {}, tls: {} }, TEXTS);
    for (let index = 0; index < 5; index++) await exporter.export(["x"], 5_000);
    await exporter.close?.();
    expect(server.connections).toBe(1);
  });

  test("on a connection that the collector has closed meanwhile are made once more, which is counted", async () => {
    const served: number[] = [];
    const server = await serving((request, response) => {
      const { socket } = request;
      served.push(request.socket.remotePort ?? 0);
      // The second request finds a connection that ends.
      if (served.length === 2) socket.destroy();
      else answering(200)(request, response);
    });
    const exporter = httpExporter({ url: server.url, compression: "none", fixedHeaders: {}, tls: {} }, TEXTS);
    expect(await exporter.export(["x"], 5_000)).toEqual({ kind: "sent" });
    expect(await exporter.export(["x"], 5_000)).toEqual({ kind: "sent", repeats: 1 });
    await exporter.close?.();
    expect(served).toHaveLength(3);
    expect(server.connections).toBe(2);
  });

  test("ask a function for their headers, each anew", async () => {
    const tokens: unknown[] = [];
    const { url } = await serving((request, response) => {
      tokens.push(request.headers["authorization"]);
      answering(200)(request, response);
    });
    let asked = 0;
    const headers = async (): Promise<Record<string, string>> => ({ authorization: `token ${++asked}` });
    const exporter = httpExporter({ url, compression: "none", fixedHeaders: {}, headers, tls: {} }, TEXTS);
    await exporter.export(["x"], 5_000);
    await exporter.export(["x"], 5_000);
    await exporter.close?.();
    expect(tokens).toEqual(["token 1", "token 2"]);
  });

  test.each([
    ["throws", () => Promise.reject(new Error("no token"))],
    ["never answers", () => new Promise<never>(() => {})],
  ])("whose function for headers %s are made later", async (_what, headers) => {
    const { url } = await serving(answering(200));
    expect(await exported({ url, headers }, 50)).toMatchObject({ kind: "later", error: { code: "LB1641" } });
  });

  test("that cannot be assembled are refused", async () => {
    const { url } = await serving(answering(200));
    const assemble = (): never => {
      throw new RangeError("poison");
    };
    const exporter = httpExporter({ url, compression: "none", fixedHeaders: {}, tls: {} }, { ...TEXTS, assemble });
    expect(await exporter.export(["x"], 100)).toMatchObject({ kind: "refused", error: { message: "poison" } });
    await exporter.close?.();
  });
});

describe.each(["http/protobuf", "http/json"] as const)("%s", (protocol) => {
  test.each(["none", "gzip"] as const)("arrives with compression %s", async (compression) => {
    const receiver = await receiving();
    environment({});
    const { logger } = logging({ protocol, url: receiver.url, compression });
    for (let index = 0; index < 500; index++) logger.info("record {i}", { i: index });
    expect(await logger.complete()).toEqual({ sent: 500, dropped: 0, pending: 0 });
    expect(receiver.counts()).toMatchObject({ records: 500, unique: 500, doubled: 0 });
    expect(receiver.requests.every((request) => request.protocol === protocol)).toBe(true);
  });
});

describe("TLS", () => {
  let certificates: Certificates;
  beforeAll(() => {
    certificates = makeCertificates();
  });
  afterAll(() => certificates.remove());

  test("a certificate is trusted by its contents or its file, and needed", async () => {
    const receiver = await receiving({ tls: certificates.server });
    environment({});
    for (const certificate of [certificates.ca, Buffer.from(certificates.ca), join(certificates.folder, "ca.pem")]) {
      const { logger } = logging({ url: receiver.url, certificate });
      logger.info("secret");
      expect(await logger.complete()).toMatchObject({ sent: 1 });
    }
    const { logger, told } = logging({ url: receiver.url, flushTimeoutMs: 100, retry: { deadlineMs: 50 } });
    logger.info("not to anybody");
    await logger.complete();
    expect(receiver.records).toHaveLength(3);
    expect(told.join()).toMatch(/takes no records now: .*certificate/);
  });

  test("a collector that asks for it gets the client's certificate", async () => {
    const receiver = await receiving({ tls: { ...certificates.server, ca: certificates.ca } });
    environment({
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
      OTEL_EXPORTER_OTLP_CERTIFICATE: join(certificates.folder, "ca.pem"),
      OTEL_EXPORTER_OTLP_CLIENT_KEY: join(certificates.folder, "client.key"),
      OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: join(certificates.folder, "client.pem"),
    });
    const { logger } = logging();
    logger.info("both have shown who they are");
    expect(await logger.complete()).toMatchObject({ sent: 1 });

    const { logger: nobody } = logging({
      url: receiver.url,
      clientKey: certificates.client.key,
      clientCertificate: certificates.client.cert,
    });
    nobody.info("by options");
    expect(await nobody.complete()).toMatchObject({ sent: 1 });
    expect(receiver.records).toHaveLength(2);
  });
});
