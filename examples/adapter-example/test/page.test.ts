import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

function fileText(path: string): string {
  return readFileSync(new URL(path, import.meta.url), "utf8");
}

const adapter = fileText("../src/adapter.ts");

test("the adapter on the page about adapters is the one that is tested", () => {
  const page = fileText("../../../docs/writing-an-adapter.md");
  const [, section = ""] = page.split("## A complete adapter\n");
  expect(/```ts\n(.*?)```/s.exec(section)?.[1]).toBe(adapter);
});

test("the complete adapter has at most 60 lines", () => {
  expect(adapter.trimEnd().split("\n").length).toBeLessThanOrEqual(60);
});
