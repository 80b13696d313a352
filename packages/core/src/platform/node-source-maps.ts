import { readFileSync, statSync } from "node:fs";
import * as nodeModule from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readyPattern } from "../ready-pattern.ts";
import type { SourcePosition } from "./platform.ts";

const JAVASCRIPT = readyPattern(/\.[cm]?js$/);
const DEPENDENCY = readyPattern(/[\\/]node_modules[\\/]/);
const INLINE = readyPattern(/^data:application\/json[^,]*;base64,(.*)$/);

/** What Node's source maps answer. */
interface SourceMap {
  findEntry(line: number, column: number): { originalSource?: string; originalLine?: number; originalColumn?: number };
}

interface Payload {
  sources: string[];
  sourceRoot?: string;
}

const LARGEST = 20_000_000;
const ADDRESS = readyPattern(/^\/\/[#@] sourceMappingURL=(\S+)\s*$/m);

interface SourceMaps {
  findSourceMap?: (path: string) => SourceMap | undefined;
  SourceMap?: new (payload: Payload) => SourceMap;
}

// Bun and Deno map positions by themselves. Bun lacks these; Deno has them, and what is mapped already would be mapped once more.
const { findSourceMap, SourceMap: NodeSourceMap }: SourceMaps =
  "Deno" in globalThis ? {} : (nodeModule as unknown as SourceMaps);

const read = new Map<string, SourceMap | null>();

/** Turns a `file:` URL into a path, other names into themselves. */
export function filePath(fileOrUrl: string): string {
  if (!fileOrUrl.startsWith("file:")) return fileOrUrl;
  try {
    return fileURLToPath(fileOrUrl);
  } catch {
    return fileOrUrl;
  }
}

/** Where a generated position came from, also where the runtime was not told to keep source maps (`--enable-source-maps`). */
export function originalPosition(file: string, line: number, column: number): SourcePosition | null {
  const map = findSourceMap?.(file) ?? mapBeside(file);
  if (!map) return null;
  const entry = map.findEntry(line - 1, column - 1);
  if (entry.originalSource === undefined || entry.originalLine === undefined) return null;
  return {
    file: filePath(entry.originalSource),
    line: entry.originalLine + 1,
    column: (entry.originalColumn ?? 0) + 1,
  };
}

/** The map that the application's own compiled file names; dependencies stay as they were published. */
function mapBeside(file: string): SourceMap | null {
  const known = read.get(file);
  if (known !== undefined) return known;
  const map = JAVASCRIPT.test(file) && !DEPENDENCY.test(file) ? load(file) : null;
  read.set(file, map);
  return map;
}

function load(file: string): SourceMap | null {
  try {
    if (!NodeSourceMap || statSync(file).size > LARGEST) return null;
    const address = ADDRESS.exec(readFileSync(file, "utf8"))?.[1];
    if (address === undefined) return null;
    const inline = INLINE.exec(address)?.[1];
    const place = inline === undefined ? resolve(dirname(file), decodeURIComponent(address)) : file;
    const text = inline === undefined ? readFileSync(place, "utf8") : Buffer.from(inline, "base64").toString("utf8");
    const payload = JSON.parse(text) as Payload;
    const root = payload.sourceRoot ?? "";
    payload.sources = payload.sources.map((source) => resolve(dirname(place), filePath(root), filePath(source)));
    delete payload.sourceRoot;
    return new NodeSourceMap(payload);
  } catch {
    // A map that is missing or malformed is no reason to lose a record: the generated position stands.
    return null;
  }
}
