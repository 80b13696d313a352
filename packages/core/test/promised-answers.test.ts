import { createLogger, memorySink, sample, throttle } from "@logbridge/core";
import { describe, expect, test } from "vitest";
import { program } from "./support/program.ts";

function fails(): never {
  return Promise.reject(new Error("later")) as never;
}

function codesOf(errors: readonly unknown[]): unknown[] {
  return errors.map((error) => (error as { code?: string }).code);
}

describe("a function that is to answer at once, and gives a promise", () => {
  test.each([
    ["filter", { filter: fails }, "LB1007"],
    ["keep of throttle()", { filter: throttle({ keep: fails }) }, "LB1007"],
    ["keep of sample()", { filter: sample({ rate: 0.5, keep: fails }) }, "LB1007"],
    ["per", { filter: throttle({ per: fails }) }, "LB1062"],
    ["key", { filter: sample({ rate: 0.5, key: fails }) }, "LB1062"],
    ["format", { format: fails }, "LB1004"],
    ["serialize", { serialize: fails }, "LB1004"],
  ])("as %s has failed on the record", (_, options, code) => {
    const logger = createLogger();
    const errors: unknown[] = [];
    const texts: string[] = [];
    logger.add((text) => texts.push(text), { ...options, onError: (_kind, _records, error) => errors.push(error) });
    logger.info("x");
    expect(codesOf(errors)).toEqual([code]);
    expect(texts).toEqual([]);
    expect(logger.stats().handlers[0]).toMatchObject({ sent: 0, dropped: 1 });
  });

  test("as patch has changed what it changed at once, and is reported once", () => {
    const logger = createLogger();
    const errors: unknown[] = [];
    const texts: string[] = [];
    logger.add((text) => texts.push(text), {
      format: "{message}",
      patch: (record) => {
        record.message = "patched";
        return fails();
      },
      onError: (_kind, _records, error) => errors.push(error),
    });
    logger.info("x");
    logger.info("y");
    expect(texts).toEqual(["patched\n", "patched\n"]);
    expect(codesOf(errors)).toEqual(["LB1004"]);
  });

  test("as by of memorySink() has given no key", () => {
    const logger = createLogger();
    const errors: unknown[] = [];
    const sink = memorySink({ target: () => {}, by: fails });
    logger.add(sink, { onError: (_kind, _records, error) => errors.push(error) });
    logger.info("x");
    expect(codesOf(errors)).toEqual(["LB1054"]);
    expect(sink.discard()).toBe(1);
  });

  test("as clock is refused", () => {
    expect(() => createLogger({ clock: fails })).toThrow(/LB1006/);
  });

  test("is reported, and its error ends no process", async () => {
    const { code, stdout, stderr } = await program(`
      import { createLogger, sample, throttle } from "@logbridge/core";
      const fails = async () => { throw new Error("later"); };
      const logger = createLogger({ patcher: fails });
      for (const filter of [fails, throttle({ keep: fails }), throttle({ per: fails }), sample({ rate: 0.5, keep: fails }),
        sample({ rate: 0.5, key: fails })]) logger.add(() => {}, { filter });
      for (const option of ["format", "serialize", "patch"]) logger.add(() => {}, { [option]: fails });
      logger.patch(fails).info("x");
      logger.patch(fails).info("y");
      const failing = createLogger();
      failing.add(() => { throw new Error("sink"); }, { onError: fails });
      failing.info("z");
      setTimeout(() => console.log("alive"), 10);
    `);
    expect(code).toBe(0);
    expect(stdout).toBe("alive\n");
    expect(stderr.match(/LB2002: a patcher gave a promise/g)).toHaveLength(1);
    expect(stderr.match(/patch: the function gave a promise/g)).toHaveLength(1);
    // What onError itself failed of.
    expect(stderr.match(/error: Error: later/g)).toHaveLength(1);
  });

  test("is not asked to begin what only begins when somebody waits for it", () => {
    const logger = createLogger();
    let begun = 0;
    const query = {
      // biome-ignore lint/suspicious/noThenProperty: it is what is tested
      then: () => begun++,
    };
    logger.add(() => {}, { filter: () => query, onError: () => query });
    logger.add(() => {}, { patch: () => query, onError: () => query });
    logger.info("x");
    expect(begun).toBe(0);
  });
});

test("a clock that logs is asked once for each record, and what it logs has a time too", () => {
  let asked = 0;
  const logger = createLogger({
    clock: () => {
      if (asked++ > 0 && asked < 100) logger.info("in the clock");
      return 1000;
    },
  });
  const times: [string, boolean][] = [];
  logger.add((_text, record) => times.push([record.message, record.micros === 1_000_000]));
  asked = 1;
  logger.info("x");
  expect(asked).toBe(2);
  expect(times).toEqual([
    ["in the clock", false],
    ["x", true],
  ]);
});
