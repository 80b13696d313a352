import { createLogger } from "@logbridge/core";
import { describe, expect, test } from "vitest";
import { program } from "./support/program.ts";

describe("complete()", () => {
  test("L-CPL-1 decided: enqueue is refused in this version, so that there is no queue to wait for", () => {
    const logger = createLogger();
    expect(() => logger.add(() => {}, { enqueue: true } as object)).toThrow(
      /enqueue is not available in this version.*LB1009/,
    );
  });

  test("L-CPL-2 waits for all running calls of async sinks, then flushes what they have written", async () => {
    const logger = createLogger();
    const open: (() => void)[] = [];
    const events: string[] = [];
    for (const name of ["first", "second"])
      logger.add(
        {
          async write(text) {
            await new Promise<void>((resolve) => open.push(resolve));
            events.push(`${name} ${text.trim()}`);
          },
          flush: () => void events.push(`${name} flushed`),
        },
        { format: "{message}" },
      );
    logger.info("a");
    logger.info("b");
    let completed = false;
    const completing = logger.complete().then((counts) => {
      completed = true;
      return counts;
    });
    for (const resolve of open.splice(0).reverse()) {
      await new Promise((turn) => setImmediate(turn));
      expect(completed).toBe(false);
      resolve();
    }
    expect(await completing).toEqual({ sent: 4, dropped: 0, pending: 0 });
    for (const name of ["first", "second"]) {
      const own = events.filter((event) => event.startsWith(name));
      expect(own.slice(0, 2).sort()).toEqual([`${name} a`, `${name} b`]);
      expect(own.at(-1)).toBe(`${name} flushed`);
    }
  });

  test("L-CPL-6 an async sink that takes 0.1 s: both messages are printed, in order, before complete() resolves", async () => {
    const { stdout } = await program(`
      import { logger } from "@logbridge/core";
      async function sink(text) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        process.stdout.write(text);
      }
      async function work() {
        logger.info("Start");
        logger.info("End");
        await logger.complete();
        process.stdout.write("complete\\n");
      }
      logger.remove(0);
      logger.add(sink, { format: "{message}" });
      await work();
    `);
    expect(stdout).toBe("Start\nEnd\ncomplete\n");
  });
});

test("what a sink has given up is not pending too, while its flush is under way", async () => {
  const logger = createLogger();
  let written = 0;
  logger.add({
    needs: { text: false },
    write: () => void written++,
    flush: () => new Promise<void>(() => {}),
    pending: () => 60,
    dropped: () => Math.min(written, 40),
  });
  for (let n = 0; n < 100; n++) logger.info("x");
  expect(await logger.complete({ timeout: 20 })).toMatchObject({ sent: 0, dropped: 40, pending: 60 });
});

test("what a sink had lost before it was added is none of the handler's, nor what waits for another one", async () => {
  const logger = createLogger();
  logger.add({ write: () => {}, pending: () => 3, dropped: () => 40 });
  for (let n = 0; n < 2; n++) logger.info("x");
  expect(await logger.complete()).toEqual({ sent: 0, dropped: 0, pending: 2 });
});
