import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Client, credentials, type Metadata } from "@grpc/grpc-js";
import { OTLPLogExporter as GrpcExporter } from "@opentelemetry/exporter-logs-otlp-grpc";
import { OTLPLogExporter as JsonExporter } from "@opentelemetry/exporter-logs-otlp-http";
import { OTLPLogExporter as ProtoExporter } from "@opentelemetry/exporter-logs-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { LoggerProvider, type LogRecordExporter, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { afterEach, describe, expect, test } from "vitest";
import { type ReceiverOptions, startReceiver } from "./index.mjs";
import { startReceiverProcess } from "./process.mjs";

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

async function receiving(options?: ReceiverOptions) {
  const receiver = await startReceiver(options);
  opened.push(receiver);
  return receiver;
}

const PROTOCOLS: Record<string, (at: { url: string; grpcUrl: string }) => LogRecordExporter> = {
  "http/protobuf": ({ url }) => new ProtoExporter({ url }),
  "http/json": ({ url }) => new JsonExporter({ url }),
  grpc: ({ grpcUrl }) => new GrpcExporter({ url: grpcUrl }),
};

interface Answer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  body: Buffer;
}

function post(url: string, body: string | Buffer, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.on("error", reject).end(body);
  });
}

const JSON_TYPE = { "content-type": "application/json" };

function withBody(...values: string[]): string {
  const logRecords = values.map((value) => `{"body":${value}}`).join();
  return `{"resourceLogs":[{"scopeLogs":[{"logRecords":[${logRecords}]}]}]}`;
}

describe.each(Object.keys(PROTOCOLS))("what the official exporter sends by %s", (protocol) => {
  test("arrives as it was given", async () => {
    const receiver = await receiving();
    const exporter = PROTOCOLS[protocol]?.(receiver);
    if (!exporter) throw new Error(protocol);
    const provider = new LoggerProvider({
      resource: resourceFromAttributes({ "service.name": "shop" }),
      processors: [new SimpleLogRecordProcessor({ exporter })],
    });
    const body = { text: "hello", list: [1, 2.5, null, true], bytes: new Uint8Array([0, 255]), big: 2 ** 52 };
    provider.getLogger("orders", "1.2").emit({
      timestamp: [1_700_000_000, 123_456_789],
      severityNumber: 9,
      severityText: "INFO",
      body,
      attributes: { user: "ann", negative: -5 },
      eventName: "placed",
    });
    await provider.shutdown();
    await receiver.until(1);
    expect(receiver.records).toEqual([
      {
        resource: { attributes: { "service.name": "shop" }, schemaUrl: "", droppedAttributesCount: 0 },
        scope: { name: "orders", version: "1.2", schemaUrl: "", attributes: {} },
        timeUnixNano: 1_700_000_000_123_456_789n,
        observedTimeUnixNano: expect.any(BigInt),
        severityNumber: 9,
        severityText: "INFO",
        body,
        attributes: { user: "ann", negative: -5 },
        droppedAttributesCount: 0,
        flags: expect.any(Number),
        traceId: "",
        spanId: "",
        eventName: "placed",
      },
    ]);
    expect(receiver.requests).toMatchObject([{ protocol, records: 1, rejected: 0, message: "" }]);
  });
});

describe("OTLP in JSON is refused as the collector does", () => {
  test.each([
    ['{"doubleValue":null}', "a double that is null"],
    ['{"intValue":1e+21}', "a whole number in exponents"],
    ['{"intValue":"9223372036854775808"}', "2^63"],
    ['{"intValue":1.5}', "a fraction"],
    ['{"doubleValue":"nan"}', "NaN in other letters"],
    ['{"stringValue":5}', "a number as text"],
    ['{"bytesValue":"*"}', "bytes that are not base64"],
    ['{"boolValue":"true"}', "a text as truth"],
    ['{"arrayValue":[]}', "an array without values"],
  ])("%s: %s", async (value) => {
    const receiver = await receiving();
    const answer = await post(receiver.url, withBody('{"stringValue":"good"}', value), JSON_TYPE);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body.toString())).toMatchObject({ code: 3, message: expect.stringMatching(/./) });
    expect(receiver.records).toEqual([]);
    expect(receiver.counts()).toMatchObject({ requests: 1, refused: 1 });
  });

  test("what is right is taken, in every kind", async () => {
    const receiver = await receiving();
    const values = [
      '{"doubleValue":"NaN"}',
      '{"doubleValue":"-Infinity"}',
      '{"doubleValue":1e21}',
      '{"intValue":"-9223372036854775808"}',
      '{"intValue":7}',
      '{"bytesValue":"AP8="}',
      "{}",
      '{"kvlistValue":{"values":[{"key":"__proto__","value":{"boolValue":false}}]}}',
    ];
    const { status } = await post(receiver.url, gzipSync(withBody(...values)), {
      ...JSON_TYPE,
      "content-encoding": "gzip",
    });
    expect(status).toBe(200);
    const bodies = receiver.records.map(({ body }) => body);
    expect(bodies.slice(0, -1)).toEqual([
      Number.NaN,
      Number.NEGATIVE_INFINITY,
      1e21,
      -(2n ** 63n),
      7,
      new Uint8Array([0, 255]),
      null,
    ]);
    expect(Object.entries(bodies.at(-1) as object)).toEqual([["__proto__", false]]);
  });

  test.each([
    ['{"traceId":"abc"}', "a trace id of three digits"],
    ['{"timeUnixNano":-1}', "a time before 1970"],
  ])("%s: %s", async (record) => {
    const receiver = await receiving();
    const text = `{"resourceLogs":[{"scopeLogs":[{"logRecords":[${record}]}]}]}`;
    expect(await post(receiver.url, text, JSON_TYPE)).toMatchObject({ status: 400 });
  });
});

test("other paths, methods and types are refused, and broken bodies", async () => {
  const receiver = await receiving();
  expect(await post(`${receiver.endpoint}/v1/traces`, "{}", JSON_TYPE)).toMatchObject({ status: 404 });
  expect(await post(receiver.url, "{}", { "content-type": "text/plain" })).toMatchObject({ status: 415 });
  expect(await post(receiver.url, "{", JSON_TYPE)).toMatchObject({ status: 400 });
  expect(await post(receiver.url, "{}", { ...JSON_TYPE, "content-encoding": "gzip" })).toMatchObject({ status: 400 });
  const broken = await post(receiver.url, Buffer.from([255, 255]), { "content-type": "application/x-protobuf" });
  expect(broken.status).toBe(400);
});

interface RpcAnswer {
  code: number;
  details: string;
  metadata: Metadata | null;
  response: Buffer | undefined;
}

/** One call with a request of so many bytes that hold no records. */
function call(grpcUrl: string, size = 0): Promise<RpcAnswer> {
  const client = new Client(new URL(grpcUrl).host, credentials.createInsecure());
  // A resource log with an unknown field 15 of so many bytes.
  const unknown = size === 0 ? Buffer.alloc(0) : Buffer.concat([Buffer.from([0x7a, size]), Buffer.alloc(size)]);
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
      (data: Buffer) => data,
      (data: Buffer) => data,
      unknown,
      (error, response) => {
        client.close();
        const { code = 0, details = "", metadata = null } = error ?? {};
        resolve({ code, details, metadata, response });
      },
    );
  });
}

describe("a policy", () => {
  test("refuses so many requests, with a time to wait", async () => {
    const receiver = await receiving({ policy: { refuse: { times: 2, status: 503, retryAfter: 2 } } });
    const first = await post(receiver.url, withBody("{}"), JSON_TYPE);
    expect(first).toMatchObject({ status: 503, headers: { "retry-after": "2" } });
    const second = await call(receiver.grpcUrl);
    expect(second.code).toBe(14);
    const details = second.metadata?.get("grpc-status-details-bin")[0] as Buffer;
    expect(details.toString("latin1")).toContain("google.rpc.RetryInfo");
    // A RetryInfo with a Duration of 2 seconds.
    expect(details.toString("hex")).toContain("0a0408021000");
    expect(await post(receiver.url, withBody("{}"), JSON_TYPE)).toMatchObject({ status: 200 });
    expect(receiver.counts()).toMatchObject({ requests: 3, refused: 2, records: 1 });
  });

  test("names a code of gRPC, with and without RetryInfo", async () => {
    const receiver = await receiving({ policy: { refuse: { times: 1, status: 429 } } });
    const answer = await call(receiver.grpcUrl);
    expect(answer.code).toBe(8);
    expect(answer.metadata?.get("grpc-status-details-bin")).toEqual([]);
    receiver.follow({ refuse: { times: 1, status: 503, code: 4 } });
    expect((await call(receiver.grpcUrl)).code).toBe(4);
    expect((await call(receiver.grpcUrl)).code).toBe(0);
  });

  test("takes all but so many records of each request, and says so", async () => {
    const receiver = await receiving({ policy: { rejectEach: 2 } });
    const answer = await post(receiver.url, withBody("{}", "{}", '{"stringValue":"kept"}'), JSON_TYPE);
    expect(JSON.parse(answer.body.toString())).toEqual({
      partialSuccess: { rejectedLogRecords: "2", errorMessage: "rejected by policy" },
    });
    expect(receiver.records.map(({ body }) => body)).toEqual(["kept"]);
    expect(receiver.counts()).toMatchObject({ records: 1, rejected: 2, refused: 0 });
  });

  test("refuses what is poisoned or too large, for good", async () => {
    const receiver = await receiving({ policy: { poison: "bad one", maxBytes: 120 } });
    const poisoned = withBody('{"stringValue":"a bad one"}');
    expect(await post(receiver.url, poisoned, JSON_TYPE)).toMatchObject({ status: 400 });
    expect(await post(receiver.url, withBody("{}".padEnd(100)), JSON_TYPE)).toMatchObject({ status: 413 });
    expect(await post(receiver.url, withBody("{}"), JSON_TYPE)).toMatchObject({ status: 200 });
    expect(await call(receiver.grpcUrl, 121)).toMatchObject({
      code: 8,
      details: expect.stringContaining("larger than max"),
    });
  });

  test("leaves requests without an answer", async () => {
    const receiver = await receiving({ policy: { hang: 1 } });
    const hanging = post(receiver.url, withBody("{}"), JSON_TYPE);
    hanging.catch(() => {});
    expect(await post(receiver.url, withBody("{}"), JSON_TYPE)).toMatchObject({ status: expect.any(Number) });
    await receiver.down();
    await expect(hanging).rejects.toThrow();
  });
});

test("a closed port refuses, and opens again where it was", async () => {
  const receiver = await receiving({ down: true });
  await expect(post(receiver.url, withBody("{}"), JSON_TYPE)).rejects.toThrow("ECONNREFUSED");
  await receiver.up();
  expect(await post(receiver.url, withBody("{}"), JSON_TYPE)).toMatchObject({ status: 200 });
  expect((await call(receiver.grpcUrl)).code).toBe(0);
});

test("what came twice is counted, and whether its uid tells", async () => {
  const receiver = await receiving();
  const record = (i: number, uid: string) =>
    `{"attributes":[{"key":"i","value":{"intValue":${i}}},{"key":"log.record.uid","value":{"stringValue":"${uid}"}}]}`;
  const records = [record(1, "a"), record(2, "b"), record(1, "a"), record(2, "c")].join();
  await post(receiver.url, `{"resourceLogs":[{"scopeLogs":[{"logRecords":[${records}]}]}]}`, JSON_TYPE);
  expect(receiver.counts()).toEqual({
    requests: 1,
    refused: 0,
    records: 4,
    unique: 2,
    doubled: 2,
    told: 1,
    rejected: 0,
  });
});

test("the receiver as a process of its own answers alike", async () => {
  const receiver = await startReceiverProcess({ policy: { rejectEach: 1 } });
  opened.push(receiver);
  await post(receiver.url, withBody("{}", '{"intValue":"9007199254740993"}'), JSON_TYPE);
  await receiver.until(1);
  expect(await receiver.counts("missing")).toMatchObject({ records: 1, unique: 0, rejected: 1 });
  expect((await receiver.records()).map(({ body }) => body)).toEqual([9_007_199_254_740_993n]);
  await expect(receiver.until(2, 50)).rejects.toThrow("1 of 2 records");
  await receiver.down();
  await expect(post(receiver.url, withBody("{}"), JSON_TYPE)).rejects.toThrow("ECONNREFUSED");
});

test("with a certificate it speaks TLS", async () => {
  const folder = mkdtempSync(join(tmpdir(), "otlp-receiver-"));
  try {
    const files = { key: join(folder, "key.pem"), cert: join(folder, "cert.pem") };
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"];
    const made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject];
    execFileSync("openssl", [...made, "-keyout", files.key, "-out", files.cert], { stdio: "ignore" });
    const tls = { key: readFileSync(files.key, "utf8"), cert: readFileSync(files.cert, "utf8") };
    const receiver = await receiving({ tls });
    const exporter = new GrpcExporter({
      url: receiver.grpcUrl.replace("127.0.0.1", "localhost"),
      credentials: credentials.createSsl(Buffer.from(tls.cert)),
    });
    const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
    provider.getLogger("secret").emit({ body: "sealed" });
    await provider.shutdown();
    expect(receiver.records.map(({ body }) => body)).toEqual(["sealed"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
