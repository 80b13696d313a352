import { LogbridgeError } from "../diagnostics.ts";
import type { ExceptionInfo } from "./exception.ts";
import { type Markup, MarkupReader, renderMarkup, type Token } from "./markup.ts";
import { formatValue } from "./spec.ts";
import { converted, type Field, fillTemplate, MISSING, parseTemplate, reach } from "./template.ts";
import { compileTime, type Zone } from "./time.ts";

/** The fields of a record that formats read. */
export interface FormatRecord {
  readonly seq: number;
  readonly micros: number;
  readonly elapsed: number;
  readonly level: { readonly name: string; readonly no: number; readonly icon: string };
  readonly message: string;
  readonly extra: object;
  readonly exception: ExceptionInfo | null;
  readonly name: string | null;
  readonly function: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly file: { readonly name: string; readonly path: string } | null;
  readonly module: string | null;
  readonly process: { readonly id: number; readonly name: string };
  readonly thread: { readonly id: number; readonly name: string };
  readonly origin: unknown;
}

/** What a format is compiled with. */
export interface FormatOptions {
  readonly colorize: boolean;
  readonly zone: Zone;
  /** A field without a value is an error, not shown as written. */
  readonly strict?: boolean;
  /** The ANSI prefix of `<level>`. */
  readonly levelColor: (name: string) => string;
  /** The rendered exception, "" for none; ends with a newline. */
  readonly exceptionText: (record: FormatRecord) => string;
  /** The message of a record logged with `opt({ colors: true })`. */
  readonly colouredMessage: (record: FormatRecord) => Markup | null;
  /** Makes the text of values harmless. */
  readonly safe?: (text: string) => string;
}

/** A compiled format. */
export interface CompiledFormat {
  (record: FormatRecord): string;
  /** Fields of the caller are used. */
  readonly needsCaller: boolean;
}

type Read = (record: FormatRecord) => unknown;
type Part = string | ((record: FormatRecord) => string);

const CALLER = new Set(["name", "function", "line", "column", "file", "module"]);

const FIELDS: Readonly<Record<string, Read>> = {
  time: (record) => record.micros,
  elapsed: (record) => record.elapsed,
  level: (record) => record.level.name,
  message: (record) => record.message,
  extra: (record) => record.extra,
  exception: (record) => record.exception,
  name: (record) => record.name,
  function: (record) => record.function,
  line: (record) => record.line,
  column: (record) => record.column,
  file: (record) => record.file?.name ?? null,
  module: (record) => record.module,
  process: (record) => record.process.id,
  thread: (record) => record.thread.id,
  seq: (record) => record.seq,
  origin: (record) => record.origin,
};

/** The object behind a field that shows one of its parts by default. */
const WHOLE: Readonly<Record<string, Read>> = {
  level: (record) => record.level,
  file: (record) => record.file,
  process: (record) => record.process,
  thread: (record) => record.thread,
};

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
  // Each field stands as a mark among the tokens, so that tags around it are known where it stands.
  const fields: { readonly field: Field; readonly outer: readonly Token[] }[] = [];
  for (const part of template.parts) {
    if (typeof part === "string") reader.feed(part);
    else {
      fields.push({ field: part, outer: reader.current() });
      reader.raw("\0");
    }
  }
  const parts: Part[] = [];
  let next = 0;
  for (const token of reader.done(true)) {
    if (token.kind === "text" && token.value === "\0") {
      const { field, outer } = fields[next++] as (typeof fields)[number];
      parts.push(compileField(field, outer, options));
    } else if (token.kind === "text") parts.push(token.value);
    else if (options.colorize) parts.push(token.kind === "level" ? (record) => options.levelColor(record.level.name) : token.value);
  }
  const merged = mergeLiterals(parts);
  const text = (record: FormatRecord): string => {
    let result = "";
    for (const part of merged) result += typeof part === "string" ? part : part(record);
    return result;
  };
  return Object.assign(text, { needsCaller: fields.some(({ field }) => CALLER.has(String(field.head))) });
}

function mergeLiterals(parts: readonly Part[]): Part[] {
  const merged: Part[] = [];
  for (const part of parts) {
    const last = merged.length - 1;
    if (typeof part === "string" && typeof merged[last] === "string") merged[last] += part;
    else merged.push(part);
  }
  return merged;
}

function compileField(field: Field, outer: readonly Token[], options: FormatOptions): Part {
  const name = String(field.head);
  const read = FIELDS[name];
  if (!read || typeof field.head === "number")
    throw new LogbridgeError("LB1104", `the format's field ${field.source} is unknown; a record has ${Object.keys(FIELDS).join(", ")}`);
  const { safe = (text: string): string => text } = options;
  if (name === "exception" && field.path.length === 0) return (record) => options.exceptionText(record);
  if (name === "time" && field.path.length === 0) return timePart(field, options);
  if (name === "message" && field.path.length === 0) return messagePart(field, outer, options, safe);
  const value = valuePart(field, name, read);
  if (typeof field.spec === "string") checkSpec(field.spec, field.source);
  return (record) => {
    const found = value(record);
    if (found === MISSING) {
      if (options.strict) throw new LogbridgeError("LB1105", `the format's field ${field.source} cannot be filled: the record has no such value`);
      return field.source;
    }
    return safe(specced(found, field, record));
  };
}

function specced(value: unknown, field: Field, record: FormatRecord): string {
  const spec = typeof field.spec === "string" ? field.spec : fillTemplate(field.spec, [], ownFields(record), true).text;
  return formatValue(converted(value ?? "-", value === null ? null : field.conversion), spec);
}

/** Nested specs read the record as own properties. */
function ownFields(record: FormatRecord): Record<string, unknown> {
  const own: Record<string, unknown> = {};
  for (const name of Object.keys(FIELDS)) own[name] = (WHOLE[name] ?? (FIELDS[name] as Read))(record);
  return own;
}

/** A spec that no value could take is found when the handler is added. */
function checkSpec(spec: string, source: string): void {
  if (spec === "") return;
  for (const sample of ["text", 1, 1.5]) {
    try {
      formatValue(sample, spec);
      return;
    } catch (error) {
      if (sample !== 1.5) continue;
      throw new LogbridgeError("LB1103", `the format's field ${source}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

function valuePart(field: Field, name: string, read: Read): Read {
  const { path } = field;
  if (path.length === 0) return read;
  if (name === "time")
    throw new LogbridgeError("LB1104", `the format's field ${field.source} is unknown; write {time:YYYY-MM-DD} for parts of the time`);
  const whole = WHOLE[name] ?? read;
  if (name === "extra") return (record) => reach(record.extra, path);
  // These are objects of this library: their getters may run.
  return (record) => {
    let at: unknown = whole(record);
    for (const key of path) at = at === null || at === undefined ? MISSING : ((at as Record<string | number, unknown>)[key] ?? MISSING);
    return at;
  };
}

function timePart(field: Field, options: FormatOptions): Part {
  if (typeof field.spec !== "string")
    throw new LogbridgeError("LB1104", `the format's field ${field.source}: a time pattern cannot have fields of its own`);
  const text = compileTime(field.spec);
  return (record) => text(record.micros, options.zone);
}

function messagePart(field: Field, outer: readonly Token[], options: FormatOptions, safe: (text: string) => string): Part {
  const plain = typeof field.spec === "string" && field.spec === "" && field.conversion === null;
  if (typeof field.spec === "string") checkSpec(field.spec, field.source);
  return (record) => {
    const markup = options.colouredMessage(record);
    if (!markup) return plain ? safe(record.message) : safe(specced(record.message, field, record));
    const guarded = markup.map((token) => (token.kind === "text" ? { kind: token.kind, value: safe(token.value) } : token));
    const text = renderMarkup(guarded, { colorize: options.colorize, levelAnsi: options.levelColor(record.level.name), outer });
    return plain ? text : specced(text, field, record);
  };
}
