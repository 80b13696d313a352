import { LogbridgeTypeError, shown } from "../diagnostics.ts";
import { type CompiledFormat, compileFormat, type FormatOptions, type FormatRecord } from "../format/compile.ts";
import { ecsJson } from "../format/ecs.ts";
import { escapeControls, escapeLines } from "../format/escape.ts";
import { renderException } from "../format/exception.ts";
import { gcpJson } from "../format/gcp.ts";
import { flatJson, loguruJson } from "../format/json.ts";
import { stringify } from "../format/json-text.ts";
import { logfmtLine, readyLogfmt } from "../format/logfmt.ts";
import { levelAnsi, renderMarkup, stripMarkup } from "../format/markup.ts";
import type { Zone } from "../format/time.ts";
import { isPromised } from "../promised.ts";
import type { Level } from "../record/level.ts";
import { isPlainObject } from "../record/plain-object.ts";
import type { LogRecord } from "../record/record.ts";
import type { HandlerOptions } from "./options.ts";

/** What a handler's text is made with. */
export interface TextOptions {
  readonly format: string | ((record: LogRecord) => string);
  readonly serialize: HandlerOptions["serialize"];
  readonly colorize: boolean;
  readonly backtrace: boolean;
  readonly diagnose: boolean | "values";
  readonly escape: HandlerOptions["escape"];
  readonly zone: Zone;
  readonly strict: boolean;
  readonly levels: ReadonlyMap<string, Level>;
}

/** A handler's text, compiled when the handler is added. */
export interface CompiledText {
  readonly make: (record: LogRecord<object>) => string;
  readonly needsCaller: boolean;
}

/** How many different templates a format function may give before the oldest are compiled anew. */
const MOST_TEMPLATES = 200;

/**
 * Compiles what turns a record into text.
 *
 * @throws LogbridgeError LB11xx for a malformed template, unknown field or colour tag, quoting it
 */
export function compileText(options: TextOptions): CompiledText {
  const plain = compilePlain(options);
  const { serialize } = options;
  if (typeof serialize === "function") {
    const line = serialize as (record: LogRecord) => string;
    return { make: (record) => ended(madeLine(line(record as LogRecord))), needsCaller: false };
  }
  if (typeof serialize === "string") {
    const line = SHAPES[serialize];
    if (serialize === "logfmt") readyLogfmt();
    return { make: (record) => `${line(record as LogRecord)}\n`, needsCaller: false };
  }
  if (serialize === true)
    return {
      make: (record) => `${loguruJson(plain.make(record), record as LogRecord, options.zone)}\n`,
      needsCaller: true,
    };
  return plain;
}

/**
 * Compiles what turns a record into the message for a sink that takes records and prints them in its own form: no end of a line, and no
 * exception unless the format has the field, since that sink gets the error itself.
 *
 * @throws LogbridgeError LB11xx for a malformed template, unknown field or colour tag, quoting it
 */
export function compileMessage(options: TextOptions): CompiledText {
  return compilePlain(options, false);
}

/** The lines of these shapes show the caller where somebody else needs it. */
const SHAPES: Readonly<Record<"flat" | "ecs" | "gcp" | "logfmt", (record: FormatRecord) => string>> = {
  flat: flatJson,
  ecs: ecsJson,
  gcp: gcpJson,
  logfmt: logfmtLine,
};

/** What a function made is text; an object is written as JSON, since that is what it was meant for. */
function madeLine(line: unknown): string {
  if (typeof line === "string") return line;
  refusePromise(line, "serialize");
  if (isPlainObject(line) || Array.isArray(line)) return stringify(line);
  throw new LogbridgeTypeError(
    "LB1004",
    `serialize: the function must give the line as a text, and gave ${shown(line)}`,
  );
}

function refusePromise(given: unknown, option: string): void {
  if (isPromised(given))
    throw new LogbridgeTypeError(
      "LB1004",
      `${option}: the function gave a promise; it must answer at once, and an async function cannot`,
    );
}

function ended(line: string): string {
  return line.endsWith("\n") ? line : `${line}\n`;
}

/** @param ends the text has an end of line and the exception behind what the format says */
function compilePlain(options: TextOptions, ends = true): CompiledText {
  const { format } = options;
  const formatOptions = formatOptionsOf(options);
  const raw = (record: LogRecord<object>): string => {
    const { _markup: markup, message } = record;
    // A patcher may have changed the message since its colours were read.
    if (!markup || stripMarkup(markup) !== message) return message;
    return renderMarkup(markup, { colorize: options.colorize, levelAnsi: formatOptions.levelColor(record.level) });
  };
  if (typeof format === "string") {
    // Alone first: an error is to quote what the user wrote.
    const alone = compileFormat(format, formatOptions);
    const whole = (): CompiledFormat =>
      options.escape === "lines"
        ? oneLine(alone, formatOptions)
        : compileFormat(`${format}\n{exception}`, formatOptions);
    const text = ends ? whole() : alone;
    return {
      make: (record) => (record._raw ? raw(record) : text(record as FormatRecord)),
      needsCaller: text.needsCaller,
    };
  }
  const compiled = new Map<string, CompiledFormat>();
  const make = (record: LogRecord<object>): string => {
    const given: unknown = format(record as LogRecord);
    if (typeof given !== "string") refusePromise(given, "format");
    const template = String(given);
    if (record._raw) return raw(record);
    let text = compiled.get(template);
    if (!text) {
      text = compileFormat(template, formatOptions);
      if (compiled.size >= MOST_TEMPLATES) compiled.delete(compiled.keys().next().value as string);
      compiled.set(template, text);
    }
    return text(record as FormatRecord);
  };
  return { make, needsCaller: false };
}

/** The exception behind the text, on its line. */
function oneLine(text: CompiledFormat, { exceptionText }: FormatOptions): CompiledFormat {
  const make = (record: FormatRecord): string => {
    const exception = exceptionText(record);
    return `${text(record)}${exception === "" ? "" : "\\n"}${exception}\n`;
  };
  return Object.assign(make, { needsCaller: text.needsCaller });
}

function formatOptionsOf(options: TextOptions): FormatOptions {
  const { colorize, backtrace, diagnose, zone, strict, levels } = options;
  const colors = new WeakMap<Level, string>();
  let lastLevel: Level | undefined;
  let lastColor = "";
  return {
    colorize,
    zone,
    strict,
    levelColor({ name, no }) {
      const level = levels.get(name);
      // A bare severity has no colour, even where a level bears the name that it is shown by.
      if (!level || (level.no !== no && name === `Level ${no}`)) return "";
      // A level that is changed is another object.
      if (level === lastLevel) return lastColor;
      let ansi = colors.get(level);
      if (ansi === undefined) colors.set(level, (ansi = levelAnsi(level.color)));
      lastLevel = level;
      lastColor = ansi;
      return ansi;
    },
    exceptionText(record) {
      const { exception } = record;
      if (!exception) return "";
      const text = renderException(exception, { colorize, backtrace, diagnose });
      return options.escape === "lines" ? escapeLines(text.trimEnd()) : ended(text);
    },
    harmless: (record) => (record as LogRecord)._harmless,
    colouredMessage: (record) => (record as LogRecord)._markup,
    ...(options.escape === "lines" && { safeRaw: escapeLines }),
    // Loguru to the letter passes control characters on.
    safe:
      options.escape === "lines"
        ? (text) => escapeLines(escapeControls(text))
        : strict
          ? (text) => text
          : escapeControls,
  };
}
