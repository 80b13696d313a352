import { LogbridgeError } from "../diagnostics.ts";
import { converted } from "./conversion.ts";
import { escapeLines } from "./escape.ts";
import {
  type FormatRecord,
  isCallerField,
  isSteady,
  levelOf,
  type Read,
  readerOf,
  samplesOf,
  UNKNOWN,
} from "./fields.ts";
import { type Markup, MarkupReader, renderMarkup, stripMarkup, type Token } from "./markup.ts";
import { rawText } from "./raw.ts";
import { MISSING } from "./reach.ts";
import { formatValue } from "./spec.ts";
import { type Field, parseTemplate, type Template } from "./template.ts";
import { compileTime, type Zone } from "./time.ts";
import { textOf } from "./value.ts";

export type { FormatRecord } from "./fields.ts";

/** What a format is compiled with. */
export interface FormatOptions {
  readonly colorize: boolean;
  readonly zone: Zone;
  /**
   * A field without a value, and a spec that a value does not fit, are errors of the call. Default: such a field is shown as
   * written, such a value without its spec, and a field that no record has is an error when the format is compiled.
   */
  readonly strict?: boolean;
  /** The ANSI prefix of `<level>`. */
  readonly levelColor: (level: FormatRecord["level"]) => string;
  /** The rendered exception, "" for none; ends with a newline. */
  readonly exceptionText: (record: FormatRecord) => string;
  /** The message of a record logged with `opt({ colors: true })`. */
  readonly colouredMessage: (record: FormatRecord) => Markup | null;
  /** The message of a record that is known to be harmless. */
  readonly harmless?: (record: FormatRecord) => string | null;
  /** Makes the text of values harmless. */
  readonly safe?: (text: string) => string;
  /** The same for texts that `raw()` has marked. */
  readonly safeRaw?: (text: string) => string;
}

/** A compiled format. */
export interface CompiledFormat {
  (record: FormatRecord): string;
  /** Fields of the caller are used. */
  readonly needsCaller: boolean;
}

type TextOf = (record: FormatRecord) => string;

/** Text that depends on nothing but the caller. */
interface CallerPart {
  readonly ofCaller: TextOf;
}

type Part = string | TextOf | CallerPart;

/**
 * Compiles the format of a handler: literal text with colour markup, and fields of the record.
 *
 * @throws LogbridgeError LB1101 (template), LB1104 (unknown field), LB1110–LB1112 (markup), LB1103 (spec), LB112x (time pattern)
 * @example
 * compileFormat("<level>{level: <8}</level> {message}", options)(record);
 */
export function compileFormat(format: string, options: FormatOptions): CompiledFormat {
  const template = parseTemplate(format);
  const reader = new MarkupReader();
  const fields = new Map<Token, Part>();
  reader.feedTemplate(template, (field) => fields.set(reader.place(), compileField(field, reader.current(), options)));
  const parts: Part[] = [];
  for (const token of reader.done(true)) {
    const field = fields.get(token);
    if (field !== undefined) parts.push(field);
    else if (token.kind === "text") parts.push(token.value);
    else if (options.colorize)
      parts.push(token.kind === "level" ? (record) => options.levelColor(levelOf(record)) : token.value);
  }
  return Object.assign(joined(parts), { needsCaller: usesCaller(template) });
}

function usesCaller({ parts }: Template): boolean {
  return parts.some(
    (part) =>
      typeof part !== "string" && (isCallerField(part) || (typeof part.spec !== "string" && usesCaller(part.spec))),
  );
}

/** One function for all parts. Neighbouring literals become one, and so does what stands between two fields of the caller. */
function joined(parts: readonly Part[]): TextOf {
  const merged: (string | TextOf)[] = [];
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] as Part;
    const last = merged.length - 1;
    if (typeof part === "object") {
      const end = endOfRun(parts, index);
      merged.push(callerRun(parts.slice(index, end + 1)));
      index = end;
    } else if (typeof part === "string" && typeof merged[last] === "string") merged[last] += part;
    else merged.push(part);
  }
  return concatenation(merged);
}

function concatenation(parts: readonly (string | TextOf)[]): TextOf {
  const [first, between, last] = parts;
  // The message, the end of the line, the exception: without a loop, which would ask at each record what each part is.
  if (parts.length === 3 && typeof first === "function" && typeof between === "string" && typeof last === "function")
    return (record) => {
      const text = first(record) + between;
      const end = last(record);
      return end === "" ? text : text + end;
    };
  return (record) => {
    let text = "";
    for (let index = 0; index < parts.length; index++) {
      const part = parts[index] as string | TextOf;
      text += typeof part === "string" ? part : part(record);
    }
    return text;
  };
}

/** The last caller field that only literals separate from the one at `start`. */
function endOfRun(parts: readonly Part[], start: number): number {
  let end = start;
  for (let index = start + 1; index < parts.length && typeof parts[index] !== "function"; index++)
    if (typeof parts[index] === "object") end = index;
  return end;
}

/** What a record keeps of its caller: the same objects for every record of one place in the code. */
interface Kept {
  readonly _caller?: object | null | undefined;
  readonly _name?: string | null | undefined;
}

/** The text of the callers that log is made once for each of them. */
function callerRun(parts: readonly Part[]): TextOf {
  const make = concatenation(parts.map((part) => (typeof part === "object" ? part.ofCaller : part)));
  const texts = new WeakMap<object, { readonly name: string | null | undefined; readonly text: string }>();
  return (record) => {
    const { _caller: caller, _name: name } = record as Kept;
    if (!caller) return make(record);
    const known = texts.get(caller);
    if (known !== undefined && known.name === name) return known.text;
    const text = make(record);
    texts.set(caller, { name, text });
    return text;
  };
}

function compileField(field: Field, outer: readonly Token[], options: FormatOptions): Part {
  const { safe = (text: string): string => text } = options;
  if (field.path.length === 0) {
    if (field.head === "time") return timePart(field, options);
    if (field.head === "exception") return exceptionPart(field, options);
    if (field.head === "message") return messagePart(field, outer, options, safe);
  }
  const read = readerOf(field, options.strict === true);
  const text = valueText(field, read, options);
  // A message may have lines; a name or a value that had some would be taken for another record.
  const safeLine = options.strict === true ? safe : (one: string): string => escapeLines(safe(one));
  if (field.head === "extra" && field.conversion === null) {
    const { safeRaw = (one: string): string => one } = options;
    return (record) => (rawText(read(record)) === null ? safeLine : safeRaw)(text(record));
  }
  const shown: TextOf = (record) => safeLine(text(record));
  if (typeof field.spec !== "string") return shown;
  if (isCallerField(field)) return { ofCaller: shown };
  return isSteady(field) ? steady(read, shown) : shown;
}

/** Differs from every value that a record can have, and from `MISSING`. */
const UNREAD: unique symbol = Symbol("unread");

/** Most records have the level, caller and process of the one before: their text is made once. */
function steady(read: Read, make: TextOf): TextOf {
  let lastValue: unknown = UNREAD;
  let lastText = "";
  return (record) => {
    const value = read(record);
    if (value === lastValue && typeof value !== "object") return lastText;
    lastText = make(record);
    lastValue = value;
    return lastText;
  };
}

/** The text of one value of the record: read, converted, and shaped by its spec. */
function valueText(field: Field, read: Read, options: FormatOptions): TextOf {
  const shape = shaping(field, options);
  const { strict = false } = options;
  return (record) => {
    const value = read(record);
    if (value !== MISSING) return shape(value, record);
    if (strict)
      throw new LogbridgeError(
        "LB1105",
        `the format's field ${field.source} cannot be filled: the record has no such value`,
      );
    return field.source;
  };
}

function shaping(field: Field, options: FormatOptions): (value: unknown, record: FormatRecord) => string {
  const { conversion, spec, source } = field;
  const { strict = false } = options;
  if (spec === "" && conversion === null) return textOf;
  if (typeof spec === "string" && !strict) checkSpec(field, spec);
  const specText =
    typeof spec === "string"
      ? spec
      : joined(spec.parts.map((part) => (typeof part === "string" ? part : nestedText(part, source, options))));
  return (value, record) => {
    try {
      return formatValue(converted(value, conversion), typeof specText === "string" ? specText : specText(record));
    } catch (error) {
      if (strict && value !== UNKNOWN) throw error;
      return textOf(value);
    }
  };
}

/** A field inside of a spec: `{level: <{extra[width]}}`. */
function nestedText(field: Field, source: string, options: FormatOptions): TextOf {
  if (field.head === "time" || field.head === "exception")
    throw new LogbridgeError("LB1104", `the format's field ${source}: ${field.source} cannot stand in a format spec`);
  return valueText(field, readerOf(field, options.strict === true), options);
}

/** A spec that no value of the field could take is found when the handler is added. */
function checkSpec(field: Field, spec: string): void {
  let problem: unknown;
  for (const sample of samplesOf(field)) {
    try {
      formatValue(sample, spec);
      return;
    } catch (error) {
      problem = error;
    }
  }
  throw new LogbridgeError(
    "LB1103",
    `the format's field ${field.source}: ${(problem as Error).message.replace(/ \[LB1103\]$/, "")}`,
  );
}

function timePart(field: Field, options: FormatOptions): Part {
  if (typeof field.spec !== "string" || field.conversion !== null)
    throw new LogbridgeError(
      "LB1104",
      `the format's field ${field.source}: a time takes a pattern, no conversion and no fields of its own`,
    );
  const text = compileTime(field.spec);
  return (record) => text(record.micros, options.zone);
}

function exceptionPart(field: Field, options: FormatOptions): Part {
  if (field.spec === "" && field.conversion === null) return options.exceptionText;
  const shape = shaping(field, options);
  return (record) => shape(options.exceptionText(record), record);
}

function messagePart(
  field: Field,
  outer: readonly Token[],
  options: FormatOptions,
  safe: (text: string) => string,
): Part {
  const shape = shaping(field, options);
  const isBare = field.spec === "" && field.conversion === null;
  const { colorize, levelColor, colouredMessage, harmless = () => null } = options;
  return (record) => {
    const { message } = record;
    const markup = field.conversion === null ? colouredMessage(record) : null;
    // A patcher may have changed the message since its colours were read.
    if (!markup || stripMarkup(markup) !== message) {
      if (!isBare || typeof message !== "string") return safe(shape(message, record));
      return message === harmless(record) ? message : safe(message);
    }
    const guarded = markup.map(({ kind, value }): Token => {
      const guard = kind === "text" ? safe : kind === "raw" ? options.safeRaw : undefined;
      return { kind, value: guard ? guard(value) : value };
    });
    return shape(renderMarkup(guarded, { colorize, levelAnsi: levelColor(levelOf(record)), outer }), record);
  };
}
