import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger } from "@logbridge/core";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { type OtelSinkOptions, otelSink } from "../src/index.ts";
import { type Certificates, makeCertificates } from "./certificates.ts";
import { environment } from "./sink-support.ts";

beforeEach(() => environment({}));

const provider = { getLogger: () => ({ emit: () => {} }) };
const exporter = { export: () => {}, shutdown: () => Promise.resolve() };

function refusal(options: unknown): { readonly code: string; readonly message: string } {
  try {
    otelSink(options as never);
  } catch (error) {
    return error as { readonly code: string; readonly message: string };
  }
  throw new Error(`accepted: ${JSON.stringify(options)}`);
}

test.each([
  ["a text", "LB1630"],
  [null, "LB1630"],
  [[], "LB1630"],
])("options %j are refused", (options, code) => {
  expect(refusal(options).code).toBe(code);
});

test("an unknown option is refused with the names of all", () => {
  const { code, message } = refusal({ endpoint: "http://c" });
  expect(code).toBe("LB1002");
  expect(message).toMatch(/"endpoint".*provider, exporter, protocol, url, .*spool, .*queue/);
});

test.each([
  ["provider", {}],
  ["provider", "global"],
  ["exporter", {}],
  ["protocol", "http"],
  ["url", ""],
  ["url", "localhost:4318"],
  ["url", "ftp://localhost"],
  ["url", 4318],
  ["headers", "a=b"],
  ["headers", { a: 1 }],
  ["headers", { "a b": "1" }],
  ["headers", { a: "1\r\nb: 2" }],
  ["timeoutMs", 0],
  ["timeoutMs", "10s"],
  ["timeoutMs", Number.POSITIVE_INFINITY],
  ["compression", "zstd"],
  ["certificate", ""],
  ["clientKey", 1],
  ["clientCertificate", {}],
  ["insecure", "yes"],
  ["resource", []],
  ["resource", "shop"],
  ["scope", ""],
  ["scope", {}],
  ["scope", { name: "a", color: "red" }],
  ["severity", { AUDIT: 25 }],
  ["severity", { AUDIT: 0 }],
  ["severity", { AUDIT: 1.5 }],
  ["severity", []],
  ["attributes", []],
  ["code", 1],
  ["template", "yes"],
  ["uid", "yes"],
  ["logRecordLimits", { attributeCountLimit: 0 }],
  ["logRecordLimits", { attributes: 1 }],
  ["handleSignals", "SIGTERM"],
  ["includeDiag", 1],
  ["registerGlobal", 1],
])("option %s cannot be %j", (name, value) => {
  const { code, message } = refusal({ [name]: value });
  expect(code).toBe("LB1630");
  expect(message).toContain(`option ${name} must be`);
});

test.each([
  ["queue", { maxRecords: 0 }],
  ["queue", { size: 1 }],
  ["batch", { delayMs: -1 }],
  ["retry", 3],
  ["concurrency", 0],
  ["flushTimeoutMs", 0],
  ["exitTimeoutMs", -1],
  ["meterProvider", {}],
  ["spool", "folder"],
  ["spool", { dir: "" }],
])("option %s cannot be %j: said by what it belongs to", (name, value) => {
  const { code, message } = refusal({ [name]: value });
  expect(code).toBe("LB1610");
  expect(message).toContain(name);
});

test("a wrong value that may be a secret is not shown", () => {
  expect(refusal({ headers: { authorization: 1, key: "hunter2" } }).message).not.toContain("hunter2");
  expect(refusal({ clientKey: { pem: "hunter2" } }).message).not.toContain("hunter2");
});

test.each([
  ["protocol", "grpc"],
  ["url", "http://c"],
  ["headers", {}],
  ["timeoutMs", 1],
  ["resource", {}],
  ["spool", { dir: "s" }],
  ["queue", {}],
  ["registerGlobal", true],
  ["exporter", exporter],
])("with a provider option %s is refused: it would have no effect", (name, value) => {
  const { code, message } = refusal({ provider, [name]: value });
  expect(code).toBe("LB1631");
  expect(message).toContain(`option ${name} has no effect here`);
});

test.each([
  [{ exporter, url: "http://c" }, "url"],
  [{ exporter, compression: "gzip" }, "compression"],
  [{ url: "http://c/v1/logs", insecure: true }, "insecure"],
  [{ url: "http://c/v1/logs", certificate: "-----BEGIN CERTIFICATE-----" }, "certificate"],
  [{ protocol: "grpc", url: "http://c:4317", clientKey: "-----BEGIN PRIVATE KEY-----" }, "clientKey"],
])("options that exclude each other are refused: %#", (options, name) => {
  const { code, message } = refusal(options);
  expect(code).toBe("LB1631");
  expect(message).toContain(`option ${name} has no effect here`);
});

test("a certificate file that cannot be read is refused at once", () => {
  const { code, message } = refusal({ url: "https://c/v1/logs", certificate: "/nowhere/ca.pem" });
  expect(code).toBe("LB1634");
  expect(message).toMatch(/certificate.*ENOENT/);
});

describe("certificates that cannot work are refused at once, by name (LB1634)", () => {
  let certificates: Certificates;
  beforeAll(() => {
    certificates = makeCertificates();
  });
  afterAll(() => certificates.remove());

  const ATTRIBUTES = "Bag Attributes\n    localKeyID: 01\nKey Attributes: <No Attributes>\n";

  test("may have attributes in front of them, as openssl writes, and are never repeated", () => {
    expect(() =>
      otelSink({
        url: "https://c/v1/logs",
        clientKey: `${ATTRIBUTES}${certificates.client.key}`,
        clientCertificate: certificates.client.cert,
      }),
    ).not.toThrow();
    const error = refusal({ url: "https://c/v1/logs", clientKey: "hunter2\nhunter2" });
    expect(error.message).toContain("clientKey");
    expect(error.message).not.toContain("hunter2");
  });

  const BROKEN = "-----BEGIN CERTIFICATE-----\nbm9uc2Vuc2U=\n-----END CERTIFICATE-----\n";

  test.each<[string, string, (made: Certificates) => OtelSinkOptions]>([
    ["a file that is none", "certificate", () => ({ certificate: "/etc/hostname" })],
    ["nothing", "certificate", () => ({ certificate: new Uint8Array() })],
    ["nonsense in the form of one", "certificate", () => ({ certificate: BROKEN })],
    ["a key for a certificate", "certificate", ({ server }) => ({ certificate: server.key })],
    ["a key alone", "clientKey", ({ client }) => ({ clientKey: client.key })],
    ["a client's certificate alone", "clientCertificate", ({ client }) => ({ clientCertificate: client.cert })],
    [
      "a key of another",
      "clientKey",
      ({ client, server }) => ({ clientKey: server.key, clientCertificate: client.cert }),
    ],
    [
      "a key that is none",
      "clientKey",
      ({ client }) => ({ clientKey: "-----BEGIN PRIVATE KEY-----\nx", clientCertificate: client.cert }),
    ],
  ])("%s", (_, name, options) => {
    for (const place of [{ url: "https://c/v1/logs" }, { protocol: "grpc", url: "https://c:4317" } as const]) {
      const { code, message } = refusal({ ...place, ...options(certificates) });
      expect(code, message).toBe("LB1634");
      expect(message).toContain(`option ${name} cannot be used`);
    }
  });

  test("those that can are accepted, several in one file, too", () => {
    const { ca, server, client } = certificates;
    const files = { certificate: `${ca}\n${server.cert}`, clientKey: client.key, clientCertificate: client.cert };
    expect(() => otelSink({ url: "https://c/v1/logs", ...files })).not.toThrow();
  });
});

test.each<[OtelSinkOptions, string]>([
  [{ queue: { maxRecords: 100 }, batch: { maxRecords: 101 } }, "batch.maxRecords"],
  [{ queue: { maxBytes: 100 }, batch: { maxBytes: 101 } }, "batch.maxBytes"],
  [{ retry: { initialMs: 5_000, maxMs: 10 } }, "retry.initialMs"],
])("of two options that contradict each other none is changed in silence: %j", (options, name) => {
  const { code, message } = refusal(options);
  expect(code).toBe("LB1610");
  expect(message).toContain(`option ${name} must be no more than`);
});

test("an address of gRPC has no path", () => {
  expect(refusal({ protocol: "grpc", url: "http://c:4317/v1/logs" })).toMatchObject({ code: "LB1630" });
  expect(() => otelSink({ protocol: "grpc", url: "http://c:4317/" })).not.toThrow();
});

test("a misuse is an error at the call of otelSink, of the class that JavaScript developers expect", () => {
  expect(() => otelSink({ timeoutMs: -1 })).toThrow(TypeError);
  expect(() => createLogger().add(otelSink({ protocol: "udp" as never }))).toThrow(
    /"http\/protobuf" or "http\/json" or "grpc"/,
  );
});

test("everything together is accepted, and undefined is as absent", () => {
  const dir = mkdtempSync(join(tmpdir(), "logbridge-otel-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const sink = otelSink({
    protocol: "http/json",
    url: new URL("http://localhost:1/v1/logs"),
    headers: async () => ({ a: "b" }),
    timeoutMs: 100,
    compression: "gzip",
    resource: { "service.name": "x" },
    scope: { name: "app", version: "1", schemaUrl: "https://s", attributes: { a: 1 } },
    severity: { AUDIT: 12 },
    attributes: { team: "a" },
    code: false,
    template: true,
    uid: true,
    logRecordLimits: { attributeCountLimit: 10, attributeValueLengthLimit: 10 },
    spool: { dir },
    queue: { maxBytes: 1_000_000 },
    batch: { delayMs: 10 },
    retry: { deadlineMs: 10 },
    concurrency: 2,
    flushTimeoutMs: 10,
    exitTimeoutMs: 0,
    handleSignals: true,
    includeDiag: true,
    registerGlobal: true,
    certificate: undefined as never,
  });
  expect(sink.stats()).toMatchObject({ sent: 0, dropped: 0, pending: 0 });
});

test.each([
  ["http/protobuf", "htp://user:hunter2@ss/w@host/v1/logs"],
  ["http/json", "htp://host/v1/logs?key=hunter2"],
  ["grpc", "ftp://user:hunter2@host:4317"],
  ["grpc", "user:hunter2@ho st:4317"],
] as const)("the error for an address of %s shows no credentials: %s", (protocol, url) => {
  const refused = (): unknown => otelSink({ protocol, url });
  expect(refused).toThrow(/LB1630|option url/);
  expect(refused).not.toThrow(/hunter2/);
});
