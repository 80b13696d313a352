import { platform } from "#platform";
import type { Frame } from "../format/exception.ts";
import { readyPattern } from "../ready-pattern.ts";

const BEFORE_PLACE = readyPattern(/^(.*?\()(?:.*)(\))$/);
const BEFORE_BARE_PLACE = readyPattern(/^(\s*at (?:async )?|[^@]*@)/);
const FOREIGN = readyPattern(
  /^(?:node:|internal\/|ext:|bun:|wasm:|native$|<anonymous>$|\[native code\]$|index \d+$)|[\\/]node_modules[\\/]/,
);

/** `at [async] [function] (place)` as V8 writes it; Bun and Deno do likewise. */
const V8_FRAME = readyPattern(/^\s*at (?:async )?(?:(.*?) \((.*)\)|(.*))$/);
/** `function@place` as JavaScriptCore and SpiderMonkey write it. */
const AT_FRAME = readyPattern(/^\s*(?:async\*)?([^@\s]*)@()(\S*[/\\]\S*|\[native code\])$/);
/** The numbers at the end of a place. */
const PLACE = readyPattern(/^(.*?)(?::(\d+))?(?::(\d+))?$/);
/** JavaScriptCore's frames of what V8 shows none of: what calls a function, or goes on with a generator, for somebody else. */
const CALLS_FOR_OTHERS = readyPattern(/^\s*at (?:apply|call|next) \(native:\d+:\d+\)$/);
/** Where the code of an `eval` was evaluated. */
const EVALUATED = readyPattern(/\(([^()]+:\d+:\d+)\)/);

const LONGEST_LINE = 4_000;
const MOST_FRAMES = 1_000;

/**
 * The frames in an engine's stack text, innermost first. Lines that are no frames (title, message) are passed over.
 *
 * @param stack the text of an error's `stack`
 * @example
 * parseFrames("Error: no\n    at save (/srv/app/save.js:3:9)")[0]?.line; // 3
 */
export function parseFrames(stack: string): Frame[] {
  const lines = stack.split("\n");
  const frames = framesOf(lines, V8_FRAME);
  return frames.length > 0 ? frames : framesOf(lines, AT_FRAME);
}

function framesOf(lines: readonly string[], shape: RegExp): Frame[] {
  const frames: Frame[] = [];
  for (const line of lines) {
    const match = line.length > LONGEST_LINE || CALLS_FOR_OTHERS.test(line) ? null : shape.exec(line);
    if (match) frames.push(frameOf(line, match[1] || null, match[2] || match[3] || ""));
    if (frames.length >= MOST_FRAMES) break;
  }
  return frames;
}

function frameOf(line: string, name: string | null, written: string): Frame {
  const place = written.startsWith("eval at ") ? (EVALUATED.exec(written)?.[1] ?? written) : written;
  const match = PLACE.exec(place);
  const file = platform.filePath(match?.[1] ?? place);
  return {
    function: name,
    file,
    line: numberOf(match?.[2]),
    column: numberOf(match?.[3]),
    native: isForeign(file),
    text: line.trimEnd(),
  };
}

/**
 * A frame at another place: where its source map says that it comes from.
 *
 * @param frame as the engine wrote it
 * @param place counted from 1
 */
export function movedFrame(frame: Frame, place: { file: string; line: number; column: number }): Frame {
  const written = `${place.file}:${place.line}:${place.column}`;
  const before = BEFORE_PLACE.exec(frame.text) ?? BEFORE_BARE_PLACE.exec(frame.text);
  return {
    function: frame.function,
    file: place.file,
    line: place.line,
    column: place.column,
    native: isForeign(place.file),
    text: `${before?.[1] ?? "    at "}${written}${before?.[2] ?? ""}`,
  };
}

function numberOf(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits);
}

/** Is this file the runtime's or a dependency's, not the application's? */
function isForeign(file: string): boolean {
  return FOREIGN.test(file);
}
