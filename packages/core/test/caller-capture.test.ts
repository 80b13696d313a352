import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, test } from "vitest";
import { createLogger, type Logger, type LogRecord } from "../src/index.ts";

interface Statics {
  prepareStackTrace?: unknown;
  stackTraceLimit?: unknown;
  captureStackTrace: (holder: object, skip: unknown) => void;
}

const statics = Error as unknown as Statics;
const { prepareStackTrace, stackTraceLimit, captureStackTrace } = statics;

function recorded(): { readonly logger: Logger; readonly records: LogRecord[] } {
  const records: LogRecord[] = [];
  const logger = createLogger();
  logger.add({ needs: { text: false, caller: true }, write: (_text, record) => void records.push(record) });
  return { logger, records };
}

describe("a method's look at the stack", () => {
  afterEach(() => {
    Object.assign(statics, { prepareStackTrace, stackTraceLimit, captureStackTrace });
  });

  test("leaves Error as it was, whoever has set it", () => {
    const { logger, records } = recorded();
    for (const limit of [0, 1, 10, Number.POSITIVE_INFINITY, undefined]) {
      statics.stackTraceLimit = limit;
      statics.prepareStackTrace = limit === 10 ? () => "mine" : undefined;
      const before = { ...statics };
      logger.info("x");
      expect({ ...statics }).toEqual(before);
    }
    expect(records.map((record) => record.function)).not.toContain(null);
  });

  test("keeps nothing alive of the frame that it has seen", async () => {
    setFlagsFromString("--expose-gc");
    const gc = runInNewContext("gc") as () => void;
    const { logger } = recorded();
    class Service {
      readonly load = new Array(1_000).fill("x");
      serve(): void {
        logger.info("served");
      }
    }
    const served = ((): WeakRef<Service> => {
      const service = new Service();
      service.serve();
      return new WeakRef(service);
    })();
    await new Promise((resolve) => setTimeout(resolve, 10));
    gc();
    expect(served.deref()).toBe(undefined);
  });

  test("gives no wrong place, and leaves Error as it was, where a capture that somebody has wrapped logs itself", () => {
    const { logger, records } = recorded();
    let inside = false;
    statics.captureStackTrace = (holder, skip) => {
      captureStackTrace(holder, skip);
      if (inside) return;
      inside = true;
      logger.info("captured");
      inside = false;
    };
    const before = { ...statics };
    (function outer() {
      logger.info("first");
    })();
    expect({ ...statics }).toEqual(before);
    const names = Object.fromEntries(records.map((record) => [record.message, record.function]));
    expect([null, "outer"]).toContain(names["first"]);
    expect(names["captured"]).not.toBe("outer");
    statics.captureStackTrace = captureStackTrace;
    (function later() {
      logger.info("later");
    })();
    expect(records.at(-1)?.function).toBe("later");
  });

  test("that fails costs the place alone", () => {
    const { logger, records } = recorded();
    (function place() {
      logger.info("with a place");
    })();
    statics.captureStackTrace = () => {
      throw new Error("no stacks here");
    };
    const before = { ...statics };
    logger.info("without");
    expect({ ...statics }).toEqual(before);
    expect(records.map((record) => [record.message, record.function])).toEqual([
      ["with a place", "place"],
      ["without", null],
    ]);
  });

  test("is made once for a tagged template at each place, and for each where several follow each other in turn", () => {
    const { logger, records } = recorded();
    let captures = 0;
    statics.captureStackTrace = (holder, skip) => {
      captures++;
      captureStackTrace(holder, skip);
    };
    const one = (): void => logger.info`one ${1}`;
    const two = (): void => logger.info`two ${2}`;
    for (let turn = 0; turn < 3; turn++) {
      one();
      two();
    }
    expect(captures).toBe(2);
    expect(records.map((record) => record.function)).toEqual(["one", "two", "one", "two", "one", "two"]);
    expect(records.map((record) => record.template)).toEqual([
      "one {}",
      "two {}",
      "one {}",
      "two {}",
      "one {}",
      "two {}",
    ]);
  });
});
