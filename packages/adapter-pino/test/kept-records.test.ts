import { join } from "node:path";
import { createLogger } from "@logbridge/core";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { asPino, fromPinoOptions, pinoSink } from "../src/index.ts";
import { folder, Kept, linesOf, listener, only } from "./support.ts";

describe("a call of the facade keeps what it can:", () => {
  const circle: Record<string, unknown> = { a: 1 };
  circle["self"] = circle;
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();

  test.each([
    ["%o", circle],
    ["%j", { big: 1n }],
    [
      "%j",
      {
        toJSON: () => {
          throw new Error("no");
        },
      },
    ],
    ["%s", proxy],
    ["%j", proxy],
  ])("%s of what cannot be shown costs no field, error or text", (directive, value) => {
    const { logger, records } = listener();
    asPino(logger).error({ orderId: 7, err: new Error("lost?") }, `state ${directive}`, value);
    const record = only(records);
    expect(record.message).toMatch(/^state ./);
    expect(record.extra).toMatchObject({ orderId: 7 });
    expect(record.exception?.message).toBe("lost?");
  });
});

test("a function of the application that throws costs what it would have shown, and no record", () => {
  const fail = (): never => {
    throw new Error("no");
  };
  for (const options of [{ serializers: { a: fail, msg: fail } }, { mixin: fail }, { formatters: { log: fail } }]) {
    const stream = new Kept();
    const logger = createLogger();
    const { notTaken: _, ...configuration } = fromPinoOptions({ base: null, ...options }, stream);
    logger.configure(configuration);
    logger.info("x", { a: 1 });
    logger.info("y", { a: 1 });
    expect(stream.records).toHaveLength(2);
  }
});

test("values are what pino makes of them", () => {
  const options = { base: null, timestamp: false as const, serializers: { gone: () => undefined } };
  const fields = {
    nan: Number.NaN,
    deep: { infinity: Number.POSITIVE_INFINITY, run() {}, list: [() => {}, Number.NaN], none: undefined },
    run() {},
    symbol: Symbol("s"),
    gone: 1,
    when: new Date(0),
    zero: 0,
  };
  const [native, ours] = [new Kept(), new Kept()];
  pino(options, native).info(fields, "x");
  const logger = createLogger();
  const { notTaken: _, ...configuration } = fromPinoOptions(options, ours);
  logger.configure(configuration);
  asPino(logger).info(fields, "x");
  expect(ours.lines).toEqual(native.lines);
});

test("a nested key without fields is left out", () => {
  const stream = new Kept();
  const logger = createLogger();
  logger.add(pinoSink(stream, { nestedKey: "p", base: null }));
  logger.info("x");
  expect(Object.keys(only(stream.records))).toEqual(["level", "time", "msg"]);
});

test("a write that answers with a rejected promise is a loss, reported, and ends nothing", async () => {
  const failures: unknown[] = [];
  const logger = createLogger();
  let calls = 0;
  const stream = {
    async write() {
      calls++;
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (calls > 1) throw new Error("gone");
    },
  };
  logger.add(pinoSink(stream), { onError: (_kind, _records, error) => void failures.push(error) });
  logger.info("a");
  const first = await logger.complete();
  logger.info("b");
  const second = await logger.complete();
  expect(failures.map(String)).toEqual(["Error: gone"]);
  expect([first.dropped, second.dropped]).toEqual([0, 1]);
});

describe("a stream that several handlers have", () => {
  test("ends with the last of them", async () => {
    const path = join(folder(), "shared.log");
    const stream = pino.destination(path);
    const [one, other] = [createLogger(), createLogger()];
    const id = one.add(pinoSink(stream));
    other.add(pinoSink(stream));
    one.info("1");
    await one.remove(id);
    other.info("2");
    expect(await other.complete()).toMatchObject({ dropped: 0, pending: 0 });
    await other.remove();
    expect(stream).toMatchObject({ destroyed: true });
    expect(linesOf(path).map(({ msg }) => msg)).toEqual(["1", "2"]);
  });

  test("as one sink does, and as a worker does", async () => {
    const path = join(folder(), "worker.log");
    const sink = pinoSink(pino.transport({ target: "pino/file", options: { destination: path } }) as never);
    const [one, other] = [createLogger(), createLogger()];
    const id = one.add(sink);
    other.add(sink);
    one.info("1");
    await one.remove(id);
    other.info("2");
    await other.remove();
    expect(linesOf(path).map(({ msg }) => msg)).toEqual(["1", "2"]);
  });
});

test("a stream that stands still is told of once when it is removed", async () => {
  const failures: unknown[] = [];
  const logger = createLogger();
  const stuck = { writableLength: 1, destroyed: false, write: () => false, on: () => {}, end: () => {} };
  const id = logger.add(pinoSink(stuck as never), {
    onError: (_kind, _records, error) => void failures.push(error),
  });
  logger.info("x");
  await logger.remove(id);
  expect(failures).toMatchObject([{ code: "LB1407" }]);
});

describe("the face of a logger", () => {
  test("has a JSON form", () => {
    const face = asPino(createLogger());
    expect(() => JSON.stringify({ face, child: face.child({ a: 1 }) })).not.toThrow();
  });

  test.each(["constructor", "__proto__", "toString"])("has no level %s", (level) => {
    const face = asPino(createLogger());
    expect(() => Object.assign(face, { level })).toThrow(expect.objectContaining({ code: "LB1571" }));
    expect(() => face.child({}, { level })).toThrow(expect.objectContaining({ code: "LB1571" }));
  });

  test("asks getters of a child's bindings once, as pino does", () => {
    let asked = 0;
    const bindings = {
      get id() {
        return ++asked;
      },
    };
    const { logger, records } = listener();
    const child = asPino(logger).child(bindings);
    child.info("a");
    child.info("b");
    expect(records.map(({ extra }) => extra["id"])).toEqual([1, 1]);
  });
});

test.each(["err", "error(err, text)", "{ err }", "{ err, msg }"])("the text of a call with %s is pino's", (form) => {
  const err = new TypeError("boom");
  const calls: Record<string, readonly unknown[]> = {
    err: [err],
    "error(err, text)": [err, "text"],
    "{ err }": [{ err }],
    "{ err, msg }": [{ err, msg: "own" }],
  };
  const [native, ours] = [new Kept(), new Kept()];
  const logger = createLogger();
  logger.add(pinoSink(ours));
  for (const face of [pino({}, native), asPino(logger)])
    (face.error as (...args: unknown[]) => void)(...(calls[form] ?? []));
  expect(only(ours.records)["msg"]).toBe(only(native.records)["msg"]);
});

test("a proxy among the fields is asked nothing", () => {
  const asked: string[] = [];
  const traps = new Proxy({}, { get: (_target, trap) => () => void asked.push(String(trap)) });
  const stream = new Kept();
  const logger = createLogger();
  logger.add(pinoSink(stream));
  logger.info("x", { given: new Proxy({ a: 1 }, traps) });
  expect(stream.records).toHaveLength(1);
  expect(asked).toEqual([]);
});
