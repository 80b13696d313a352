import { platform } from "#platform";
import { escapeControls } from "./escape.ts";

/** One frame of a stack. */
export interface Frame {
  readonly function: string | null;
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
  /** Of the runtime or of a dependency, not of the application. */
  readonly native: boolean;
  /** The line as the engine wrote it. */
  readonly text: string;
}

/** What was thrown. */
export interface ExceptionInfo {
  readonly type: string;
  /** The very value that was thrown. */
  readonly value: unknown;
  readonly message: string;
  readonly stack: readonly Frame[];
  readonly cause?: ExceptionInfo;
  /** The inner errors of an AggregateError. */
  readonly errors?: readonly ExceptionInfo[];
  readonly code?: string | number;
  /** Its own properties. */
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** How an exception is shown. */
export interface ExceptionOptions {
  readonly colorize: boolean;
  /** Frames of dependencies and of the runtime too. */
  readonly backtrace: boolean;
  /** The source line of the first frame of the application. */
  readonly diagnose: boolean;
}

const DIM = "\x1b[2m";
const RED = "\x1b[31m\x1b[1m";
const RESET = "\x1b[0m";

/** An exception as text: its stack, the whole chain of causes, and inner errors, also of a cause. */
export function renderException(info: ExceptionInfo, options: ExceptionOptions): string {
  return render(info, options, "").join("\n");
}

function render(info: ExceptionInfo, options: ExceptionOptions, indent: string): string[] {
  const title = escapeControls(info.message === "" ? info.type : `${info.type}: ${info.message}`);
  const lines = title.split("\n").map((line) => indent + (options.colorize ? `${RED}${line}${RESET}` : line));
  let diagnosed = !options.diagnose;
  for (const frame of info.stack) {
    if (frame.native && !options.backtrace) continue;
    const text = `${indent}    ${escapeControls(frame.text.trim())}`;
    lines.push(options.colorize && frame.native ? `${DIM}${text}${RESET}` : text);
    if (diagnosed || frame.native) continue;
    diagnosed = true;
    lines.push(...sourceOf(frame, indent));
  }
  if (info.properties) lines.push(`${indent}    ${escapeControls(platform.inspect(info.properties, { oneLine: true, depth: 3 }))}`);
  for (const [index, inner] of (info.errors ?? []).entries()) {
    lines.push(`${indent}  [error ${index + 1} of ${info.errors?.length}]`);
    lines.push(...render(inner, options, `${indent}  `));
  }
  if (info.cause) {
    const cause = render(info.cause, options, indent);
    lines.push(`${indent}Caused by: ${(cause[0] as string).slice(indent.length)}`, ...cause.slice(1));
  }
  return lines;
}

function sourceOf(frame: Frame, indent: string): string[] {
  if (frame.line === null) return [];
  const line = platform.sourceLine(frame.file, frame.line);
  if (line === null || line.trim() === "" || line.length > 500) return [];
  const gutter = `${indent}      ${frame.line} | `;
  const shown = [gutter + escapeControls(line.replaceAll("\t", " "))];
  if (frame.column !== null) shown.push(`${" ".repeat(gutter.length - 2)}| ${" ".repeat(frame.column - 1)}^`);
  return shown;
}
