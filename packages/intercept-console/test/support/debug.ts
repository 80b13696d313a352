import { createRequire } from "node:module";
import type createDebug from "debug";

const load = createRequire(import.meta.url);

/** A copy of `debug` that nobody has patched or enabled. */
export function freshDebug(): typeof createDebug {
  return fresh("debug");
}

/** The build for browsers, which adds `%c` and styles. */
export function freshBrowserDebug(): typeof createDebug {
  return fresh("debug/src/browser.js");
}

function fresh(entry: string): typeof createDebug {
  for (const path of Object.keys(load.cache))
    if (/[\\/]node_modules[\\/]debug[\\/]/.test(path)) delete load.cache[path];
  return load(entry) as typeof createDebug;
}
