import { platform } from "#platform";
import { readyPattern } from "../ready-pattern.ts";
import { type CallSite, foreignPreparation } from "./call-sites.ts";
import { parseFrames } from "./frames.ts";
import { moduleNameOf } from "./module-path.ts";

const ABSOLUTE = readyPattern(/^(?:\/|[A-Za-z]:[\\/]|\\\\)/);

/** A place in the sources as the developer wrote them. */
export interface Position {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly name: string | null;
}

const positions = new Map<string, Position>();
const MOST_POSITIONS = 10_000;

/**
 * The position that a generated one came from, looked up once.
 *
 * @param site asked where the runtime knows no source map but an installed `Error.prepareStackTrace` may
 */
export function positionOf(file: string, line: number, column: number, site: CallSite | null): Position {
  const key = `${file}:${line}:${column}`;
  let position = positions.get(key);
  if (!position) {
    position = resolve(file, line, column, site);
    if (positions.size >= MOST_POSITIONS) positions.clear();
    positions.set(key, position);
  }
  return position;
}

function resolve(file: string, line: number, column: number, site: CallSite | null): Position {
  const path = platform.filePath(file);
  const original =
    platform.originalPosition(path, line, column) ??
    (file === path ? null : platform.originalPosition(file, line, column)) ??
    (site && preparedPosition(site));
  const found = original ?? { file: path, line, column };
  return { path: found.file, line: found.line, column: found.column, name: moduleNameOf(found.file) };
}

let preparing = false;

/** Asks what would be printed in a stack: source-map-support and its kin answer with the original place. */
function preparedPosition(site: CallSite): { file: string; line: number; column: number } | null {
  const prepare = preparing ? null : foreignPreparation();
  if (!prepare) return null;
  // A preparation may log in its turn.
  preparing = true;
  try {
    const text = prepare(new Error(), [site]);
    const frame = typeof text === "string" ? parseFrames(text)[0] : undefined;
    if (!frame || frame.line === null || !isAbsolute(frame.file)) return null;
    return { file: frame.file, line: frame.line, column: frame.column ?? 0 };
  } catch {
    return null;
  } finally {
    preparing = false;
  }
}

function isAbsolute(file: string): boolean {
  return ABSOLUTE.test(file);
}
