import { hostname } from "node:os";
import { errorToHand, type LogRecord, toPlain } from "@logbridge/core";
import { levelsWith, lostName, outboundLevel, type PinoLevel, type PinoLevels } from "../levels.ts";
import { guarded, serialized } from "./application-functions.ts";
import { errorData } from "./error-data.ts";
import { filledAnew } from "./filled-anew.ts";
import type { Line } from "./line.ts";
import { isList } from "./line-options.ts";
import { LineStart } from "./line-start.ts";
import type { LineStyle } from "./line-style.ts";
import { type Mapping, mergeObject } from "./merge-object.ts";
import { jsonText } from "./percent-text.ts";
import { plainValue } from "./plain-value.ts";
import { put } from "./put.ts";
import { innerRedaction, messageRedaction, redaction } from "./redaction.ts";
import { isTextless, remembered } from "./remembered.ts";

/** The fields of a line, shown. */
interface Fields {
  readonly object: Record<string, unknown>;
  /** The text where it stands among the fields, `null` where a formatter took it out of there. */
  readonly text: unknown;
}

const NONE: ReadonlySet<string> = new Set(["__proto__"]);

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
  readonly #hideInner: ((error: unknown) => void) | null;
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
      plainValue(Object.hasOwn(serializers, key) ? serialized(key, serializers[key] ?? asIs, value) : value);
    const given = base === undefined ? { pid: process.pid, hostname: hostname() } : (base ?? {});
    this.#base = {};
    for (const [key, value] of Object.entries(given)) {
      const one = shown(key, value);
      if (one !== undefined) put(this.#base, key, one);
    }
    const hidden = redact ? (isList(redact) ? { paths: redact } : redact) : null;
    this.redacts = hidden !== null;
    this.#hide = hidden && redaction(hidden);
    const errorSerializer = serializers[errorKey] ?? serializers["err"];
    this.#hideInner = hidden && !errorSerializer ? innerRedaction(hidden, errorKey) : null;
    this.#messageOf = hidden && messageRedaction(hidden, [errorKey, "err"]);
    const taken =
      nestedKey === undefined
        ? [...this.#start.keys(), messageKey, ...Object.keys(this.#base), ...(caller ? ["caller"] : [])]
        : [];
    this.#mapping = {
      reserved: new Set(["__proto__", ...taken]),
      errorKey,
      bound: nestedKey === undefined ? this.#base : {},
      hidden: (key, value) => this.#hidden(key, value),
      valueOf: shown,
      errorOf: (exception) =>
        errorSerializer
          ? plainValue(serialized(errorKey, errorSerializer, errorToHand(exception)))
          : errorData(exception, true),
    };
    this.#logger = { levels: this.levels, bindings: () => ({ ...this.#base }) };
  }

  line(record: LogRecord): Line {
    const level = outboundLevel(record, this.levels);
    const { label, number } = level;
    const { nestedKey, caller, messagePrefix = "", serializers, lineEnd = "\n", changeLine } = this.#style;
    const { object, text: fieldText } = this.#object(record, level);
    const line: Record<string, unknown> = { ...this.#base };
    if (caller && record.file) line["caller"] = `${record.file.path}:${record.line}`;
    if (nestedKey === undefined) Object.assign(line, object);
    else if (Object.keys(object).length > 0) line[nestedKey] = object;
    const said = fieldText === undefined ? messagePrefix + this.#message(record) : fieldText;
    if (said !== null && !isTextless(record)) {
      const showMessage = serializers?.[this.messageKey];
      const shown = showMessage ? plainValue(serialized(this.messageKey, showMessage, said)) : said;
      if (shown !== undefined) line[this.messageKey] = shown;
    }
    const { exception } = record;
    this.#hide?.(line);
    // pino's paths begin at the fields, wherever those stand.
    if (nestedKey !== undefined) this.#hide?.(object);
    this.#hideInner?.(object[this.errorKey]);
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

  #message(record: LogRecord): string {
    if (!this.#messageOf) return record.message;
    return this.#messageOf(filledAnew(record, (value) => jsonText(this.#hiddenIn(value))));
  }

  #hiddenIn(value: unknown): unknown {
    const plain = toPlain(value);
    if (typeof plain === "object" && plain !== null) this.#hide?.(plain as Record<string, unknown>);
    return plain;
  }

  #mixed(given: object, mixed: object): object {
    const { mergeMixin } = this.#style;
    return mergeMixin ? mergeMixin(given, mixed) : { ...mixed, ...given };
  }

  /** A field that the line shows by another name is hidden by the paths of its own. */
  #hidden(key: string, value: unknown): unknown {
    if (!this.#hide) return value;
    const before = toPlain(value);
    const alone: Record<string, unknown> = {};
    put(alone, key, structuredClone(before));
    this.#hide(alone);
    return JSON.stringify(alone[key]) === JSON.stringify(before) ? value : alone[key];
  }

  /** The fields, shown. The application's functions get them as they were given, in pino's order. */
  #object(record: LogRecord, level: PinoLevel): Fields {
    const { mixin, formatLog } = this.#style;
    const lost = lostName(record.level, level, this.levels);
    if (!mixin && !formatLog) return { object: mergeObject(record, this.#mapping, lost), text: undefined };
    const { exception } = record;
    const error = exception && errorToHand(exception);
    // These functions know the fields by their own names.
    const open = { ...this.#mapping, reserved: NONE, valueOf: asItIs, errorOf: () => error };
    const merged = mergeObject(record, open, lost);
    const isField = remembered(record)?.isField === true;
    if (isField) merged[this.messageKey] = this.#message(record);
    let given: object = merged;
    if (mixin)
      given = guarded("mixin", mixin, () => this.#mixed(merged, mixin(merged, level.number, this.#logger)), given);
    if (formatLog) given = guarded("formatters.log", formatLog, () => formatLog(given as Record<string, unknown>), {});
    const object: Record<string, unknown> = {};
    let text: unknown = isField ? null : undefined;
    for (const [key, value] of Object.entries(given)) {
      if (value === undefined) continue;
      if (isField && key === this.messageKey) {
        text = value;
        continue;
      }
      const isError = exception !== null && key === this.errorKey && value === error;
      let shown = isError ? this.#mapping.errorOf(exception) : this.#mapping.valueOf(key, value);
      let name = key;
      if (Object.hasOwn(record.extra, key) && this.#mapping.reserved.has(key)) {
        shown = this.#hidden(key, shown);
        while (this.#mapping.reserved.has(name) || Object.hasOwn(given, name)) name += "_";
      }
      if (shown !== undefined) put(object, name, shown);
    }
    return { object, text };
  }
}

function asItIs(_key: string, value: unknown): unknown {
  return value;
}

function asIs(value: unknown): unknown {
  return value;
}
