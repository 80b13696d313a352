import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { packages } from "../../../scripts/workspace.mjs";

/**
 * What an application's bundler makes of the packages: for the browser, without what is not used, with what registers itself.
 * @param {import("../setting.mjs").Setting} setting
 */
export async function bundle({ report, project, runtimes, tarballs }) {
  const esbuild = await import("esbuild");

  /**
   * @param {string | { code: string }} program a file of `programs/`, or its text
   * @param {import("esbuild").BuildOptions} [options]
   */
  const make = async (program, options = {}) => {
    const input =
      typeof program === "string"
        ? { entryPoints: [join("bundle", "programs", program)] }
        : { stdin: { contents: program.code, resolveDir: project.folder } };
    /** @satisfies {import("esbuild").BuildOptions} */
    const fixed = /** @type {const} */ ({
      absWorkingDir: project.folder,
      bundle: true,
      write: false,
      outfile: "bundle.js",
      metafile: true,
      logLevel: "silent",
    });
    const result = await esbuild.build({ format: "iife", platform: "browser", ...options, ...input, ...fixed });
    const code = result.outputFiles?.[0]?.text ?? "";
    const inputs = Object.entries(Object.values(result.metafile?.outputs ?? {})[0]?.inputs ?? {});
    const kept = inputs
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => path.replaceAll("\\", "/"));
    return { code, kept, warnings: result.warnings };
  };

  await report.check(
    "a bundle for the browser needs nothing of Node and works with a console and timers alone",
    async () => {
      const { code, kept, warnings } = await make("page.mjs");
      deepStrictEqual(warnings, []);
      strictEqual(/\b(?:from|import|require)\s*\(?\s*["'](?:node:|fs|util|async_hooks)/.exec(code), null);
      deepStrictEqual(platforms(kept), webPlatform("esm"));
      const { heard, printed } = runInPage(code);
      const [error = "", ...lines] = [heard[2], ...heard.slice(0, 2), ...heard.slice(3)];
      deepStrictEqual(lines, [
        "INFO cart of 3 items { app: 'shop', user: 7, count: 3 }",
        "INFO tagged 2 { app: 'shop' }",
        "INFO from a server { server: 1 }",
        "INFO printed 2 times { app: 'shop' }",
      ]);
      ok(/^ERROR save failed[\s\S]*RangeError: full/.test(error), error);
      strictEqual(printed.length, 2, String(printed));
      ok(/WARNING.*to the page's console/.test(String(printed[0])), printed[0]);
      strictEqual(printed[1], "not a record");
      console.log(`        core and console for a browser: ${await sizeOf(make, "page.mjs")}`);
    },
  );

  await report.check("a page that requires core gets the browser's platform too", async () => {
    const { code, kept } = await make("page.cjs");
    deepStrictEqual(platforms(kept), webPlatform("cjs"));
    deepStrictEqual(runInPage(code).heard, ["required by a page"]);
  });

  await report.check("a bundle for workerd gets the web platform", async () => {
    const { kept } = await make("small.mjs", {
      platform: "neutral",
      conditions: ["workerd"],
      mainFields: ["module", "main"],
    });
    const { kept: all } = await make("page.mjs", {
      platform: "neutral",
      conditions: ["workerd"],
      mainFields: ["module", "main"],
    });
    deepStrictEqual(platforms(all), webPlatform("esm"));
    strictEqual(kept.length < all.length, true);
  });

  await report.check("what a program does not use of core is left out of its bundle", async () => {
    const { code, kept } = await make("small.mjs", { minify: true });
    deepStrictEqual(
      kept.filter((path) => path.includes("/logger/") || path.includes("/sinks/") || path.endsWith("/hub.js")),
      [],
    );
    const { code: whole } = await make("page.cjs", { minify: true });
    ok(code.length * 4 < whole.length, `${code.length} bytes are kept of ${whole.length}`);
    console.log(`        one function of core: ${code.length} bytes`);
  });

  await report.check("imports of core and console that are not used leave nothing in the bundle", async () => {
    const imports =
      'import { createLogger } from "@logbridge/core"; import { interceptConsole } from "@logbridge/intercept-console";';
    const { kept } = await make({ code: `${imports} console.log("uses nothing");` });
    deepStrictEqual(kept, ["<stdin>"]);
  });

  // The others say in their manifest that an import alone does nothing.
  const registering = packages().filter(({ manifest }) => Array.isArray(manifest["sideEffects"]));
  const adapters = [...tarballs.keys()].filter((name) => registering.some((one) => one.name === name));
  for (const name of adapters)
    await report.check(`a bare import of ${name} keeps what it registers`, async () => {
      const { code, kept } = await make({ code: `import "${name}";` }, { platform: "node", format: "esm" });
      ok(kept.includes(`node_modules/${name}/dist/esm/index.js`), kept.join(" "));
      ok(code.includes("registerSinkAdapter("), "the registration is gone");
    });

  await report.check("a transport is taken bare in a bundle that imports its adapter for that alone", async () => {
    const { code } = await make("transport.mjs", { platform: "node", format: "esm", external: ["winston"] });
    writeFileSync(join(project.folder, "bundle.mjs"), code);
    for (const { node } of runtimes.slice(0, 1)) {
      const { stdout } = await project.succeed(node, ["bundle.mjs"]);
      strictEqual(stdout.trim(), "info: through a bundle");
    }
  });
}

/** The files of the platform for browsers. @param {"esm" | "cjs"} kind */
function webPlatform(kind) {
  const names = ["web-host-objects", "web-inspection", "web-printf", "web"];
  return names.map((name) => `node_modules/@logbridge/core/dist/${kind}/platform/${name}.js`);
}

/** @param {readonly string[]} kept */
function platforms(kept) {
  return kept.filter((path) => /\/platform\/(?:node|web)[^/]*\.js$/.test(path));
}

/**
 * Runs a bundle where there is a console, timers and URL, and nothing else that is not JavaScript itself.
 * @param {string} code
 */
function runInPage(code) {
  /** @type {string[]} */
  const printed = [];
  const print = (/** @type {unknown[]} */ ...words) => void printed.push(words.join(" "));
  const console = Object.fromEntries(
    ["log", "info", "warn", "error", "debug", "trace"].map((method) => [method, print]),
  );
  const page = createContext({ console, setTimeout, clearTimeout, URL });
  runInContext(code, page);
  return { heard: JSON.parse(runInContext("JSON.stringify(globalThis.heard)", page)), printed };
}

/** @param {(program: string, options: object) => Promise<{ code: string }>} make @param {string} program */
async function sizeOf(make, program) {
  const { code } = await make(program, { minify: true });
  return `${code.length} bytes minified, ${gzipSync(code).length} gzipped`;
}
