import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { interfaces } from "../scripts/api.mjs";
import { publicDeclarations } from "../scripts/declarations.mjs";

describe("the approved interface", () => {
  const all = interfaces();

  test.each(all.map((one) => [one.entry, one] as const))(
    'of %s is what is built; "npm run api:update" approves a change',
    (_, { approved, esm }) => {
      expect(esm).toBe(approved);
    },
  );

  test.each(all.map((one) => [one.entry, one] as const))(
    "of %s is the same for import and require",
    (_, { esm, cjs }) => {
      expect(cjs).toBe(esm);
    },
  );

  test.each(all.map((one) => [one.entry, one] as const))("of %s says any nowhere", (_, { esm }) => {
    expect(esm.split("\n").filter((line) => /\bany\b/.test(line.replace(/"[^"]*"/g, "")))).toEqual([]);
  });
});

test("a change of a type that only another signature names changes the interface, a comment or an unreachable type does not", () => {
  const folder = mkdtempSync(join(tmpdir(), "logbridge-api-"));
  try {
    const entry = join(folder, "index.d.ts");
    writeFileSync(
      entry,
      'export { add, type Options as AddOptions } from "./add.ts";\nexport type * from "./more.ts";\nexport {};\n',
    );
    writeFileSync(join(folder, "more.d.ts"), "export interface More {\n    a: 1;\n}\n");
    const write = (depth: string, comment: string, hidden: string): string => {
      const add = [
        'import type { Depth } from "./depth.ts";',
        `/** ${comment} { */`,
        "export declare function add(options: Options): void;",
        "export declare function add(name: string, options?: Options): void;",
        "export interface Options {",
        '    readonly depth: Depth | "a;b}";',
        "}",
        `interface Hidden { a: ${hidden} }`,
      ];
      writeFileSync(join(folder, "add.d.ts"), `${add.join("\n")}\n`);
      writeFileSync(join(folder, "depth.d.ts"), `export type Depth = ${depth};\n`);
      return publicDeclarations(entry);
    };
    const before = write("number", "Adds.", "1");
    expect(before).toBe(
      [
        "export {\n  type AddOptions,\n  type More,\n  add,\n};",
        "// add.d.ts",
        "export declare function add(options: Options): void;",
        "export declare function add(name: string, options?: Options): void;",
        'export interface Options {\n    readonly depth: Depth | "a;b}";\n}',
        "",
        "// depth.d.ts\nexport type Depth = number;",
        "",
        "// more.d.ts\nexport interface More {\n    a: 1;\n}\n",
      ]
        .join("\n")
        .replace("};\n// add", "};\n\n// add"),
    );
    expect(write("number", "Adds a sink.", "2")).toBe(before);
    expect(write("string", "Adds.", "1")).not.toBe(before);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
