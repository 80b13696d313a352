import { report } from "@logbridge/core";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { currentHeaders, type HeadersOption } from "../src/exporters/request-headers.ts";
import type { HeaderCarrier } from "../src/options/header-syntax.ts";
import { resolveOwnSettings } from "../src/options/own-settings.ts";
import type { OtelSinkOptions } from "../src/options.ts";
import { otelSink } from "../src/sink.ts";
import { environment, logging, receiving } from "./sink-support.ts";

vi.mock("@logbridge/core", async (original) => ({ ...(await original<object>()), report: vi.fn() }));

const ALL = "OTEL_EXPORTER_OTLP_HEADERS";
const LOGS = "OTEL_EXPORTER_OTLP_LOGS_HEADERS";
/** Stands in each value that is not to be seen. */
const SECRET = "hunter2";

const HTTP: OtelSinkOptions = { url: "http://localhost:1/v1/logs" };
const GRPC: OtelSinkOptions = { protocol: "grpc", url: "http://localhost:1" };

beforeEach(() => {
  environment({});
  vi.mocked(report).mockClear();
});

function refusal(options: OtelSinkOptions): { readonly code?: string; readonly message: string } {
  try {
    otelSink(options);
  } catch (error) {
    return error as { readonly code: string; readonly message: string };
  }
  return { message: "accepted" };
}

describe("the option", () => {
  test.each<[unknown, string]>([
    [{ good: "x", "bad name": SECRET }, "header 'bad…' has a name that HTTP cannot send"],
    [{ "authorization: Bearer hunter2": "" }, "header 'authorization…' has a name that HTTP cannot send"],
    [{ "Bearer hunter2": "" }, "header 'Bearer…' has a name that HTTP cannot send"],
    [{ "authorization=hunter2 x": "" }, "header 'authorization…' has a name that HTTP cannot send"],
    [{ ":path": SECRET }, "header ':path' has a name that HTTP cannot send"],
    [{ a: SECRET, "x-number": 7 }, "header 'x-number' must be a text, got number"],
    [{ authorization: undefined }, "header 'authorization' must be a text, got undefined"],
    [{ authorization: null }, "header 'authorization' must be a text, got null"],
    [{ key: `${SECRET}\r\nb: 2` }, "header 'key' has a value that HTTP cannot send"],
    [{ key: `${SECRET}\u20ac` }, "header 'key' has a value that HTTP cannot send"],
    [new Headers({ authorization: SECRET }), "got a value of type Headers; give a plain object, such as Object.from"],
    [new Map([["authorization", SECRET]]), "got a value of type Map; give a plain object, such as Object.fromEntries("],
    [
      [["authorization", SECRET]],
      "got a value of type Array; give a plain object, such as Object.fromEntries(headers)",
    ],
    [SECRET, "got a value of type String"],
    [null, "got a value of type Null"],
  ])("%o is refused with what is wrong of it, and without the values", (headers, what) => {
    const { code, message } = refusal({ ...HTTP, headers: headers as never });
    expect(code).toBe("LB1630");
    expect(message).toContain("option headers must be");
    expect(message).toContain(what);
    expect(message).not.toContain(SECRET);
  });

  test.each<[Record<string, string>, string]>([
    [{ "api-key": `${SECRET}caf\u00e9` }, "header 'api-key' has a value that gRPC cannot send"],
    [{ "a!b": SECRET }, "header 'a!b' has a name that gRPC cannot send"],
    [{ "x-bin": SECRET }, "header 'x-bin' cannot be sent: with \"-bin\" at its end"],
    [{ Connection: "close" }, "header 'Connection' belongs to the connection, and gRPC cannot send it"],
  ])("over gRPC %o is refused, however gRPC is chosen", (headers, what) => {
    for (const isVariable of [false, true]) {
      environment(isVariable ? { OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" } : {});
      const { code, message } = refusal(isVariable ? { headers } : { ...GRPC, headers });
      expect(code).toBe("LB1630");
      expect(message).toContain(what);
      expect(message).not.toContain(SECRET);
    }
  });

  test.each(["content-type", "Content-Length", "content-encoding", "Transfer-Encoding"])(
    "%s is ours: it says what the body is",
    (name) => {
      for (const place of [HTTP, GRPC])
        expect(refusal({ ...place, headers: { [name]: "x" } })).toMatchObject({
          code: "LB1630",
          message: expect.stringContaining(`header '${name}' is set by otelSink() itself`) as string,
        });
    },
  );

  test("what the runtime would refuse with each request is refused at once", () => {
    expect(refusal({ ...HTTP, headers: { trailer: "x" } }).message).toContain(
      "header 'trailer' belongs to the connect",
    );
  });

  test("what is the application's to say is sent, also over gRPC", async () => {
    const receiver = await receiving();
    const headers = { "User-Agent": "shop/1", Host: "collector.example", "api-key": "a b~", empty: "" };
    const { logger } = logging({ url: receiver.url, headers: { ...headers, latin: "caf\u00e9", connection: "close" } });
    logger.info("x");
    expect(await logger.complete()).toMatchObject({ sent: 1 });
    const { logger: byGrpc } = logging({ protocol: "grpc", url: receiver.grpcUrl, headers });
    byGrpc.info("x");
    expect(await byGrpc.complete()).toMatchObject({ sent: 1 });
    expect(receiver.requests).toMatchObject([
      { headers: { "user-agent": "shop/1", host: "collector.example", "api-key": "a b~", connection: "close" } },
      { headers: { "api-key": "a b~", host: "collector.example" } },
    ]);
  });
});

describe("variables", () => {
  function fixedHeaders(): Readonly<Record<string, string>> {
    const { destination } = resolveOwnSettings({});
    return { ...(destination as { readonly target: { readonly fixedHeaders: object } }).target.fixedHeaders };
  }

  const said = (): readonly string[] =>
    vi.mocked(report).mock.calls.map(([code, text]) => `${code} ${text as unknown as string}`);

  test.each([
    ["http/protobuf", "content-type=application%2Fjson", "header 'content-type' is set by otelSink() itself"],
    ["http/json", "transfer-encoding=chunked", "header 'transfer-encoding' is set by otelSink() itself"],
    ["http/protobuf", `x-key=${SECRET}%0D%0Ab:2`, "header 'x-key' has a value that HTTP cannot send"],
    ["grpc", `x-tenant=${SECRET}caf%C3%A9`, "header 'x-tenant' has a value that gRPC cannot send"],
    ["grpc", `x!y=${SECRET}`, "header 'x!y' has a name that gRPC cannot send"],
    ["grpc", `raw-bin=${SECRET}`, "header 'raw-bin' cannot be sent"],
  ])(
    "%s: of %s the one is left out, and named without its value; the others are sent (LB1633)",
    (protocol, pair, what) => {
      environment({ OTEL_EXPORTER_OTLP_PROTOCOL: protocol, [ALL]: "tenant=7", [LOGS]: `api-key=k,${pair}` });
      expect(fixedHeaders()).toEqual({ tenant: "7", "api-key": "k" });
      expect(said()).toEqual([expect.stringMatching(new RegExp(`^LB1633 ${LOGS}: .*; it is left out$`))]);
      expect(said()[0]).toContain(what);
      expect(said()[0]).not.toContain(SECRET);
    },
  );

  test("what stands where a name should is not shown: it may be the secret", () => {
    environment({ [ALL]: `tenant=7,authorization: Bearer ${SECRET}==` });
    expect(fixedHeaders()).toEqual({});
    expect(said()).toEqual([expect.stringContaining(`LB1633 ${ALL}: expected key=value pairs`)]);
    expect(said()[0]).not.toContain(SECRET);
  });
});

describe("a function for headers", () => {
  const answers: readonly [unknown, HeaderCarrier, string][] = [
    [{ authorization: undefined }, "http", "header 'authorization' must be a text, got undefined"],
    [{ "x-tenant": 7, key: SECRET }, "http", "header 'x-tenant' must be a text, got number"],
    [{ key: `${SECRET}\n` }, "http", "header 'key' has a value that HTTP cannot send"],
    [{ key: `${SECRET}\u00e9` }, "grpc", "header 'key' has a value that gRPC cannot send"],
    [{ "content-length": "3" }, "http", "header 'content-length' is set by otelSink() itself"],
    [SECRET, "http", "got a value of type String"],
    [new Headers({ key: SECRET }), "http", "got a value of type Headers; give a plain object"],
  ];

  test.each(answers)("that gives %o for %s has given nothing to send (LB1641)", async (answer, carrier, what) => {
    for (const given of [() => answer, async () => answer] as HeadersOption[]) {
      const error: unknown = await currentHeaders({}, given, 1_000, carrier).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: "LB1641", message: expect.stringContaining(what) as string });
      expect((error as Error).message).not.toContain(SECRET);
    }
  });

  test.each([[undefined], [null]])("may have none yet: %o", async (answer) => {
    expect(await currentHeaders({ tenant: "7" }, () => answer, 1_000)).toEqual({ tenant: "7" });
  });

  test.each(["http/json", "grpc"] as const)(
    "over %s nothing is sent, and what is wrong is said without the value",
    async (protocol) => {
      const receiver = await receiving();
      let token: string | undefined;
      const headers = (): Record<string, string> => ({ key: `${token}`, ...(token ? {} : { bad: `${SECRET}\n` }) });
      const url = protocol === "grpc" ? receiver.grpcUrl : receiver.url;
      const { logger, told } = logging({ protocol, url, headers, flushTimeoutMs: 10_000, retry: { maxMs: 5 } });
      logger.info("x");
      await vi.waitFor(() => expect(told).toHaveLength(1), 10_000);
      expect(told[0]).toMatch(/header 'bad' has a value.*LB1637/);
      expect(told.join()).not.toContain(SECRET);
      expect(receiver.requests).toEqual([]);
      token = "renewed";
      expect(await logger.complete()).toEqual({ sent: 1, dropped: 0, pending: 0 });
      expect(receiver.requests).toMatchObject([{ headers: { key: "renewed" } }]);
    },
  );
});
