import { afterAll, beforeAll, expect, test } from "vitest";
import { Installation } from "./support/installation.ts";

let app: Installation;
beforeAll(() => {
  app = new Installation();
});
afterAll(() => app.remove());

/** What the main thread and a worker of it have logged. */
function logged(main: string, worker: string): { main: string[]; worker: string[] } {
  app.write(
    "program.mjs",
    `import { fileURLToPath } from "node:url";
     import { isMainThread, parentPort, threadId, Worker } from "node:worker_threads";
     import { logger } from "@logbridge/core";
     const texts = [];
     logger.remove(0);
     const listen = (format) => logger.add((text) => void texts.push(text.trim()), { format });
     const answered = () =>
       new Promise((resolve) => new Worker(fileURLToPath(import.meta.url)).once("message", resolve));
     if (isMainThread) {
       ${main}
     } else {
       ${worker}
       parentPort.postMessage(texts);
     }`,
  );
  return app.run(["program.mjs"]) as { main: string[]; worker: string[] };
}

test("L-CTX-2 values of contextualize are private to each thread", () => {
  const { main, worker } = logged(
    `listen("{message} {extra}");
     await logger.contextualize({ task: "a" }, async () => {
       logger.info("before");
       const worker = await answered();
       logger.info("after");
       console.log(JSON.stringify({ main: texts, worker }));
     });`,
    `listen("{message} {extra}");
     logger.info("nothing");
     logger.contextualize({ task: "b" }, () => logger.info("inside"));`,
  );
  expect(main).toEqual(["before { task: 'a' }", "after { task: 'a' }"]);
  expect(worker).toEqual(["nothing {}", "inside { task: 'b' }"]);
});

test("L-REC-12 thread: the id is what `{thread}` shows, and the name tells the main thread from a worker", () => {
  const format = "{thread}|{thread.id}|{thread.name}";
  const { main, worker } = logged(
    `listen("${format}");
     logger.info("m");
     console.log(JSON.stringify({ main: texts, worker: await answered() }));`,
    `listen("${format}|" + threadId);
     logger.info("m");`,
  );
  expect(main).toEqual(["0|0|main"]);
  expect(worker).toHaveLength(1);
  expect(worker[0]).toMatch(/^(\d+)\|\1\|worker-\1\|\1$/);
});
