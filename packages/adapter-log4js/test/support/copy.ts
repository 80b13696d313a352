import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** Loads a second copy of log4js, as a nested `node_modules` would have it. */
export function anotherCopy(): { readonly log4js: typeof import("log4js"); readonly dispose: () => void } {
  const dir = mkdtempSync(join(tmpdir(), "logbridge-copy-"));
  const modules = join(dir, "node_modules");
  mkdirSync(modules);
  const main = require.resolve("log4js/package.json");
  cpSync(dirname(main), join(modules, "log4js"), { recursive: true });
  for (const name of ["date-format", "debug", "flatted", "rfdc", "streamroller"])
    symlinkSync(join(dirname(dirname(main)), name), join(modules, name));
  const log4js = createRequire(join(dir, "index.js"))("log4js") as typeof import("log4js");
  return { log4js, dispose: () => rmSync(dir, { recursive: true, force: true }) };
}
