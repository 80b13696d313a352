import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Installation } from "./support/installation.ts";
import { program } from "./support/program.ts";

const LOGS = `
  import { logger, sample, throttle } from "@logbridge/core";
  await logger.remove();
  const format = "{message}";
  logger.add(process.stdout, { format, filter: throttle({ burst: 1, window: 3_600_000 }) });
  for (let index = 0; index < 100; index++) logger.info("tick");`;

const lines = (text: string): string[] =>
  text
    .trim()
    .replace(/in \d+(\.\d)? m?s$/gm, "in …")
    .split("\n");
const SAID = ["tick", '"tick" suppressed 99 times in …'];

describe("the last summary is there", () => {
  test("after an error that nobody caught", async () => {
    const { stdout, stderr, code } = await program(`${LOGS}\nthrow new Error("the end");`);
    expect({ lines: lines(stdout), code }).toEqual({ lines: SAID, code: 1 });
    expect(stderr).toContain("the end");
  });

  test("after a rejection that nobody handled", async () => {
    const { stdout, code } = await program(
      `${LOGS}\nvoid Promise.reject(new Error("the end")); await new Promise(() => {});`,
    );
    expect({ lines: lines(stdout), code }).toEqual({ lines: SAID, code: 1 });
  });

  describe("of a worker", () => {
    let app: Installation;
    beforeAll(() => {
      app = new Installation();
    });
    afterAll(() => app.remove());

    test.each([
      ["ends by itself", ""],
      ["calls process.exit()", "process.exit(0);"],
    ])("that %s; the main thread counts for itself", (_, end) => {
      app.write(
        "program.mjs",
        `import { once } from "node:events";
         import { readFileSync } from "node:fs";
         import { fileURLToPath } from "node:url";
         import { isMainThread, Worker } from "node:worker_threads";
         import { logger, throttle } from "@logbridge/core";
         await logger.remove();
         const file = isMainThread ? "main.log" : "worker.log";
         logger.add(file, { mode: "w", format: "{message}", filter: throttle({ burst: 1, window: 3_600_000 }) });
         for (let index = 0; index < 100; index++) logger.info("tick");
         if (isMainThread) {
           await once(new Worker(fileURLToPath(import.meta.url)), "exit");
           await logger.complete();
           console.log(JSON.stringify(["main.log", "worker.log"].map((name) => readFileSync(name, "utf8"))));
         } else {
           ${end}
         }`,
      );
      expect((app.run(["program.mjs"]) as string[]).map(lines)).toEqual([SAID, SAID]);
    });
  });

  test("by its timer, while the process waits for something else", async () => {
    const { stdout } = await program(`
      import { logger, throttle } from "@logbridge/core";
      await logger.remove();
      const said = new Promise((resolve) =>
        logger.add((text, { origin }) => { process.stdout.write(text); if (origin) resolve(); },
          { format: "{message}", filter: throttle({ burst: 1, window: 50 }) }));
      for (let index = 0; index < 3; index++) logger.info("tick");
      const waiting = setInterval(() => {}, 1_000);
      await said;
      clearInterval(waiting);`);
    expect(lines(stdout)).toEqual(["tick", '"tick" suppressed 2 times in …']);
  });
});

test("a key is sampled alike in processes that know nothing of each other", async () => {
  const source = `
    import { logger, sample } from "@logbridge/core";
    await logger.remove();
    logger.add(process.stdout, { format: "{extra[traceId]}", filter: sample({ rate: 0.3, key: "traceId", summary: false }) });
    for (let index = 0; index < 200; index++) logger.info("m", { traceId: "trace-" + index });`;
  const [first, second] = await Promise.all([program(source), program(source)]);
  expect(first.stdout).toBe(second.stdout);
  const passed = lines(first.stdout).length;
  expect(passed).toBeGreaterThan(30);
  expect(passed).toBeLessThan(90);
});
