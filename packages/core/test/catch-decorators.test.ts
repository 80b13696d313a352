import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Installation } from "./support/installation.ts";

const here = dirname(fileURLToPath(import.meta.url));
const workspace = join(here, "../../..");

let app: Installation;
beforeAll(() => {
  app = new Installation();
});
afterAll(() => app.remove());

type Kind = "standard" | "legacy";

/** Compiles a program as TypeScript does, and reads the JSON that it prints. */
function run(kind: Kind, source: string): unknown {
  app.write("program.mts", source);
  const flags = ["--noCheck", "--module", "nodenext", "--target", "es2022", "--experimentalDecorators"];
  app.tool("tsc", [...flags, String(kind === "legacy"), "program.mts"]);
  return app.run(["program.mjs"]);
}

const HEAD = `
import { createLogger } from "@logbridge/core";
const logger = createLogger();
const events: unknown[] = [];
logger.add((_text, record) => void events.push([record.level.name, record.function, String(record.exception?.message)]), { format: "{message}" });
`;

const METHODS = `
class Store {
  name = "store";
  @logger.catch
  save(id: number): string | undefined {
    if (id < 0) throw new RangeError(this.name + " " + id);
    return this.name + id;
  }
  @logger.catch({ level: "WARNING", default: "none" })
  async load(id: number): Promise<string> {
    throw new Error(this.name + " load " + id);
  }
  @logger.catch()
  static open(): void {
    throw new Error("open " + this.name);
  }
  @logger.catch
  *items(): Generator<number, void, unknown> {
    yield 1;
    throw new Error("items");
  }
}
async function main(): Promise<void> {
  const store = new Store();
  events.push(store.save(1), store.save(-1), await store.load(2), Store.open(), [...store.items()], store.save.name);
}
main().then(() => console.log(JSON.stringify(events.map((one) => one ?? null))));
`;

const EXPECTED = [
  ["ERROR", "main", "store -1"],
  ["WARNING", "main", "store load 2"],
  ["ERROR", "main", "open Store"],
  ["ERROR", "main", "items"],
  "store1",
  null,
  "none",
  null,
  [1],
  "save",
];

/** What a decorator says of a class with this member. */
function refused(kind: Kind, member: string): unknown {
  return run(
    kind,
    `${HEAD}
let message = "";
try {
  class Wrong { @logger.catch ${member} }
  new Wrong();
} catch (error) {
  message = (error as Error).message;
}
console.log(JSON.stringify(message));`,
  );
}

describe("L-CATCH-1, L-CATCH-3: catch as a decorator", () => {
  test.each<Kind>(["standard", "legacy"])("of methods, bare and with options (%s)", (kind) => {
    expect(run(kind, HEAD + METHODS)).toEqual(EXPECTED);
  });

  test("is typed for experimentalDecorators too", () => {
    const folder = mkdtempSync(join(here, ".tmp-"));
    try {
      writeFileSync(join(folder, "program.mts"), HEAD + METHODS);
      const compilerOptions = {
        experimentalDecorators: true,
        noEmit: true,
        isolatedDeclarations: false,
        declaration: false,
      };
      const config = { extends: join(workspace, "tsconfig.base.json"), compilerOptions, include: ["program.mts"] };
      writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
      execFileSync(join(workspace, "node_modules/.bin/tsc"), ["-p", folder], { cwd: workspace, encoding: "utf8" });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test("in parentheses, as esbuild reads a keyword there", () => {
    const source =
      HEAD + METHODS.replace(/@logger\.catch(?!\()/g, "@(logger.catch)").replace(/@(logger\.catch\(.*\))/g, "@($1)");
    app.write("program.mjs", transformSync(source, { loader: "ts", target: "es2022" }).code);
    expect(app.run(["program.mjs"])).toEqual(EXPECTED);
  });

  test("of fields that hold a function", () => {
    const source = `${HEAD}
class Page { title = "page"; @logger.catch onClick = (): string => { throw new Error(this.title); }; }
new Page().onClick();
console.log(JSON.stringify(events));`;
    expect(run("standard", source)).toEqual([["ERROR", "<anonymous>", "page"]]);
  });

  test.each([
    ["get size(): number { return 1; }", 'size is of the kind "getter"', "size is an accessor"],
    ["set size(_value: number) {}", 'size is of the kind "setter"', "size is an accessor"],
    ["accessor size = 1;", 'size is of the kind "accessor"', "size is an accessor"],
    ["field = 7;", "expected a function, got 7", "field is a field or parameter"],
  ])("not of `%s`", (member, standard, legacy) => {
    expect(refused("standard", member)).toContain(standard);
    expect(refused("legacy", member)).toContain(legacy);
  });

  test.each<Kind>(["standard", "legacy"])("not of a class (%s)", (kind) => {
    const source = `${HEAD}
let message = "";
try {
  @logger.catch class Wrong {}
} catch (error) {
  message = (error as Error).message;
}
console.log(JSON.stringify(message));`;
    expect(run(kind, source)).toMatch(/got the class Wrong; decorate its methods \[LB1034\]/);
  });
});
