import { hostname } from "node:os";
import { errorToHand, type LogRecord, toPlain } from "@logbridge/core";
import { levelsWith, lostName, outboundLevel, type PinoLevel, type PinoLevels } from "../levels.ts";
import { errorData } from "./error-data.ts";
import type { Line } from "./line.ts";
import { isList } from "./line-options.ts";
import { LineStart } from "./line-start.ts";
import type { LineStyle } from "./line-style.ts";
import { type Mapping, mergeObject } from "./merge-object.ts";
import { put } from "./put.ts";
import { messageRedaction, redaction } from "./redaction.ts";
import { isTextless } from "./remembered.ts";

/** The lines of a logger that nobody has to make: what pino would write, without a copy of pino. */
export class OwnLines {
  readonly levels: PinoLevels;
  readonly messageKey: string;
  readonly errorKey: string;
  /** Values are hidden, in messages too. */
  readonly redacts: boolean;
  readonly #style: LineStyle;
  readonly #start: LineStart;
  readonly #base: Record<string, unknown>;
  readonly #hide: ((line: Record<string, unknown>) => void) | null;
  readonly #messageOf: ((record: LogRecord) => string) | null;
  readonly #mapping: Mapping;
  /** What a stream finds in `lastLogger`. */
  readonly #logger: { readonly levels: PinoLevels; bindings(): Record<string, unknown> };

  constructor(style: LineStyle) {
    const { redact, serializers = {}, base, messageKey = "msg", errorKey = "err", nestedKey, caller } = style;
    this.levels = levelsWith(style.levels ?? {}, style.onlyLevels ?? false);
    this.messageKey = messageKey;
    this.errorKey = errorKey;
    this.#style = style;
    this.#start = new LineStart(style);
    const shown = (key: string, value: unknown): unknown =>
      toPlain(Object.hasOwn(serializers, key) ? serializers[key]?.(value as never) : value);
    const given = base === undefined ? { pid: process.pid, hostname: hostname() } : (base ?? {});
    this.#base = {};
    for (const [key, value] of Object.entries(given)) put(this.#base, key, shown(key, value));
    const hidden = redact ? (isList(redact) ? { paths: redact } : redact) : null;
    this.redacts = hidden !== null;
    this.#hide = hidden && redaction(hidden);
    this.#messageOf = hidden && messageRedaction(hidden, [errorKey, "err"]);
    const errorSerializer = serializers[errorKey] ?? serializers["err"];
    const taken =
      nestedKey === undefined
        ? [...this.#start.keys(), messageKey, ...Object.keys(this.#base), ...(caller ? ["caller"] : [])]
        : [];
    this.#mapping = {
      reserved: new Set(["__proto__", ...taken]),
      errorKey,
      bound: nestedKey === undefined ? this.#base : {},
      valueOf: shown,
      errorOf: (exception) =>
        errorSerializer ? toPlain(errorSerializer(errorToHand(exception) as never)) : errorData(exception, true),
    };
    this.#logger = { levels: this.levels, bindings: () => ({ ...this.#base }) };
  }

  line(record: LogRecord): Line {
    const level = outboundLevel(record, this.levels);
    const { label, number } = level;
    const { nestedKey, caller, messagePrefix = "", serializers, lineEnd = "\n", changeLine } = this.#style;
    const object = this.#object(record, level);
    const line: Record<string, unknown> = { ...this.#base };
    if (caller && record.file) line["caller"] = `${record.file.path}:${record.line}`;
    if (nestedKey === undefined) Object.assign(line, object);
    else line[nestedKey] = object;
    if (!isTextless(record)) {
      const message = messagePrefix + (this.#messageOf?.(record) ?? record.message);
      const showMessage = serializers?.[this.messageKey];
      line[this.messageKey] = showMessage ? toPlain(showMessage(message as never)) : message;
    }
    const { exception } = record;
    this.#hide?.(line);
    // pino's paths begin at the fields, wherever those stand.
    if (nestedKey !== undefined) this.#hide?.(object);
    // Streams in this process look for the error itself; where something is hidden, it would show it.
    const shown = this.#hide || !exception ? object : { ...object, [this.errorKey]: errorToHand(exception) };
    const time = this.#start.time(record.micros);
    const text = JSON.stringify(line);
    const whole = `${this.#start.level(label, number)}${time}${text === "{}" ? "" : ","}${text.slice(1)}${lineEnd}`;
    return {
      label,
      number,
      line: changeLine ? changeLine(whole) : whole,
      object: shown,
      message: String(line[this.messageKey] ?? ""),
      time: time.slice(time.indexOf(":") + 1),
      logger: this.#logger,
    };
  }

  /** The fields, shown. The application's functions get them as they were given, in pino's order. */
  #object(record: LogRecord, level: PinoLevel): Record<string, unknown> {
    const { mixin, mergeMixin, formatLog } = this.#style;
    const lost = lostName(record.level, level, this.levels);
    if (!mixin && !formatLog) return mergeObject(record, this.#mapping, lost);
    const { exception } = record;
    const error = exception && errorToHand(exception);
    let given: object = mergeObject(record, { ...this.#mapping, valueOf: asItIs, errorOf: () => error }, lost);
    if (mixin) {
      const mixed = mixin(given, level.number, this.#logger);
      given = mergeMixin ? mergeMixin(given, mixed) : { ...mixed, ...given };
    }
    if (formatLog) given = formatLog(given as Record<string, unknown>);
    const object: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(given)) {
      if (value === undefined) continue;
      const isError = exception !== null && key === this.errorKey && value === error;
      put(object, key, isError ? this.#mapping.errorOf(exception) : this.#mapping.valueOf(key, value));
    }
    return object;
  }
}

function asItIs(_key: string, value: unknown): unknown {
  return value;
}
