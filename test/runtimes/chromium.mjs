// The tests in headless Chromium: each file in a page of its own, in a profile of its own.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { chromium } from "playwright-core";
import { chromiumArguments, ensureChromium } from "../../scripts/chromium.mjs";
import { bundleTests } from "./bundle.mjs";

/** @typedef {import("./run-file.ts").FileReport} FileReport */
/** @typedef {import("playwright-core").Browser} Browser */

/** How many pages are at work at a time. */
const PAGES = 2;

/** A file of tests that has not ended by then never will. */
const LONGEST_MS = 120_000;

/** @returns {Promise<import("./runtime.ts").TestedRuntime | null>} null where there is no Chromium and none can be had */
export async function startChromium() {
  const found = ensureChromium();
  if ("missing" in found) {
    console.log(`Chromium is left out: ${found.missing}`);
    return null;
  }
  const browser = await chromium.launch({ executablePath: found.program, args: [...chromiumArguments] });
  return {
    title: `Chromium ${found.version}`,
    name: "chromium",
    async run(files, folder) {
      const modules = await bundleTests({ files, out: folder, conditions: ["browser"] });
      const { origin, close } = await serve(modules);
      /** @type {Map<string, FileReport>} */
      const reports = new Map();
      const waiting = [...files];
      const work = async () => {
        for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
          reports.set(file, await runFile(browser, origin, file));
        }
      };
      await Promise.all(Array.from({ length: PAGES }, work));
      await close();
      return files.map((file) => /** @type {FileReport} */ (reports.get(file)));
    },
    close: () => browser.close(),
  };
}

/** @param {Browser} browser @param {string} origin @param {string} file @returns {Promise<FileReport>} */
async function runFile(browser, origin, file) {
  const context = await browser.newContext();
  try {
    const tab = await context.newPage();
    await tab.goto(origin);
    return await inTime(
      tab.evaluate(async (address) => {
        const { run } = await import(address);
        return run();
      }, `/${file}`),
      file,
    );
  } catch (error) {
    return { file, tests: [], error: String(error) };
  } finally {
    await context.close();
  }
}

/** @param {Promise<FileReport>} running @param {string} file @returns {Promise<FileReport>} */
function inTime(running, file) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  /** @type {Promise<FileReport>} */
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve({ file, tests: [], error: `not at an end after ${LONGEST_MS} ms` }), LONGEST_MS);
  });
  return Promise.race([running, late]).finally(() => clearTimeout(timer));
}

/**
 * Each module under the name of its file of tests, which is what stacks show then.
 * @param {ReadonlyMap<string, string>} modules the path of the module for each file
 * @returns {Promise<{ origin: string, close: () => Promise<void> }>}
 */
async function serve(modules) {
  const server = createServer(async ({ url = "/" }, response) => {
    const module = modules.get(url.slice(1));
    if (module === undefined)
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end("<!doctype html>");
    else response.writeHead(200, { "content-type": "text/javascript; charset=utf-8" }).end(await readFile(module));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
