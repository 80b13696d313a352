import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Installation } from "./support/installation.ts";

let app: Installation;
beforeAll(() => {
  app = new Installation();
});
afterAll(() => app.remove());

const ESM_CORE = "/node_modules/@logbridge/core/dist/esm/record/caller.js";
const CJS_CORE = "/node_modules/@logbridge/core/dist/cjs/record/caller.js";
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

const esm = (): string => `import { captureCaller } from ${JSON.stringify(app.root + ESM_CORE)};`;
const cjs = (): string => `const { captureCaller } = require(${JSON.stringify(app.root + CJS_CORE)});`;

const PRINT = `function print(caller) {
  const { functionName, path, line, name, module } = caller;
  console.log(JSON.stringify({ functionName, path, line, name, module }));
}
`;

/** What stands for a logger's face, and a call of it on the marked line. */
const PROGRAM = `
function info() { return captureCaller({ skip: info, depth: 0 }); }

function saveInvoice() {
  return info(); // CALL
}
print(saveInvoice());
${PRINT}`;

/** The same in TypeScript, with types that leave no line behind. */
const TYPED = `
interface Invoice {
  readonly id: number;
  readonly lines: readonly string[];
}

type Caller = ReturnType<typeof captureCaller>;

function info(): Caller { return captureCaller({ skip: info, depth: 0 }); }

class Store {
  private readonly invoices: Invoice[] = [];
  saveInvoice(invoice: Invoice): Caller {
    this.invoices.push(invoice);
    return info(); // CALL
  }
}
print(new Store().saveInvoice({ id: 7, lines: [] }));
${PRINT}`;

function expected(file: string, source: string): object {
  const line = source.split("\n").findIndex((text) => text.includes("// CALL")) + 1;
  const name = file.replace(/\.\w+$/, "");
  return { functionName: "saveInvoice", path: `${app.root}/${file}`, line, name, module: name.replace(/^.*\//, "") };
}

function runAndCompare(file: string, source: string, args: readonly string[]): void {
  app.write(file, source);
  expect(app.run([...args, file])).toEqual(expected(file, source));
}

describe("the caller is the true line", () => {
  test("in an ES module", () => runAndCompare("src/plain.mjs", esm() + PROGRAM, []));

  test("in a CommonJS module", () => runAndCompare("src/plain.cjs", cjs() + PROGRAM, []));

  test("with frozen intrinsics, where the stack's text must do", () => {
    runAndCompare("src/frozen.cjs", cjs() + PROGRAM, ["--frozen-intrinsics"]);
  });

  test("with a stack trace limit that is 0 and another that is read-only [R-24a]", () => {
    runAndCompare("src/none.cjs", `Error.stackTraceLimit = 0;${cjs()}${PROGRAM}`, []);
    const fixed = 'Object.defineProperty(Error, "stackTraceLimit", { value: 5, writable: false });';
    runAndCompare("src/fixed.cjs", fixed + cjs() + PROGRAM, []);
  });

  test("with an Error.prepareStackTrace that cannot be replaced", () => {
    const fixed = 'Object.defineProperty(Error, "prepareStackTrace", { value: undefined, writable: false });';
    runAndCompare("src/kept.cjs", fixed + cjs() + PROGRAM, []);
  });

  test("in TypeScript under tsx, as ES module and as CommonJS", () => {
    runAndCompare("src/typed.mts", esm() + TYPED, ["--import", tsx]);
    const source = TYPED.replace(/^/, `import { captureCaller } from ${JSON.stringify(app.root + CJS_CORE)};`);
    runAndCompare("src/typed.cts", source, ["--import", tsx]);
  });

  test("in TypeScript compiled by tsc with source maps, with and without --enable-source-maps", () => {
    const source = `// @ts-nocheck\n${esm()}${TYPED}`;
    app.write("src/compiled.ts", source);
    const options = ["--target", "ES2022", "--module", "NodeNext", "--sourceMap", "--types", ""];
    app.tool("tsc", ["src/compiled.ts", "--outDir", "out", "--rootDir", "src", ...options]);
    expect(app.run(["--enable-source-maps", "out/compiled.js"])).toEqual(expected("src/compiled.ts", source));
    expect(app.run(["out/compiled.js"])).toEqual(expected("src/compiled.ts", source));
    app.tool("tsc", [
      "src/compiled.ts",
      "--outDir",
      "out",
      "--rootDir",
      "src",
      ...options,
      "--sourceMap",
      "false",
      "--inlineSourceMap",
    ]);
    expect(app.run(["out/compiled.js"])).toEqual(expected("src/compiled.ts", source));
  });

  test("in a minified bundle with a source map, under --enable-source-maps", () => {
    const source = esm() + TYPED;
    app.write("src/bundled.ts", source);
    const options = ["--bundle", "--minify", "--keep-names", "--sourcemap", "--platform=node", "--format=esm"];
    app.tool("esbuild", ["src/bundled.ts", ...options, "--outfile=out/bundled.mjs", "--log-level=error"]);
    expect(app.run(["--enable-source-maps", "out/bundled.mjs"])).toEqual(expected("src/bundled.ts", source));
  });
});

/** A library whose hook is ours: it calls its way down to the hook through as many frames as it is told. */
const LIBRARY = `
exports.hook = null;
exports.log = function log(frames) { return frames > 0 ? exports.log(frames - 1) : exports.hook(); };
`;

const FOREIGN = `
const library = require("theirlog");
library.hook = function write() { return captureCaller({ skip: write, depth: 0, packages: ["theirlog"] }); };
`;

function foreign(file: string, body: string, args: readonly string[] = []): unknown {
  app.write("node_modules/theirlog/index.js", LIBRARY);
  app.write("node_modules/theirlog/package.json", '{"name":"theirlog"}');
  app.write(file, `${cjs()}${FOREIGN}${body}`);
  return app.run([...args, file]);
}

const report =
  "console.log(JSON.stringify(caller && { functionName: caller.functionName, name: caller.name, fileName: caller.fileName }));";

describe("the caller of a foreign library [L-BR-6]", () => {
  test("is above all its frames, however many there are", () => {
    for (const frames of [0, 5, 30]) {
      const body = `function saveInvoice() { return library.log(${frames}); }\nconst caller = saveInvoice();${report}`;
      expect(foreign("src/many.cjs", body)).toEqual({
        functionName: "saveInvoice",
        name: "src/many",
        fileName: "many.cjs",
      });
    }
  });

  test("is nobody where only its own frames are within sight", () => {
    expect(foreign("src/deep.cjs", `const caller = library.log(200);${report}`)).toBeNull();
  });

  test("is the dependency that logs through a copy of its own", () => {
    app.write("node_modules/client/node_modules/theirlog/index.js", LIBRARY);
    app.write(
      "node_modules/client/lib/connect.js",
      "exports.theirs = require('theirlog'); exports.connect = function connect() { return exports.theirs.log(2); };",
    );
    const body = `const client = require("client/lib/connect.js");\nclient.theirs.hook = library.hook;\nconst caller = client.connect();${report}`;
    expect(foreign("src/nested.cjs", body)).toEqual({
      functionName: "connect",
      name: "client/lib/connect",
      fileName: "connect.js",
    });
  });

  test("is not a monitoring product's wrapper, nor Node's code between", () => {
    app.write(
      "node_modules/dd-trace/wrap.js",
      "module.exports = (original) => function traced() { return original.apply(this, arguments); };",
    );
    app.write(
      "node_modules/@opentelemetry/instrumentation-theirlog/wrap.js",
      "module.exports = (original) => function patched() { return original(0); };",
    );
    const body = `
library.log = require("dd-trace/wrap.js")(require("@opentelemetry/instrumentation-theirlog/wrap.js")(library.log));
function saveInvoice() { let caller; const events = new (require("node:events"))(); events.on("x", () => { caller = library.log(0); }); events.emit("x"); return caller; }
const caller = saveInvoice();${report}`;
    expect(foreign("src/wrapped.cjs", body)).toMatchObject({ name: "src/wrapped" });
  });

  test("is not this library's own code, where that logs through a foreign one", () => {
    app.write(
      "node_modules/@logbridge/adapter-theirlog/dist/cjs/sink.js",
      "exports.write = function write(library) { return library.log(0); };",
    );
    const body = `const { write } = require(${JSON.stringify("@logbridge/adapter-theirlog/dist/cjs/sink.js")});\nfunction flush() { return write(library); }\nconst caller = flush();${report}`;
    expect(foreign("src/own.cjs", body)).toMatchObject({ functionName: "flush", name: "src/own" });
  });

  test("is found through the source map where library and application are one bundle", () => {
    const source = `import library from "theirlog";\n${esm()}
library.hook = function write() { return captureCaller({ skip: write, depth: 0, packages: ["theirlog"] }); };
function saveInvoice() { return library.log(3); }
const caller = saveInvoice();${report}`;
    app.write("node_modules/theirlog/index.js", LIBRARY);
    app.write("src/together.mjs", source);
    app.tool("esbuild", [
      "src/together.mjs",
      "--bundle",
      "--sourcemap",
      "--platform=node",
      "--format=esm",
      "--outfile=out/together.mjs",
      "--log-level=error",
    ]);
    const found = app.run(["--enable-source-maps", "out/together.mjs"]);
    expect(found).toEqual({ functionName: "saveInvoice", name: "src/together", fileName: "together.mjs" });
  });
});
