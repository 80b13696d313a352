import { afterEach, expect, test, vi } from "vitest";
import { setting, silently } from "./setting.ts";

afterEach(() => {
  vi.resetModules();
});

/** A second copy of the packages, as a dependency would bring it. */
async function secondCopy(): Promise<{
  readonly core: typeof import("@logbridge/core");
  readonly console: typeof import("@logbridge/intercept-console");
}> {
  vi.resetModules();
  return { core: await import("@logbridge/core"), console: await import("@logbridge/intercept-console") };
}

test("a sink of one copy and an interception of another form no loop", () =>
  silently(async () => {
    const { logger, texts } = setting();
    logger.add((text) => console.log(text));
    const other = await secondCopy();
    const interception = other.console.interceptConsole({ logger: logger as never });
    logger.info("seed");
    console.log("own");
    interception.restore();
    expect(texts()).toEqual(["seed", "own"]);
  }));

test("interceptions of two copies share one patch and are put back in any order", async () => {
  const first = await secondCopy();
  const second = await secondCopy();
  expect(first.core).not.toBe(second.core);
  const before = Object.getOwnPropertyDescriptor(console, "log");
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const loggers = [first, second].map(({ core }) => core.createLogger());
    const heard: string[][] = [[], []];
    loggers.forEach((logger, index) => {
      logger.add((_text, record) => void heard[index]?.push(record.message), { format: "{message}" });
    });
    const interceptions = [first, second].map((copy, index) =>
      copy.console.interceptConsole({ logger: loggers[index] as never }),
    );
    console.log("x");
    interceptions[order[0] as number]?.restore();
    console.log("y");
    interceptions[order[1] as number]?.restore();
    expect(heard[order[0] as number]).toEqual(["x"]);
    expect(heard[order[1] as number]).toEqual(["x", "y"]);
    expect(Object.getOwnPropertyDescriptor(console, "log")).toEqual(before);
  }
});

test("context and levels are shared by the loggers of all copies", async () => {
  const first = await secondCopy();
  const second = await secondCopy();
  const seen: unknown[] = [];
  const id = first.core.logger.add((_text, record) => void seen.push([record.extra, record.level.name]), {
    format: "{message}",
    level: 0,
  });
  first.core.logger.level("SHARED", { no: 21 });
  second.core.logger.contextualize({ task: 1 }, () => second.core.logger.log("SHARED", "x"));
  second.core.logger.handler(id).level = "ERROR";
  first.core.logger.info("below now");
  await second.core.logger.remove(id);
  expect(seen).toEqual([[{ task: 1 }, "SHARED"]]);
});
