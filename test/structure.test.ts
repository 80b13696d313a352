import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { packages, root } from "../scripts/workspace.mjs";
import { findCircle } from "./structure/circle.ts";
import { findWrongArrows } from "./structure/directions.ts";
import { scanImports } from "./structure/import-scanner.ts";
import { readSourceTree, type SourceFile } from "./structure/source-tree.ts";

const LARGEST_FILE = 24_000;

function circleOf(files: readonly SourceFile[]): readonly string[] | null {
  const targets = (file: SourceFile): string[] => file.imports.flatMap(({ target }) => (target ? [target.path] : []));
  return findCircle(new Map(files.map((file) => [file.path, targets(file)])));
}

function codesIn(text: string): readonly string[] {
  return text.match(/\bLB\d{4}\b/g) ?? [];
}

describe("the sources", () => {
  const files = readSourceTree(root);

  test("are there for every package", () => {
    for (const { name, folder } of packages())
      expect(
        files.some((file) => join(root, file.path) === join(folder, "src", "index.ts")),
        name,
      ).toBe(true);
  });

  test("import each other in no circle, types included", () => {
    expect(circleOf(files)).toBeNull();
  });

  test("import each other in the directions of the design alone", () => {
    expect(findWrongArrows(files)).toEqual([]);
  });

  test(`have no file above ${LARGEST_FILE} bytes`, () => {
    expect(files.filter(({ bytes }) => bytes > LARGEST_FILE).map(({ path, bytes }) => `${path}: ${bytes}`)).toEqual([]);
  });

  test("use only error codes that docs/codes.md explains, and it explains no other", () => {
    const docs = join(root, "docs", "codes.md");
    expect(existsSync(docs), "docs/codes.md is missing: each code needs a heading there").toBe(true);
    const headings = readFileSync(docs, "utf8")
      .split("\n")
      .filter((line) => /^#{2,4} /.test(line));
    const explained = headings.flatMap(codesIn);
    const used = new Set(files.flatMap(({ text }) => codesIn(text)));
    expect([...used].filter((code) => !explained.includes(code)).sort(), "codes without a heading").toEqual([]);
    expect(
      explained.filter((code) => !used.has(code)),
      "headings of codes that nothing uses",
    ).toEqual([]);
    expect(
      explained.filter((code, index) => explained.indexOf(code) !== index),
      "codes with two headings",
    ).toEqual([]);
  });
});

describe("the packages", () => {
  const license = readFileSync(join(root, "LICENSE"), "utf8");

  test.each(packages().map((one) => [one.name, one] as const))(
    "%s brings its license, a README and the same manifest fields",
    (_, one) => {
      const { manifest, folder } = one;
      expect(readFileSync(join(folder, "LICENSE"), "utf8")).toBe(license);
      expect(existsSync(join(folder, "README.md")), "README.md").toBe(true);
      expect(manifest).toMatchObject({
        license: "MIT",
        type: "module",
        engines: { node: ">=20" },
        publishConfig: { access: "public" },
      });
      expect(manifest["files"]).toEqual(["dist", "src", "README.md", "LICENSE"]);
      expect(manifest["repository"]).toMatchObject({ directory: `packages/${folder.split(/[\\/]/).at(-1)}` });
    },
  );

  test.each(packages().map((one) => [one.name, one] as const))(
    "%s names in sideEffects what registers a recogniser, and nothing else",
    (_, one) => {
      const index = readFileSync(join(one.folder, "src", "index.ts"), "utf8");
      const registers = /^registerSinkAdapter\(/m.test(index);
      const listed = ["./dist/esm/index.js", "./dist/cjs/index.js", "./src/index.ts"];
      expect(one.manifest["sideEffects"]).toEqual(registers ? listed : false);
    },
  );
});

describe("the check of the structure", () => {
  const made: string[] = [];
  afterAll(() => {
    for (const folder of made) rmSync(folder, { recursive: true });
  });

  /** A tree with packages that obey, and these files in place of theirs. */
  function plant(files: Record<string, string>): readonly SourceFile[] {
    const folder = mkdtempSync(join(tmpdir(), "logbridge-structure-"));
    made.push(folder);
    const all = {
      "packages/core/package.json": JSON.stringify({
        name: "@logbridge/core",
        imports: {
          "#platform": { browser: "./dist/esm/platform/web.js", default: { require: "./dist/cjs/platform/node.js" } },
        },
      }),
      "packages/core/src/index.ts": 'export { logger } from "./logger/create.ts";',
      "packages/core/src/logger/create.ts": 'import { hub } from "../hub.ts";\nimport { platform } from "#platform";',
      "packages/core/src/hub.ts": 'import type { LogRecord } from "./record/record.ts";',
      "packages/core/src/record/record.ts": 'import { text } from "../format/text.ts";',
      "packages/core/src/format/text.ts": 'export const text = (from: string): string => `${from} "../hub.ts"`;',
      "packages/core/src/platform/node.ts": 'import { format } from "node:util";',
      "packages/core/src/platform/web.ts": 'import type { Platform } from "./platform.ts";',
      "packages/core/src/platform/platform.ts": "export interface Platform {}",
      "packages/adapter-pino/package.json": JSON.stringify({
        name: "@logbridge/adapter-pino",
        peerDependencies: { "@logbridge/core": "*", pino: "*" },
      }),
      "packages/adapter-pino/src/index.ts": 'export * from "./sink.ts";',
      "packages/adapter-pino/src/sink.ts":
        'import { logger } from "@logbridge/core";\nimport pino from "pino";\nimport { once } from "node:events";',
      ...files,
    };
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return readSourceTree(folder);
  }

  test("finds nothing where nothing is wrong", () => {
    const files = plant({});
    expect(files).toHaveLength(10);
    expect(findWrongArrows(files)).toEqual([]);
    expect(circleOf(files)).toBeNull();
  });

  test.each([
    [
      "record knows a handler",
      "core/src/record/record.ts",
      'import type { Hub } from "../hub.ts";',
      "record knows nothing of hub",
    ],
    [
      "format knows a record",
      "core/src/format/text.ts",
      'export type A = import("../record/record.ts").B;',
      "format knows nothing of record",
    ],
    [
      "a sink knows the logger",
      "core/src/sinks/sink.ts",
      'const load = () => import("../logger/create.ts");',
      "sinks knows nothing of logger",
    ],
    [
      "platform knows core",
      "core/src/platform/web.ts",
      'import { hub } from "../hub.ts";',
      "platform knows nothing of hub",
    ],
    ["an index is imported", "core/src/hub.ts", 'import { logger } from "./index.ts";', "nobody imports an index"],
    [
      "the runtime needs the kit",
      "core/src/hub.ts",
      'import { cases } from "./conformance/cases.ts";',
      "an entry of its own",
    ],
    ["core uses a built-in", "core/src/hub.ts", 'import { join } from "node:path";', "only platform/node*.ts"],
    [
      "the web platform uses a built-in",
      "core/src/platform/web.ts",
      'export { join } from "node:path";',
      "only platform/node*.ts",
    ],
    [
      "core knows an adapter",
      "core/src/hub.ts",
      'import "@logbridge/adapter-pino";',
      "the arrow goes from adapter-pino to core",
    ],
    [
      "adapters know each other",
      "adapter-pino/src/sink.ts",
      'require("@logbridge/adapter-winston");',
      "adapter-pino knows nothing of adapter-winston",
    ],
    [
      "an adapter needs the kit",
      "adapter-pino/src/sink.ts",
      'import "@logbridge/core/conformance";',
      "main entries only",
    ],
    [
      "an import leaves its package",
      "adapter-pino/src/sink.ts",
      'import "../../core/src/hub.ts";',
      "leaves its package",
    ],
    [
      "a dependency is not declared",
      "core/src/hub.ts",
      'import type { Logger } from "pino";',
      'names no dependency "pino"',
    ],
    ["a file is missing", "core/src/hub.ts", 'import "./nothing.ts";', "no such file"],
    ["a part is not in the design", "core/src/utils/text.ts", 'import "../hub.ts";', 'no part "utils"'],
    ["an adapter has a part of its own", "adapter-pino/src/helpers.ts", "", "an adapter's parts are"],
  ])("fails where %s", (_, path, text, reason) => {
    const wrong = findWrongArrows(plant({ "packages/core/src/conformance/cases.ts": "", [`packages/${path}`]: text }));
    expect(wrong).toHaveLength(1);
    expect(wrong[0]).toContain(reason);
    expect(wrong[0]).toContain(`packages/${path}`);
  });

  test.each([
    ["values", 'import { logger } from "./logger/create.ts";'],
    ["types", 'import type { Logger } from "./logger/create.ts";'],
    ["a dynamic import", 'export const load = () => import("./logger/create.ts");'],
    ["platforms", "export {};", { "packages/core/src/platform/web.ts": 'import "../logger/create.ts";' }],
  ] as [string, string, Record<string, string>?][])("fails on a circle through %s", (_, text, more = {}) => {
    expect(circleOf(plant({ "packages/core/src/hub.ts": text, ...more }))).not.toBeNull();
  });

  test("reads imports of every kind and none that is only mentioned", () => {
    const source = [
      'import a, { b } from "./a.ts"; // from "./no.ts"',
      'import type {\n  C,\n} from "./c.ts";',
      'export * from "./d.ts";',
      'import "./e.ts";',
      'const f = await import("./f.ts"), g = require("./g.ts");',
      'type H = import("./h.ts").H;',
      '/* import "./no.ts" */ const s = \'from "./no.ts"\';',
      'const t = `import "./no.ts" ${await import("./i.ts")} from "./no.ts" ${`}`}`;',
      'const r = /["\'`/*]/.test(x) ? 1 / 2 : /[/"]/; import("./j.ts");',
      'Buffer.from("./no.ts"); x.require("./no.ts"); module.import("./no.ts");',
    ].join("\n");
    expect(scanImports(source).map(({ specifier, line }) => `${line} ${specifier}`)).toEqual([
      "1 ./a.ts",
      "4 ./c.ts",
      "5 ./d.ts",
      "6 ./e.ts",
      "7 ./f.ts",
      "7 ./g.ts",
      "8 ./h.ts",
      "10 ./i.ts",
      "11 ./j.ts",
    ]);
  });
});
