import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { createLogger } from "@logbridge/core";
import { describe, expect, onTestFinished, test } from "vitest";
import { resolveDelivery } from "../src/delivery/delivery-options.ts";
import { resolveOwnSettings } from "../src/options/own-settings.ts";
import { otelSink } from "../src/sink.ts";
import { makeCertificates } from "./certificates.ts";
import { environment, logging, receiving } from "./sink-support.ts";

const LOGS = "OTEL_EXPORTER_OTLP_LOGS_";
const ALL = "OTEL_EXPORTER_OTLP_";

function settings(variables: Readonly<Record<string, string>>): ReturnType<typeof resolveOwnSettings> {
  environment(variables);
  return resolveOwnSettings({});
}

function target(variables: Readonly<Record<string, string>>): {
  readonly url: string;
  readonly [part: string]: unknown;
} {
  const { destination } = settings(variables);
  if (!("target" in destination)) throw new Error(`goes to ${destination.kind}`);
  return { ...destination.target, url: String(destination.target.url) };
}

describe("endpoint", () => {
  test.each([
    [{}, "http://localhost:4318/v1/logs"],
    [{ [`${ALL}ENDPOINT`]: "" }, "http://localhost:4318/v1/logs"],
    [{ [`${ALL}ENDPOINT`]: "  http://c:1/  " }, "http://c:1/v1/logs"],
    [{ [`${ALL}ENDPOINT`]: "http://c:1" }, "http://c:1/v1/logs"],
    [{ [`${ALL}ENDPOINT`]: "https://c:1/otlp" }, "https://c:1/otlp/v1/logs"],
    [{ [`${ALL}ENDPOINT`]: "https://c:1/otlp/?tenant=7" }, "https://c:1/otlp/v1/logs?tenant=7"],
    [{ [`${LOGS}ENDPOINT`]: "http://l:2" }, "http://l:2/"],
    [{ [`${LOGS}ENDPOINT`]: "http://l:2/intake" }, "http://l:2/intake"],
    [{ [`${LOGS}ENDPOINT`]: "http://l:2/intake", [`${ALL}ENDPOINT`]: "http://c:1" }, "http://l:2/intake"],
    [{ [`${LOGS}ENDPOINT`]: "ftp://l", [`${ALL}ENDPOINT`]: "http://c:1" }, "http://c:1/v1/logs"],
    [{ [`${ALL}ENDPOINT`]: "nonsense" }, "http://localhost:4318/v1/logs"],
  ])("%j is %s", (variables, url) => {
    expect(target(variables).url).toBe(url);
  });

  test.each([
    [{}, "http://localhost:4317", false],
    [{ [`${ALL}ENDPOINT`]: "http://c:1" }, "http://c:1", false],
    [{ [`${ALL}ENDPOINT`]: "https://c:1" }, "https://c:1", true],
    [{ [`${ALL}ENDPOINT`]: "c:1" }, "https://c:1", true],
    [{ [`${ALL}ENDPOINT`]: "c:1", [`${ALL}INSECURE`]: "TRUE" }, "http://c:1", false],
    [{ [`${ALL}ENDPOINT`]: "c:1", [`${ALL}INSECURE`]: "true", [`${LOGS}INSECURE`]: "false" }, "https://c:1", true],
    [{ [`${ALL}ENDPOINT`]: "https://c:1", [`${ALL}INSECURE`]: "true" }, "https://c:1", true],
    [{ [`${LOGS}ENDPOINT`]: "http://l:2", [`${ALL}ENDPOINT`]: "http://c:1" }, "http://l:2", false],
  ])("over gRPC %j is %s", (variables, url, secure) => {
    expect(target({ ...variables, [`${ALL}PROTOCOL`]: "grpc" })).toMatchObject({ url, secure });
  });
});

test.each([
  [{}, "http/protobuf"],
  [{ [`${ALL}PROTOCOL`]: "http/json" }, "http/json"],
  [{ [`${ALL}PROTOCOL`]: "HTTP/JSON" }, "http/json"],
  [{ [`${ALL}PROTOCOL`]: "http/json", [`${LOGS}PROTOCOL`]: "grpc" }, "grpc"],
  [{ [`${ALL}PROTOCOL`]: "carrier-pigeon" }, "http/protobuf"],
  [{ [`${LOGS}PROTOCOL`]: "carrier-pigeon", [`${ALL}PROTOCOL`]: "grpc" }, "grpc"],
])("protocol: %j is %s", (variables, kind) => {
  expect(settings(variables).destination.kind).toBe(kind);
});

test.each([
  [{}, {}],
  [{ [`${ALL}HEADERS`]: "api-key=a%20b, Tenant = 7 ," }, { "api-key": "a b", tenant: "7" }],
  [{ [`${ALL}HEADERS`]: "authorization=Basic%20YTpi==" }, { authorization: "Basic YTpi==" }],
  [
    { [`${ALL}HEADERS`]: "a=1,b=2", [`${LOGS}HEADERS`]: "B=3" },
    { a: "1", b: "3" },
  ],
  [{ [`${ALL}HEADERS`]: "a=1,b" }, {}],
  [{ [`${ALL}HEADERS`]: "a=%zz" }, {}],
  [{ [`${ALL}HEADERS`]: "a=1%0D%0Ab:2" }, {}],
])("headers: %j are %j", (variables, headers) => {
  expect({ ...(target(variables)["fixedHeaders"] as object) }).toEqual(headers);
});

test.each([
  [{}, "none"],
  [{ [`${ALL}COMPRESSION`]: "gzip" }, "gzip"],
  [{ [`${ALL}COMPRESSION`]: "gzip", [`${LOGS}COMPRESSION`]: "none" }, "none"],
  [{ [`${ALL}COMPRESSION`]: "zstd" }, "none"],
])("compression: %j is %s", (variables, compression) => {
  expect(target(variables)["compression"]).toBe(compression);
});

test.each([
  [{}, 10_000],
  [{ [`${ALL}TIMEOUT`]: "700" }, 700],
  [{ [`${ALL}TIMEOUT`]: "700", [`${LOGS}TIMEOUT`]: "600" }, 600],
  [{ [`${ALL}TIMEOUT`]: "0" }, 10_000],
  [{ [`${ALL}TIMEOUT`]: "10s" }, 10_000],
  [{ OTEL_BLRP_EXPORT_TIMEOUT: "900" }, 900],
  [{ OTEL_BLRP_EXPORT_TIMEOUT: "900", [`${ALL}TIMEOUT`]: "700" }, 700],
])("timeout: %j is %d", (variables, timeout) => {
  expect(settings(variables).delivery.exportTimeoutMs).toBe(timeout);
});

test("certificate files, of logs before those of all signals; one that cannot be read is not used", () => {
  const certificates = makeCertificates();
  onTestFinished(() => certificates.remove());
  const { folder, ca, client } = certificates;
  const path = (name: string): string => join(folder, name);
  const { tls } = target({
    [`${ALL}ENDPOINT`]: "https://c:1",
    [`${ALL}CERTIFICATE`]: path("server.pem"),
    [`${LOGS}CERTIFICATE`]: path("ca.pem"),
    [`${LOGS}CLIENT_KEY`]: path("missing"),
    [`${ALL}CLIENT_KEY`]: path("client.key"),
    [`${ALL}CLIENT_CERTIFICATE`]: path("client.pem"),
  });
  const texts = Object.entries(tls as Record<string, Uint8Array>).map(([name, bytes]) => [name, String(bytes)]);
  expect(Object.fromEntries(texts)).toEqual({ certificate: ca, clientKey: client.key, clientCertificate: client.cert });
});

test("certificate files of variables that cannot work are warned of, and not used", () => {
  const certificates = makeCertificates();
  onTestFinished(() => certificates.remove());
  const { tls } = target({
    [`${ALL}ENDPOINT`]: "https://c:1",
    [`${ALL}CERTIFICATE`]: join(certificates.folder, "ca.pem"),
    [`${ALL}CLIENT_KEY`]: join(certificates.folder, "server.key"),
    [`${ALL}CLIENT_CERTIFICATE`]: join(certificates.folder, "client.pem"),
  });
  expect(Object.keys(tls as object).filter((name) => (tls as Record<string, unknown>)[name])).toEqual(["certificate"]);
});

test("the batch processor's variables", () => {
  const { delivery } = settings({
    OTEL_BLRP_SCHEDULE_DELAY: "250",
    OTEL_BLRP_MAX_QUEUE_SIZE: "4000",
    OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: "100",
  });
  expect(delivery).toMatchObject({ queue: { maxRecords: 4000 }, batch: { maxRecords: 100, delayMs: 250 } });
  environment({ OTEL_BLRP_MAX_QUEUE_SIZE: "4000", OTEL_BLRP_SCHEDULE_DELAY: "x" });
  expect(resolveOwnSettings({}).delivery).toMatchObject({ usualBatchRecords: 8192 });
  expect(resolveOwnSettings({ protocol: "grpc" }).delivery).not.toHaveProperty("usualBatchRecords");
  const given = resolveOwnSettings({ queue: { maxRecords: 5, maxBytes: 9 }, batch: { delayMs: 1 } });
  expect(given.delivery).toMatchObject({ queue: { maxRecords: 5, maxBytes: 9 }, batch: { delayMs: 1 } });
});

test("a batch is as large as it is said to be, as far as the queue holds it", () => {
  const { delivery } = settings({ OTEL_BLRP_MAX_QUEUE_SIZE: "2048", OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: "512" });
  expect(resolveDelivery(delivery).batchRecords).toBe(512);
  expect(resolveDelivery({ queue: { maxRecords: 100 }, batch: { maxRecords: 300 } }).batchRecords).toBe(100);
  expect(resolveDelivery({ queue: { maxRecords: 2_000 } }).batchRecords).toBe(250);
  expect(resolveDelivery({ usualBatchRecords: 4_096 }).batchRecords).toBe(4_096);
  expect(resolveDelivery({ retry: { maxMs: 10 } })).toMatchObject({ initialMs: 10, maxMs: 10 });
});

test.each([
  [{}, undefined, undefined],
  [{ OTEL_ATTRIBUTE_COUNT_LIMIT: "5", OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: "6" }, 5, 6],
  [{ OTEL_ATTRIBUTE_COUNT_LIMIT: "5", OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT: "7" }, 7, undefined],
  [{ OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT: "8" }, undefined, 8],
  [{ OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT: "-8" }, undefined, undefined],
])("limits: %j are %s and %s", (variables, count, length) => {
  const { map } = settings(variables);
  expect([map.attributeCountLimit, map.attributeValueLengthLimit]).toEqual([count, length]);
});

test("limits reach the records", async () => {
  const receiver = await receiving();
  environment({
    [`${ALL}ENDPOINT`]: receiver.endpoint,
    OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT: "1",
    OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT: "3",
  });
  const { logger } = logging({ code: false });
  logger.info("cut", { a: "abcdef", b: 2 });
  await logger.complete();
  expect(receiver.records).toMatchObject([{ attributes: { a: "abc" }, droppedAttributesCount: 1 }]);
});

test.each([
  [{ OTEL_SDK_DISABLED: "TRUE" }, "none"],
  [{ OTEL_SDK_DISABLED: "1" }, "http/protobuf"],
  [{ OTEL_SDK_DISABLED: "false" }, "http/protobuf"],
  [{ OTEL_LOGS_EXPORTER: "none" }, "none"],
  [{ OTEL_LOGS_EXPORTER: "Console" }, "console"],
  [{ OTEL_LOGS_EXPORTER: "otlp" }, "http/protobuf"],
  [{ OTEL_LOGS_EXPORTER: "kafka" }, "http/protobuf"],
])("where to: %j is %s", (variables, kind) => {
  expect(settings(variables).destination.kind).toBe(kind);
});

test("switched off by the environment: nothing is sent, and nothing is claimed to be", async () => {
  const receiver = await receiving();
  environment({ [`${ALL}ENDPOINT`]: receiver.endpoint, OTEL_SDK_DISABLED: "true" });
  const { logger, told } = logging();
  logger.info("nobody hears");
  expect(await logger.complete()).toEqual({ sent: 0, dropped: 1, pending: 0 });
  expect(receiver.requests).toEqual([]);
  expect(told).toEqual([]);
});

test("endpoint, headers, compression and resource of the environment reach the collector; options come over them", async () => {
  const receiver = await receiving();
  environment({
    [`${ALL}ENDPOINT`]: receiver.endpoint,
    [`${ALL}HEADERS`]: "api-key=env,tenant=7",
    [`${ALL}COMPRESSION`]: "gzip",
    OTEL_SERVICE_NAME: "shop",
    OTEL_RESOURCE_ATTRIBUTES: "service.name=other,deployment.environment.name=a%2Cb",
  });
  const { logger } = logging({ headers: { "API-Key": "option" }, resource: { team: "x" } });
  logger.info("hello");
  expect(await logger.complete()).toEqual({ sent: 1, dropped: 0, pending: 0 });
  expect(receiver.requests).toMatchObject([
    { protocol: "http/protobuf", headers: { "api-key": "option", tenant: "7", "content-encoding": "gzip" } },
  ]);
  expect(receiver.records[0]?.resource.attributes).toMatchObject({
    "service.name": "shop",
    "deployment.environment.name": "a,b",
    team: "x",
  });
});

test("OTEL_LOGS_EXPORTER=console prints lines of OTLP JSON on stdout, of this process alone", () => {
  const program = `
    import { logger } from "@logbridge/core";
    import { otelSink } from "@logbridge/adapter-otel";
    logger.remove();
    logger.add(otelSink());
    logger.info("to the console");
  `;
  const stdout = execFileSync(
    process.execPath,
    ["--conditions=@logbridge/source", "--import", "tsx", "--input-type=module", "-e", program],
    {
      cwd: __dirname,
      env: { ...process.env, OTEL_LOGS_EXPORTER: "console" },
      encoding: "utf8",
    },
  );
  const [line = ""] = stdout.split("\n");
  expect(JSON.parse(line)).toMatchObject({
    resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: "to the console" } }] }] }],
  });
});

test("a wrong variable is warned of once, by name, without what may be a secret, and not used (LB1633)", () => {
  const program = `
    import { resolveOwnSettings } from ${JSON.stringify(join(__dirname, "../src/options/own-settings.ts"))};
    resolveOwnSettings({});
    resolveOwnSettings({});
  `;
  const { stderr } = spawnSync(
    process.execPath,
    ["--conditions=@logbridge/source", "--import", "tsx", "--input-type=module", "-e", program],
    {
      cwd: __dirname,
      encoding: "utf8",
      env: {
        ...process.env,
        [`${ALL}HEADERS`]: "authorization Bearer hunter2",
        [`${ALL}TIMEOUT`]: "ten",
        OTEL_RESOURCE_ATTRIBUTES: "a",
      },
    },
  );
  const lines = stderr.split("\n").filter((line) => line.includes("LB1633"));
  expect(lines.map((line) => line.replace(/^logbridge LB1633: /, "").split(":")[0]).sort()).toEqual([
    "OTEL_EXPORTER_OTLP_HEADERS",
    "OTEL_EXPORTER_OTLP_TIMEOUT",
    "OTEL_RESOURCE_ATTRIBUTES",
  ]);
  expect(stderr).not.toContain("hunter2");
});

test("an option that says where to send goes before OTEL_LOGS_EXPORTER", async () => {
  const receiver = await receiving();
  environment({ OTEL_LOGS_EXPORTER: "none" });
  const logger = createLogger();
  logger.add(otelSink({ url: receiver.url }));
  logger.info("sent");
  await logger.remove();
  expect(receiver.records).toHaveLength(1);
});
