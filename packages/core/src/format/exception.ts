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

/** Errors of clients and drivers carry whole requests. */
const LONGEST_PROPERTIES = 2_000;
/** Minified code is no help to a reader. */
const LONGEST_SOURCE_LINE = 500;

/**
 * An exception as text, without a newline at its end: title and stack as the engine prints them, own properties, inner errors,
 * the whole chain of causes; the last line repeats the title, as in the seed, so that the end of a long trace says what happened.
 *
 * @param info what `describeException` gave
 * @example
 * renderException(record.exception, { colorize: false, backtrace: true, diagnose: false });
 */
export function renderException(info: ExceptionInfo, options: ExceptionOptions): string {
  const lines = render(info, options, "");
  const title = titleOf(info, options, "");
  return (lines.length > title.length ? [...lines, ...title] : lines).join("\n");
}

function render(info: ExceptionInfo, options: ExceptionOptions, indent: string): string[] {
  const lines = [...titleOf(info, options, indent), ...framesOf(info, options, indent)];
  const properties = { ...(info.code !== undefined && { code: info.code }), ...info.properties };
  if (Object.keys(properties).length > 0) lines.push(`${indent}    ${propertiesText(properties)}`);
  for (const [index, inner] of (info.errors ?? []).entries()) {
    lines.push(`${indent}  [error ${index + 1} of ${info.errors?.length}]`, ...render(inner, options, `${indent}  `));
  }
  if (info.cause) {
    const cause = render(info.cause, options, indent);
    lines.push(`${indent}Caused by: ${(cause[0] as string).slice(indent.length)}`, ...cause.slice(1));
  }
  return lines;
}

function titleOf(info: ExceptionInfo, options: ExceptionOptions, indent: string): string[] {
  const title = escapeControls(info.message === "" ? info.type : `${info.type}: ${info.message}`);
  return title.split("\n").map((line) => indent + (options.colorize ? `${RED}${line}${RESET}` : line));
}

function framesOf(info: ExceptionInfo, options: ExceptionOptions, indent: string): string[] {
  const application = info.stack.filter((frame) => !frame.native);
  // An error that was thrown far from the application (a socket, a timer) has no frame of it: better all than none.
  const frames = options.backtrace || application.length === 0 ? info.stack : application;
  const lines: string[] = [];
  for (const frame of frames) {
    const text = `${indent}    ${escapeControls(frame.text.trim())}`;
    lines.push(options.colorize && frame.native ? `${DIM}${text}${RESET}` : text);
    if (options.diagnose && frame === application[0]) lines.push(...sourceOf(frame, indent));
  }
  return lines;
}

function propertiesText(properties: object): string {
  const text = escapeControls(platform.inspect(properties, { oneLine: true, depth: 3 })).replaceAll("\n", "\\n");
  return text.length > LONGEST_PROPERTIES
    ? `${text.slice(0, LONGEST_PROPERTIES)}… [${text.length - LONGEST_PROPERTIES} more characters]`
    : text;
}

function sourceOf(frame: Frame, indent: string): string[] {
  if (frame.line === null) return [];
  const line = platform.sourceLine(frame.file, frame.line);
  if (line === null || line.trim() === "" || line.length > LONGEST_SOURCE_LINE) return [];
  const gutter = `${indent}      ${frame.line} | `;
  const shown = [gutter + escapeControls(line.replaceAll("\t", " "))];
  if (frame.column !== null) shown.push(`${" ".repeat(gutter.length - 2)}| ${" ".repeat(frame.column - 1)}^`);
  return shown;
}
