import { platform } from "#platform";
import { readyPattern } from "../ready-pattern.ts";
import { escapeControls } from "./escape.ts";

const RETURN_AT_END = readyPattern(/\r$/);

/** A place in a source file. */
interface Place {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
}

/** Minified code is no help to a reader. */
const LONGEST_LINE = 500;
/** Of a long line a reader sees what stands around the column. */
const WIDEST = 160;

/**
 * The source around a place, with an arrow at its line and a caret under its column. Nothing where the source cannot be read,
 * or is minified.
 *
 * @param around how many lines before and after
 * @param indent what every line begins with
 * @example
 * sourceFrame({ file: "/srv/app/save.js", line: 3, column: 9 }, 2, "");
 */
export function sourceFrame({ file, line, column }: Place, around: number, indent: string): string[] {
  if (line === null) return [];
  const failing = platform.sourceLine(file, line);
  if (failing === null || failing.trim() === "" || failing.length > LONGEST_LINE) return [];
  const width = String(line + around).length;
  const lines: string[] = [];
  let last = 0;
  for (let at = Math.max(1, line - around); at <= line + around; at++) {
    const text = at === line ? failing : platform.sourceLine(file, at);
    if (text === null || text.length > LONGEST_LINE || (lines.length === 0 && text.trim() === "")) continue;
    const arrow = at === line ? "-->" : "   ";
    const start = at === line ? startOf(text, column) : 0;
    lines.push(`${indent}    ${arrow} ${String(at).padStart(width)} | ${shown(text, start)}`.trimEnd());
    if (at === line && column !== null && column > 0 && column <= text.length)
      lines.push(`${indent}        ${" ".repeat(width)} | ${" ".repeat(caretAt(text, start, column))}^`);
    if (text.trim() !== "") last = lines.length;
  }
  return lines.slice(0, last);
}

function startOf(text: string, column: number | null): number {
  return column === null || column < WIDEST ? 0 : Math.min(column - WIDEST / 2, text.length - WIDEST / 2);
}

function shown(text: string, start: number): string {
  const part = text.slice(start, start + WIDEST);
  return (start > 0 ? "…" : "") + visible(part) + (start + WIDEST < text.length ? "…" : "");
}

function caretAt(text: string, start: number, column: number): number {
  return visible(text.slice(start, column - 1)).length + (start > 0 ? 1 : 0);
}

function visible(text: string): string {
  return escapeControls(text.replaceAll("\t", " ").replace(RETURN_AT_END, ""));
}

/**
 * Names and values under a frame.
 *
 * @param values names and texts, bounded already
 */
export function variableLines(values: readonly (readonly [string, string])[], indent: string): string[] {
  return values.map(
    ([name, text]) => `${indent}        . ${escapeControls(`${name} = ${text}`).replaceAll("\n", "\\n")}`,
  );
}
