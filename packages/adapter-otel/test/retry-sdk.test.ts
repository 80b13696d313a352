import { OTLPLogExporter as GrpcExporter } from "@opentelemetry/exporter-logs-otlp-grpc";
import { OTLPLogExporter as JsonExporter } from "@opentelemetry/exporter-logs-otlp-http";
import { OTLPLogExporter as ProtoExporter } from "@opentelemetry/exporter-logs-otlp-proto";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { startReceiver } from "../../../test/otlp-receiver/index.mjs";
import type { Outcome } from "../src/delivery/outcome.ts";
import { retryDelayMs } from "../src/delivery/retry-info.ts";
import { type SdkLogRecordExporter, sdkExporter } from "../src/delivery/sdk-exporter.ts";
import { outcomeOfError } from "../src/delivery/sdk-outcome.ts";
import type { ReadableLogRecord } from "../src/otlp/readable.ts";

function withCode(code: unknown, message = "failed"): Error {
  return Object.assign(new Error(message), { code });
}

function record(index: number, extra: Partial<ReadableLogRecord> = {}): ReadableLogRecord {
  return {
    hrTime: [1_763_990_000, index],
    hrTimeObserved: [1_763_990_000, index],
    body: `record ${index}`,
    attributes: { i: index },
    resource: { attributes: { "service.name": "test" } },
    instrumentationScope: { name: "scope" },
    droppedAttributesCount: 0,
    ...extra,
  };
}

describe("what an error of an exporter means", () => {
  test.each<[unknown, Outcome["kind"], boolean]>([
    [408, "later", false],
    [429, "later", false],
    [502, "later", false],
    [503, "later", false],
    [504, "later", false],
    [400, "refused", false],
    [413, "refused", false],
    [500, "refused", false],
    [401, "refused", true],
    [403, "refused", true],
    [404, "refused", true],
    [1, "later", false],
    [2, "refused", false],
    [3, "refused", false],
    [4, "later", false],
    [5, "refused", false],
    [7, "refused", true],
    [8, "refused", false],
    [10, "later", false],
    [11, "later", false],
    [12, "refused", true],
    [13, "refused", false],
    [14, "later", false],
    [15, "later", false],
    [16, "refused", true],
    ["ECONNREFUSED", "later", false],
    ["ENOTFOUND", "later", false],
    [undefined, "later", false],
  ])("code %s: %s, whole: %s", (code, kind, whole) => {
    const outcome = outcomeOfError(withCode(code));
    expect(outcome.kind).toBe(kind);
    expect("whole" in outcome ? outcome.whole : false).toBe(whole);
  });

  test.each([
    [new TypeError("Converting circular structure"), "refused"],
    [new RangeError("Maximum call stack size exceeded"), "refused"],
    [Object.assign(new TypeError("Invalid URL"), { code: "ERR_INVALID_URL" }), "later"],
    [new Error("Nothing to send"), "refused"],
    [new Error("Request Timeout"), "later"],
    [new Error("Concurrent export limit reached"), "later"],
    [undefined, "later"],
    ["text", "later"],
  ])("%s: %s", (error, kind) => {
    expect(outcomeOfError(error).kind).toBe(kind);
  });

  test.each([
    [{ statusCode: 503 }, "later", false],
    [{ status: 400 }, "refused", false],
    [{ response: { status: 413 } }, "refused", false],
    [{ response: { statusCode: 302 } }, "refused", true],
    [{ code: 302 }, "refused", true],
    [{ code: 415 }, "refused", true],
    [{ code: 501 }, "refused", true],
    [{ code: "ERR_BAD_REQUEST", response: { status: 400 } }, "refused", false],
    [{ code: 99 }, "refused", false],
  ])("the status of other clients' errors counts, too: %j", (properties, kind, whole) => {
    const outcome = outcomeOfError(Object.assign(new Error("failed"), properties));
    expect(outcome.kind).toBe(kind);
    expect(("whole" in outcome && outcome.whole) || false).toBe(whole);
  });

  test("is nothing worse where the error cannot be read", () => {
    const hostile = new Proxy(new Error("x"), {
      get() {
        throw new Error("trap");
      },
    });
    expect(outcomeOfError(hostile).kind).toBe("later");
  });
});

/** `google.rpc.Status` with these details. */
function status(...details: readonly [type: string, value: readonly number[]][]): Uint8Array {
  const field = (number: number, bytes: readonly number[]): number[] => [number * 8 + 2, bytes.length, ...bytes];
  const text = (value: string): number[] => [...new TextEncoder().encode(value)];
  const any = ([type, value]: readonly [string, readonly number[]]): number[] => [
    ...field(1, text(`type.googleapis.com/${type}`)),
    ...field(2, value),
  ];
  return Uint8Array.from([8, 8, ...field(2, text("busy")), ...details.flatMap((one) => field(3, any(one)))]);
}

describe("the delay of a gRPC status", () => {
  // RetryInfo { retry_delay { seconds: 2, nanos: 500000000 } }
  const RETRY = [10, 8, 8, 2, 16, 0x80, 0xca, 0xb5, 0xee, 0x01];

  test("is read from its RetryInfo, wherever that stands", () => {
    expect(retryDelayMs(status(["google.rpc.RetryInfo", RETRY]))).toBe(2_500);
    expect(retryDelayMs(status(["google.rpc.Help", [10, 0]], ["google.rpc.RetryInfo", RETRY]))).toBe(2_500);
    expect(retryDelayMs(status(["google.rpc.RetryInfo", []]))).toBe(0);
  });

  test("is none where there is no RetryInfo, or no status", () => {
    expect(retryDelayMs(status())).toBeNull();
    expect(retryDelayMs(status(["google.rpc.Help", [10, 0]]))).toBeNull();
    expect(retryDelayMs(new Uint8Array())).toBeNull();
    const whole = status(["google.rpc.RetryInfo", RETRY]);
    for (let length = 0; length < whole.length; length++) expect(retryDelayMs(whole.subarray(0, length))).toBeNull();
    expect(retryDelayMs(Uint8Array.from([0xff, 0xff, 0xff]))).toBeNull();
  });
});

describe("an exporter of the SDK", () => {
  const calling = (run: SdkLogRecordExporter["export"]): SdkLogRecordExporter => ({ export: run });

  test("that throws has refused", async () => {
    const exporter = sdkExporter(
      calling(() => {
        throw new TypeError("circular");
      }),
    );
    expect(await exporter.export([record(1)], 1_000)).toMatchObject({ kind: "refused" });
  });

  test("that never calls back may be asked again, and what it says late throws nothing", async () => {
    let done: (result: { code: number }) => void = () => {};
    const exporter = sdkExporter(calling((_, given) => (done = given)));
    expect(await exporter.export([record(1)], 20)).toMatchObject({ kind: "later" });
    expect(() => done({ code: 0 })).not.toThrow();
  });

  test("that gives no result has failed, and one that rejects has said why", async () => {
    const saying = (work: SdkLogRecordExporter["export"]): Promise<Outcome> =>
      sdkExporter({ export: work }).export([record(1)], 1_000);
    expect(await saying((_records, done) => (done as () => void)())).toMatchObject({ kind: "later" });
    const rejecting = (error: Error): SdkLogRecordExporter["export"] =>
      (async () => Promise.reject(error)) as unknown as SdkLogRecordExporter["export"];
    expect((await saying(rejecting(new TypeError("circular")))).kind).toBe("refused");
    expect((await saying(rejecting(new Error("socket hang up")))).kind).toBe("later");
  });

  test("that answers late is heard still", async () => {
    const exporter = sdkExporter({ export: (_records, done) => void setTimeout(() => done({ code: 0 }), 60) });
    const outcome = await exporter.export([record(1)], 20);
    expect(outcome).toMatchObject({ kind: "later", answer: expect.any(Promise) });
    expect(await (outcome as Outcome & { kind: "later" }).answer).toEqual({ kind: "sent" });
  });

  test("is not kept from sending by a resource that never becomes known", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const resource = {
      attributes: { known: 1 },
      asyncAttributesPending: true,
      waitForAsyncAttributes: () => new Promise<void>(() => {}),
    };
    const seen: unknown[] = [];
    const exporter = sdkExporter({
      export: (records, done) => {
        seen.push(...records);
        done({ code: 0 });
      },
    });
    const exporting = exporter.export([record(1, { resource })], 10_000);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(await exporting).toEqual({ kind: "sent" });
    expect(seen).toHaveLength(1);
  });

  test("is given a list of its own, and waits for resources that are not known yet", async () => {
    let known: () => void = () => {};
    const resource = {
      attributes: {},
      asyncAttributesPending: true,
      waitForAsyncAttributes: () => new Promise<void>((resolve) => (known = resolve)),
    };
    const seen: unknown[] = [];
    const exporter = sdkExporter(
      calling((records, done) => {
        seen.push(records);
        done({ code: 0 });
      }),
    );
    const items = [record(1, { resource })];
    const exporting = exporter.export(items, 1_000);
    await Promise.resolve();
    expect(seen).toEqual([]);
    known();
    expect(await exporting).toEqual({ kind: "sent" });
    expect(seen).toEqual([items]);
    expect(seen[0]).not.toBe(items);
  });

  test("fails for a reason even where it says none", async () => {
    const exporter = sdkExporter(calling((_, done) => done({ code: 1 })));
    expect(await exporter.export([record(1)], 1_000)).toMatchObject({
      kind: "later",
      error: new Error("the exporter has failed and gives no reason"),
    });
  });
});

describe.each([
  ["http/protobuf", (url: string) => new ProtoExporter({ url, timeoutMillis: 20_000 })],
  ["http/json", (url: string) => new JsonExporter({ url, timeoutMillis: 20_000 })],
  ["grpc", (_: string, grpcUrl: string) => new GrpcExporter({ url: grpcUrl, timeoutMillis: 20_000 })],
] as const)("the official exporter over %s", (protocol, make) => {
  const isGrpc = protocol === "grpc";

  async function outcomeWith(policy: object, count = 10): Promise<Outcome> {
    const receiver = await startReceiver({ policy });
    const exporter = sdkExporter(make(receiver.url, receiver.grpcUrl) as unknown as SdkLogRecordExporter);
    try {
      return await exporter.export(
        Array.from({ length: count }, (_, index) => record(index)),
        25_000,
      );
    } finally {
      await exporter.close?.();
      await receiver.close();
    }
  }

  test("is given no more time than there is, and has its own again afterwards", async () => {
    const receiver = await startReceiver({ policy: { hang: 1 } });
    const exporter = sdkExporter(make(receiver.url, receiver.grpcUrl) as unknown as SdkLogRecordExporter);
    const begun = performance.now();
    const answered = await exporter.export([record(1)], 100);
    const answer = answered.kind === "later" ? await answered.answer : undefined;
    expect(answer ?? answered, "the request has ended, too").toMatchObject({ kind: "later" });
    expect(performance.now() - begun, "far from the exporter's own 20 s").toBeLessThan(10_000);
    expect(await exporter.export([record(2)], 5_000)).toEqual({ kind: "sent" });
    await exporter.close?.();
    await receiver.close();
  });

  test("says that a batch has arrived", async () => {
    expect(await outcomeWith({})).toEqual({ kind: "sent" });
  });

  test("says how many records a collector has rejected", async () => {
    expect(await outcomeWith({ rejectEach: 3 })).toMatchObject({ kind: "sent", rejected: 3 });
  });

  test("says later of a collector that is busy", async () => {
    const outcome = await outcomeWith({ refuse: { times: 100, status: 503, retryAfter: 30 } });
    expect(outcome.kind).toBe("later");
    if (isGrpc) expect(outcome).toMatchObject({ afterMs: 30_000 });
  });

  test("says never of what the collector calls wrong", async () => {
    expect((await outcomeWith({ refuse: { times: 100, status: 400 } })).kind).toBe("refused");
  });

  test.runIf(isGrpc)("takes exhausted resources for later only with a delay", async () => {
    const busy = { times: 100, status: 429, code: 8 };
    expect((await outcomeWith({ refuse: busy })).kind).toBe("refused");
    expect(await outcomeWith({ refuse: { ...busy, retryAfter: 2 } })).toMatchObject({ kind: "later", afterMs: 2_000 });
  });
});
