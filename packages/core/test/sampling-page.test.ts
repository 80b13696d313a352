import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { program } from "./support/program.ts";

const page = readFileSync(new URL("../../../docs/sampling.md", import.meta.url), "utf8");

/** Each example of the page with what it prints. */
const examples = [...page.matchAll(/```ts\n(.*?)```\n\n```text\n(.*?)```/gs)].map(([, code = "", printed = ""]) => ({
  code,
  printed,
}));

/** How long something took is not for this test. */
const timeless = (text: string): string => text.replace(/in \d+(\.\d)? m?s$/gm, "in …");

test("every example of the page about sampling prints what stands below it", async () => {
  expect(examples.length).toBe(page.split("```ts\n").length - 1);
  const mark = "--- next example";
  const folder = "process.chdir(mkdtempSync(join(tmpdir(), 'logbridge-page-')));";
  const imports = [
    'import { mkdtempSync, writeSync } from "node:fs";',
    'import { tmpdir } from "node:os";',
    'import { join } from "node:path";',
    'import { createLogger, logger, sample, throttle } from "@logbridge/core";',
  ];
  // One process for all: each example is a block of its own.
  const blocks = examples.map(
    ({ code }) => `{\n${code.replace(/^import .*$/gm, "")}\n}\nwriteSync(1, ${JSON.stringify(`${mark}\n`)});`,
  );
  const { stdout, stderr, code } = await program([...imports, folder, ...blocks].join("\n"));
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  const printed = stdout.split(`${mark}\n`).slice(0, -1);
  expect(printed.map(timeless)).toEqual(examples.map((example) => timeless(example.printed)));
});
