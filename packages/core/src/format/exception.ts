import { platform } from "#platform";
import type { FrameVariables } from "../platform/platform.ts";
import { readyPattern } from "../ready-pattern.ts";
import { escapeControls } from "./escape.ts";
import { sourceFrame, variableLines } from "./source-frame.ts";

const ALIAS = readyPattern(/ \[as .*\]$/);
const OWNERS = readyPattern(/^.*[. ]/);

/** One frame of a stack. */
export interface Frame {
  readonly function: string | null;
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
  /** Of the runtime or of a dependency, not of the application. */
  readonly native: boolean;
  /** The line as the engine wrote it, at the place that a source map may have told. */
  readonly text: string;
  /** The error was caught in this function, or by `catch` in one that this function called. */
  readonly catchPoint?: true;
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

/** How many lines of source stand before and after the failing one. */
const AROUND = 2;

/** How an exception is shown. */
export interface ExceptionOptions {
  readonly colorize: boolean;
  /** The frames above the catch point too, and the catch point marked with `>`. */
  readonly backtrace: boolean;
  /** The source around the failing line; `"values"`: also the variables of the application's frames. */
  readonly diagnose: boolean | "values";
}

const YELLOW = "\x1b[33m\x1b[1m";
const DIM = "\x1b[2m";
const RED = "\x1b[31m\x1b[1m";
const RESET = "\x1b[0m";

/** Errors of clients and drivers carry whole requests. */
const LONGEST_PROPERTIES = 2_000;
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
  const caught = options.backtrace ? -1 : info.stack.findIndex((frame) => frame.catchPoint);
  const frames = caught < 0 ? info.stack : info.stack.slice(0, caught + 1);
  const failing = options.diagnose ? frames.find((frame) => !frame.native && frame.line !== null) : undefined;
  const variables = options.diagnose === "values" ? new Variables(info.value) : null;
  return frames.flatMap((frame) => {
    const values = frame.native ? null : (variables?.of(frame) ?? null);
    const lines = [frameLine(frame, options, indent)];
    if (frame === failing || values) lines.push(...sourceFrame(frame, frame === failing ? AROUND : 0, indent));
    if (values) lines.push(...variableLines(values, indent));
    return lines;
  });
}

function frameLine(frame: Frame, { colorize, backtrace }: ExceptionOptions, indent: string): string {
  const text = escapeControls(frame.text.trim());
  if (backtrace && frame.catchPoint) return `${indent}  ${colorize ? `${YELLOW}>${RESET}` : ">"} ${text}`;
  return colorize && frame.native ? `${DIM}${indent}    ${text}${RESET}` : `${indent}    ${text}`;
}

/** The variables that were kept when an error was thrown, given out frame by frame from the innermost outwards. */
class Variables {
  readonly #kept: readonly FrameVariables[];
  #next = 0;

  constructor(error: unknown) {
    this.#kept = (typeof error === "object" && error !== null && platform.variablesOf(error)) || [];
  }

  of(frame: Frame): FrameVariables["values"] | null {
    const name = lastName(frame.function);
    for (let index = this.#next; index < this.#kept.length; index++) {
      const kept = this.#kept[index] as FrameVariables;
      if (kept.file !== frame.file || lastName(kept.function) !== name) continue;
      this.#next = index + 1;
      return kept.values.length > 0 ? kept.values : null;
    }
    return null;
  }
}

/** The engine's debugger knows `save` where its stacks say `async Store.save [as put]`. */
function lastName(name: string | null): string {
  return (name ?? "").replace(ALIAS, "").replace(OWNERS, "").replace("<anonymous>", "");
}

function propertiesText(properties: object): string {
  const text = escapeControls(platform.inspect(properties, { oneLine: true, depth: 3 })).replaceAll("\n", "\\n");
  return text.length > LONGEST_PROPERTIES
    ? `${text.slice(0, LONGEST_PROPERTIES)}… [${text.length - LONGEST_PROPERTIES} more characters]`
    : text;
}
