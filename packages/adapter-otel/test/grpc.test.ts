import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { runtime } from "../src/runtime/node.ts";
import { type Certificates, makeCertificates } from "./certificates.ts";
import { environment, logging, receiving } from "./sink-support.ts";

beforeEach(() => environment({}));

test.each(["none", "gzip"] as const)(
  "records arrive by gRPC with all they have, compression %s",
  async (compression) => {
    const receiver = await receiving();
    const { logger } = logging({
      protocol: "grpc",
      url: receiver.grpcUrl,
      compression,
      resource: { "service.name": "shop" },
    });
    logger.forModule("shop/cart").success("paid {amount}", { amount: 3, nested: { list: [1, "two", null] } });
    for (let index = 0; index < 3_000; index++) logger.info("x", { i: index });
    expect(await logger.complete()).toEqual({ sent: 3_001, dropped: 0, pending: 0 });
    expect(receiver.records.find(({ body }) => body === "paid 3")).toMatchObject({
      resource: { attributes: { "service.name": "shop", "telemetry.sdk.name": "logbridge" } },
      scope: { name: "shop/cart" },
      severityNumber: 10,
      severityText: "SUCCESS",
      body: "paid 3",
      attributes: { amount: 3, nested: { list: [1, "two", null] } },
    });
    expect(receiver.counts()).toMatchObject({ records: 3_001, doubled: 0 });
    expect(receiver.requests.every(({ protocol }) => protocol === "grpc")).toBe(true);
  },
);

test("the environment says protocol, address and headers", async () => {
  const receiver = await receiving();
  environment({
    OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.grpcUrl.replace("http://", ""),
    OTEL_EXPORTER_OTLP_INSECURE: "true",
    OTEL_EXPORTER_OTLP_HEADERS: "api-key=env,tenant=7",
  });
  const { logger } = logging({ headers: { "API-Key": "option" } });
  logger.info("x");
  expect(await logger.complete()).toMatchObject({ sent: 1 });
  expect(receiver.requests).toMatchObject([{ headers: { "api-key": "option", tenant: "7" } }]);
});

test("a function is asked for headers before each request, though the exporter of the SDK keeps its first ones", async () => {
  const receiver = await receiving();
  let asked = 0;
  const headers = async (): Promise<Record<string, string>> => ({ authorization: `token ${++asked}` });
  const { logger } = logging({ protocol: "grpc", url: receiver.grpcUrl, headers });
  for (let round = 0; round < 2; round++) {
    logger.info("x");
    await logger.complete();
  }
  expect(receiver.requests.map((request) => request.headers["authorization"])).toEqual(["token 1", "token 2"]);
});

test("what the collector leaves out is dropped and reported", async () => {
  const receiver = await receiving({ policy: { rejectEach: 2 } });
  const { logger, told } = logging({ protocol: "grpc", url: receiver.grpcUrl });
  for (let index = 0; index < 10; index++) logger.info("x");
  expect(await logger.complete()).toMatchObject({ dropped: 2, pending: 0 });
  expect(told).toEqual([expect.stringMatching(/2 log records were dropped: left out by the collector/)]);
});

test("a collector that is busy is tried again, one that is down is reported", async () => {
  const receiver = await receiving({ policy: { refuse: { times: 2, status: 503, retryAfter: 0 } } });
  const { logger, sink, told } = logging({ protocol: "grpc", url: receiver.grpcUrl });
  logger.info("x");
  expect(await logger.complete()).toEqual({ sent: 1, dropped: 0, pending: 0 });
  expect(sink.stats().retried).toBeGreaterThan(0);
  expect(told).toEqual([expect.stringContaining("LB1637")]);
});

test("a resource and scopes arrive as over HTTP, whatever their values are, and run no code", async () => {
  const receiver = await receiving();
  const circle: Record<string, unknown> = { name: "circle" };
  circle["self"] = circle;
  let ran = 0;
  const trap = Object.defineProperty({ safe: 1 }, "trap", { enumerable: true, get: () => ran++ });
  const values = { when: new Date(0), map: new Map([["a", 1]]), number: 12n, circle, trap };
  const sent: unknown[] = [];
  for (const protocol of ["grpc", "http/json"] as const) {
    const url = protocol === "grpc" ? receiver.grpcUrl : receiver.url;
    const scope = { name: "s", attributes: values };
    const { logger, sink } = logging({ protocol, url, resource: values, scope });
    logger.info("x");
    await logger.complete();
    expect(sink.stats()).toMatchObject({ sent: 1, dropped: 0 });
    const [record] = receiver.records.slice(-1);
    sent.push({ resource: record?.resource.attributes, scope: record?.scope.attributes });
  }
  expect(ran).toBe(0);
  expect(sent[0]).toEqual(sent[1]);
  expect(sent[0]).toMatchObject({
    resource: { when: "1970-01-01T00:00:00.000Z", map: { a: 1 } },
    scope: { number: 12 },
  });
});

test("without the package it is said what to install, and the records are kept until it is there (LB1632)", async () => {
  const receiver = await receiving();
  const missing = Object.assign(new Error("Cannot find package"), { code: "ERR_MODULE_NOT_FOUND" });
  const load = vi.spyOn(runtime, "loadGrpcExporter").mockRejectedValue(missing);
  try {
    const { logger, told } = logging({ protocol: "grpc", url: receiver.grpcUrl, flushTimeoutMs: 30 });
    await new Promise((resolve) => setImmediate(resolve));
    expect(told).toEqual([expect.stringMatching(/@opentelemetry\/exporter-logs-otlp-grpc: install it.*LB1632/)]);
    logger.info("x");
    expect(await logger.complete()).toEqual({ sent: 0, dropped: 0, pending: 1 });
    load.mockRestore();
    await receiver.until(1);
  } finally {
    load.mockRestore();
  }
});

describe("TLS", () => {
  let certificates: Certificates;
  beforeAll(() => {
    certificates = makeCertificates();
  });
  afterAll(() => certificates.remove());

  test("certificates by options, for the collector and the client", async () => {
    const receiver = await receiving({ tls: { ...certificates.server, ca: certificates.ca } });
    // Newer versions of Node take no address for a server's name, which is what the library of gRPC hands them.
    const url = receiver.grpcUrl.replace("127.0.0.1", "localhost");
    const { logger, told } = logging({
      protocol: "grpc",
      url,
      certificate: join(certificates.folder, "ca.pem"),
      clientKey: certificates.client.key,
      clientCertificate: certificates.client.cert,
    });
    logger.info("secret");
    expect(await logger.complete(), told.join()).toMatchObject({ sent: 1 });
    const { logger: stranger } = logging({
      protocol: "grpc",
      url,
      flushTimeoutMs: 200,
      retry: { deadlineMs: 50 },
    });
    stranger.info("to nobody");
    expect(await stranger.complete()).toMatchObject({ sent: 0 });
    expect(receiver.records).toHaveLength(1);
  });
});
