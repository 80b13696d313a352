import { logs } from "@opentelemetry/api-logs";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import {
  BridgeProvider,
  firstProvider,
  globalProviders,
  isBridgeProvider,
  type OtelLoggerProvider,
  type OtelLogRecord,
  realProvider,
  registerProvider,
} from "../src/providers.ts";

const OLD = Symbol.for("io.opentelemetry.js.api.logs");
const API = Symbol.for("opentelemetry.js.api.1");
const globals = globalThis as unknown as Record<symbol, Record<string, unknown> | undefined>;

afterEach(() => logs.disable());

/** A provider of ours, and the bodies of what it has got with the names of the loggers. */
function collecting(): { readonly provider: BridgeProvider; readonly taken: string[] } {
  const taken: string[] = [];
  const take = (record: OtelLogRecord, { name }: { readonly name: string }): void =>
    void taken.push(`${name}: ${record.body}`);
  return { provider: new BridgeProvider({ take }), taken };
}

function theirs(): { readonly provider: OtelLoggerProvider; readonly taken: unknown[] } {
  const taken: unknown[] = [];
  return { provider: { getLogger: () => ({ emit: ({ body }) => void taken.push(body), enabled: () => true }) }, taken };
}

/** What `@opentelemetry/api` 1.10 does, whose object others find at a global symbol. */
class NewApi {
  setGlobalLoggerProvider(provider: object): boolean {
    return this.#registerGlobal("logs", provider);
  }

  #registerGlobal(type: string, instance: object): boolean {
    const api = globals[API] as Record<string, unknown>;
    if (api[type]) return false;
    api[type] = instance;
    return true;
  }

  get registered(): OtelLoggerProvider | undefined {
    return globals[API]?.["logs"] as OtelLoggerProvider | undefined;
  }
}

/** The global object of an API of this version, for the time of a test. */
function versioned(version: string): NewApi {
  const before = globals[API];
  globals[API] = { version };
  onTestFinished(() => {
    globals[API] = before;
  });
  return new NewApi();
}

describe("the slot of @opentelemetry/api-logs", () => {
  test("is taken where it is empty, and left as it was", () => {
    const { provider, taken } = collecting();
    const leave = registerProvider(provider);
    logs.getLogger("app").emit({ body: "1" });
    leave();
    leave();
    logs.getLogger("app").emit({ body: "2" });
    expect(taken).toEqual(["app: 1"]);
    expect(Object.hasOwn(globalThis, OLD)).toBe(false);
  });

  test("is left to a provider that is there", () => {
    const other = theirs();
    logs.setGlobalLoggerProvider(other.provider as never);
    const before = Object.getOwnPropertyDescriptor(globalThis, OLD);
    const { provider, taken } = collecting();
    const leave = registerProvider(provider);
    logs.getLogger("app").emit({ body: "1" });
    expect(Object.getOwnPropertyDescriptor(globalThis, OLD)).toEqual(before);
    leave();
    expect(globalProviders()).toEqual([other.provider]);
    expect([other.taken, taken]).toEqual([["1"], []]);
  });

  test("is given up to a provider that comes, which all who had joined are told", () => {
    const [one, two, other] = [collecting(), collecting(), theirs()];
    const told: unknown[] = [];
    const leave = [one, two].map(({ provider }) => registerProvider(provider, (real) => void told.push(real)));
    expect(globalProviders()).toEqual([]);
    expect(firstProvider()).toBe(null);
    const logger = logs.getLogger("app");
    logger.emit({ body: "1" });
    expect(logs.setGlobalLoggerProvider(other.provider as never)).toBe(other.provider);
    expect(told).toEqual([other.provider, other.provider]);
    logger.emit({ body: "2" });
    for (const one of leave) one();
    logger.emit({ body: "3" });
    expect([one.taken, two.taken, other.taken]).toEqual([["app: 1"], ["app: 1"], ["2", "3"]]);
    expect(globalProviders()).toEqual([other.provider]);
  });

  test("a provider that is registered after we have left gets what loggers from our time emit", () => {
    const [ours, other] = [collecting(), theirs()];
    const leave = registerProvider(ours.provider);
    const logger = logs.getLogger("app");
    leave();
    logger.emit({ body: "1" });
    logs.setGlobalLoggerProvider(other.provider as never);
    logger.emit({ body: "2" });
    expect(other.taken).toEqual(["2"]);
    expect(ours.taken).toEqual([]);
  });

  test("whoever comes after all of ours have left gets what loggers from before emit", () => {
    const [one, two] = [collecting(), collecting()];
    const leave = registerProvider(one.provider);
    const logger = logs.getLogger("app");
    logger.emit({ body: "1" });
    leave();
    const leaveToo = registerProvider(two.provider);
    logger.emit({ body: "2" });
    leaveToo();
    logger.emit({ body: "3" });
    expect([one.taken, two.taken]).toEqual([["app: 1"], ["app: 2"]]);
  });

  test.each<[string, Partial<ErrorConstructor>]>([
    ["stacks without frames", { stackTraceLimit: 0 }],
    ["stacks that an application prepares", { prepareStackTrace: () => [] }],
    [
      "an application that fails to prepare stacks",
      {
        prepareStackTrace() {
          throw new Error("theirs");
        },
      },
    ],
  ])("%s keep nobody from the slot", (_, settings) => {
    const { provider, taken } = collecting();
    const other = theirs();
    const leave = registerProvider(provider);
    const before = { stackTraceLimit: Error.stackTraceLimit, prepareStackTrace: Error.prepareStackTrace };
    Object.assign(Error, settings);
    try {
      logs.getLogger("app").emit({ body: "1" });
      logs.setGlobalLoggerProvider(other.provider as never);
      logs.getLogger("app").emit({ body: "2" });
    } finally {
      Object.assign(Error, before);
    }
    expect([taken, other.taken]).toEqual([["app: 1"], ["2"]]);
    leave();
  });
});

describe("the slot inside @opentelemetry/api from 1.10 on", () => {
  test("is taken beside the other one, yields and is left as it was", () => {
    const api = versioned("1.10.0");
    const [ours, other] = [collecting(), theirs()];
    const leave = registerProvider(ours.provider);
    const logger = api.registered?.getLogger("new");
    logger?.emit({ body: "1" });
    logs.getLogger("old").emit({ body: "2" });
    expect(api.setGlobalLoggerProvider(other.provider)).toBe(true);
    logger?.emit({ body: "3" });
    logs.getLogger("old").emit({ body: "4" });
    expect(ours.taken).toEqual(["new: 1", "old: 2", "old: 4"]);
    expect(other.taken).toEqual(["3"]);
    expect(globalProviders()).toEqual([other.provider]);
    leave();
    expect(api.registered).toBe(other.provider);
  });

  test("goes before the other one", () => {
    const api = versioned("1.11.2");
    const [one, two] = [theirs(), theirs()];
    logs.setGlobalLoggerProvider(two.provider as never);
    api.setGlobalLoggerProvider(one.provider);
    expect(globalProviders()).toEqual([one.provider, two.provider]);
    expect(firstProvider()).toBe(one.provider);
  });

  test.each(["1.9.1", "1.0.0", "2.0.0", "none"])("is none in an API of version %s", (version) => {
    const api = versioned(version);
    const leave = registerProvider(collecting().provider);
    expect(api.registered).toBe(undefined);
    leave();
  });
});

test("realProvider() sees through proxies, and takes nothing else for a provider", () => {
  const { provider } = theirs();
  expect(realProvider(logs.getLoggerProvider())).toBe(null);
  const proxy = logs.getLoggerProvider();
  logs.setGlobalLoggerProvider(provider as never);
  expect(realProvider(proxy)).toBe(provider);
  expect(realProvider(provider)).toBe(provider);
  expect(realProvider(collecting().provider)).toBe(null);
  expect(isBridgeProvider(collecting().provider)).toBe(true);
  for (const value of [null, undefined, 7, {}, { getLogger: 1 }]) expect(realProvider(value)).toBe(null);
});

describe("a provider of ours", () => {
  test("keeps a logger for each scope, with version, schema and attributes", () => {
    const scopes: unknown[] = [];
    const provider = new BridgeProvider({ take: (_record, scope) => void scopes.push(scope) });
    const options = { schemaUrl: "https://example.org/1", attributes: { part: "a" } };
    expect(provider.getLogger("app", "1")).toBe(provider.getLogger("app", "1"));
    expect(provider.getLogger("app", "1")).not.toBe(provider.getLogger("app", "2"));
    const logger = provider.getLogger("app", "1", options);
    logger.emit({ body: "x" });
    logger.emit({ body: "y" });
    logger.emit(undefined as never);
    expect(scopes).toEqual([
      { name: "app", version: "1", ...options },
      { name: "app", version: "1", ...options },
    ]);
    expect(scopes[1]).toBe(scopes[0]);
  });

  test("takes nothing after shutdown(), and flushes what is behind it", async () => {
    const called: string[] = [];
    const provider = new BridgeProvider({
      take: () => void called.push("take"),
      flush: async () => void called.push("flush"),
      shutdown: async () => void called.push("shutdown"),
      wants: (severityNumber) => severityNumber >= 9,
    });
    const logger = provider.getLogger("app");
    expect([logger.enabled?.({ severityNumber: 5 }), logger.enabled?.({ severityNumber: 9 })]).toEqual([false, true]);
    logger.emit({ body: "x" });
    await provider.forceFlush();
    await provider.shutdown();
    await provider.shutdown();
    logger.emit({ body: "y" });
    expect(logger.enabled?.({ severityNumber: 9 })).toBe(false);
    expect(called).toEqual(["take", "flush", "shutdown"]);
  });
});
