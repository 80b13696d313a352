import { describe, expect, test } from "vitest";
import { setting } from "./support/setting.ts";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("contextualize", () => {
  test("L-CTX-2 values are private to each asynchronous task", async () => {
    const { logger, records } = setting({}, { format: "{message}" });
    const task = (id: number): Promise<void> =>
      logger.contextualize({ id }, async () => {
        for (let step = 0; step < 3; step++) {
          await turn();
          logger.info("step {step} of {owner}", { step, owner: id });
        }
      });
    const tasks = Array.from({ length: 20 }, (_, id) => task(id));
    logger.info("outside");
    await Promise.all(tasks);
    expect(records).toHaveLength(61);
    expect(records.filter(({ extra }) => extra["id"] !== extra["owner"])).toEqual([]);
    expect(records[0]?.extra).toEqual({});
    // The tasks did run at the same time.
    expect(records.slice(1, 21).map(({ extra }) => extra["step"])).toEqual(Array.from({ length: 20 }, () => 0));
  });

  test("L-CTX-3 the former state is back when the block ends, also by an error", async () => {
    const { logger, records } = setting();
    logger.contextualize({ outer: 1 }, () => {
      expect(() =>
        logger.contextualize({ inner: 2 }, () => {
          logger.info("in");
          throw new Error("out");
        }),
      ).toThrow("out");
      logger.info("between");
    });
    const rejected = logger.contextualize({ inner: 3 }, async () => {
      await turn();
      throw new Error("later");
    });
    await expect(rejected).rejects.toThrow("later");
    logger.info("end");
    expect(records.map(({ extra }) => extra)).toEqual([{ outer: 1, inner: 2 }, { outer: 1 }, {}]);
  });

  test("L-CTX-4 as a wrapper of a function: each call enters anew, and result and arguments pass through", async () => {
    const { logger, records } = setting();
    const add = logger.contextualize.wrap({ task: "sum" }, async (a: number, b: number): Promise<number> => {
      logger.info("{a} + {b}", { a, b });
      await turn();
      logger.info("done");
      return a + b;
    });
    expect(await Promise.all([add(1, 2), add(3, 4)])).toEqual([3, 7]);
    logger.info("outside");
    expect(records.map(({ extra }) => extra["task"])).toEqual(["sum", "sum", "sum", "sum", undefined]);
    expect(records.slice(0, 2).map(({ message }) => message)).toEqual(["1 + 2", "3 + 4"]);
  });

  test("L-CTX-5 around a block without a callback, by `using`", () => {
    const { logger, records } = setting();
    const failing = (): void => {
      using _context = logger.contextualize({ task: 2 });
      logger.info("in");
      throw new Error("left by an error");
    };
    {
      using _context = logger.contextualize({ task: 1 });
      logger.info("in");
      expect(failing).toThrow("left by an error");
      logger.info("in again");
    }
    logger.info("out");
    expect(records.map(({ extra }) => extra)).toEqual([{ task: 1 }, { task: 2 }, { task: 1 }, {}]);
  });

  test("L-CTX-6 `Processing! | { task_id: 123 }`, then `Done. | {}`", () => {
    const { logger, texts } = setting({}, { format: "{message} | {extra}" });
    const task = (): void => logger.info("Processing!");
    logger.contextualize({ task_id: 123 }, () => task());
    logger.info("Done.");
    expect(texts).toEqual(["Processing! | { task_id: 123 }\n", "Done. | {}\n"]);
  });
});
