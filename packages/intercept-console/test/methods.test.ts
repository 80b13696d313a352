import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { calls } from "./methods/calls.mjs";
import { checkRuntime } from "./methods/check.mjs";
import { Application } from "./support/application.ts";

let app: Application;
beforeAll(() => {
  app = new Application();
  for (const name of ["calls.mjs", "program.mjs"])
    app.write(name, readFileSync(new URL(`methods/${name}`, import.meta.url), "utf8"));
});
afterAll(() => app.remove());

test("every method with every kind of value: what is printed is the same, and the record says it", () => {
  expect(calls.length).toBeGreaterThan(120);
  const kind = "Bun" in globalThis ? "bun" : "Deno" in globalThis ? "deno" : "node";
  const runtime = { title: kind, kind, program: process.execPath } as const;
  const modes = kind === "node" ? ["tee", "replace", "foreign"] : undefined;
  const { failures } = checkRuntime(runtime, modes, join(app.root, "program.mjs"));
  expect(failures).toEqual([]);
});
