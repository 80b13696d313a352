import type { ExceptionInfo } from "../format/exception.ts";
import type { Markup } from "../format/markup.ts";
import { type Caller, type CallerSource, captureCaller } from "./caller.ts";
import { plainRecord, type RecordData } from "./data.ts";
import { describeException } from "./exception.ts";
import type { Origin } from "./origin.ts";

/** The level of a record. */
export interface RecordLevel {
  name: string;
  no: number;
  icon: string;
}

/** What a record is made from. Everything else is derived when somebody reads it. */
export interface RecordParts<Extra extends object = Record<string, unknown>> {
  readonly seq: number;
  readonly micros: number;
  readonly startedMicros: number;
  readonly level: RecordLevel;
  readonly message: string;
  readonly markup: Markup | null;
  readonly template: string;
  readonly args: readonly unknown[];
  readonly extra: Extra;
  /** `NONE` where nothing was thrown: `undefined` can be thrown too. */
  readonly thrown: unknown;
  /** `opt({ raw: true })`: handlers pass the message on as it is. */
  readonly raw: boolean;
  readonly name: string | null | undefined;
  readonly caller: Caller | null | undefined;
  readonly callerSource: CallerSource | null;
  readonly process: { readonly id: number; readonly name: string };
  readonly thread: { readonly id: number; readonly name: string };
  readonly origin: Origin | null;
}

/** Stands for "no exception", since every JavaScript value can be thrown. */
export const NONE: unique symbol = Symbol.for("logbridge.none") as never;

const BRAND = Symbol.for("logbridge.record");

/**
 * One thing that was logged. Fields are read-only for sinks; patchers may set every field but `seq`.
 *
 * What costs something (the parsed exception, the caller) is computed at the first read and by nobody else.
 * Caller fields are `null` when nobody declared that they are needed and the call has ended meanwhile.
 */
export class LogRecord<Extra extends object = Record<string, unknown>> {
  readonly seq: number;
  /** Microseconds since 1970. */
  micros: number;
  level: RecordLevel;
  /** The message with its arguments filled in. */
  message: string;
  /** What the caller wrote, before its arguments were filled in. */
  template: string;
  args: readonly unknown[];
  extra: Extra;
  process: { readonly id: number; readonly name: string };
  thread: { readonly id: number; readonly name: string };
  origin: Origin | null;
  // Underscored parts are a cell beside the visible fields: lazily filled, read by this library's own formatters.
  /** @internal */ _markup: Markup | null;
  /** @internal */ _raw: boolean;
  /** @internal */ _startedMicros: number;
  /** @internal */ _thrown: unknown;
  /** @internal */ _exception: ExceptionInfo | null | undefined;
  /** @internal */ _name: string | null | undefined;
  /** @internal */ _caller: Caller | null | undefined;
  /** @internal */ _callerSource: CallerSource | null;

  constructor(parts: RecordParts<Extra>) {
    this.seq = parts.seq;
    this.micros = parts.micros;
    this.level = parts.level;
    this.message = parts.message;
    this.template = parts.template;
    this.args = parts.args;
    this.extra = parts.extra;
    this.process = parts.process;
    this.thread = parts.thread;
    this.origin = parts.origin;
    this._markup = parts.markup;
    this._raw = parts.raw;
    this._startedMicros = parts.startedMicros;
    this._thrown = parts.thrown;
    this._exception = undefined;
    this._name = parts.name;
    this._caller = parts.caller;
    this._callerSource = parts.callerSource;
  }

  /** The time of the call. A new object at each read; setting it sets `micros`. */
  get time(): Date {
    return new Date(this.micros / 1000);
  }
  set time(value: Date) {
    this.micros = value.getTime() * 1000;
  }

  /** Milliseconds since the logger started, with fractions. */
  get elapsed(): number {
    return (this.micros - this._startedMicros) / 1000;
  }

  get exception(): ExceptionInfo | null {
    if (this._exception === undefined) this._exception = this._thrown === NONE ? null : describeException(this._thrown);
    return this._exception;
  }
  set exception(value: ExceptionInfo | null) {
    this._exception = value;
    this._thrown = value === null ? NONE : value.value;
  }

  /** The caller's module as one would import it, or what `forModule` or the intercepted library said. */
  get name(): string | null {
    if (this._name === undefined) this._name = this._readCaller()?.name ?? null;
    return this._name ?? null;
  }
  set name(value: string | null) {
    this._name = value;
  }

  get function(): string | null {
    return this._readCaller()?.functionName ?? null;
  }
  set function(functionName: string | null) {
    this._setCaller({ functionName });
  }
  get line(): number | null {
    return this._readCaller()?.line ?? null;
  }
  set line(line: number) {
    this._setCaller({ line });
  }
  get column(): number | null {
    return this._readCaller()?.column ?? null;
  }
  set column(column: number) {
    this._setCaller({ column });
  }
  get file(): { readonly name: string; readonly path: string } | null {
    const caller = this._readCaller();
    return caller ? { name: caller.fileName, path: caller.path } : null;
  }
  set file(file: { readonly name: string; readonly path: string } | null) {
    this._setCaller({ fileName: file?.name ?? "", path: file?.path ?? "" });
  }
  get module(): string | null {
    return this._readCaller()?.module ?? null;
  }
  set module(module: string) {
    this._setCaller({ module });
  }

  /** Plain data that JSON and `postMessage` take; `recordFromJSON` reads it back. */
  toJSON(): RecordData {
    return plainRecord(this);
  }

  /** @internal The caller as captured, or captured now while the call is still on the stack. */
  _readCaller(): Caller | null {
    if (this._caller === undefined) this._caller = this._callerSource ? captureCaller(this._callerSource) : null;
    return this._caller;
  }

  /** @internal After the handlers have run the stack is another one: a capture would name a wrong frame. */
  _endOfCall(): void {
    this._callerSource = null;
  }

  private _setCaller(change: Partial<Caller>): void {
    const known = this._readCaller();
    this._caller = {
      functionName: null,
      path: "",
      fileName: "",
      line: 0,
      column: 0,
      name: null,
      module: "",
      ...(known && {
        functionName: known.functionName,
        path: known.path,
        fileName: known.fileName,
        line: known.line,
        column: known.column,
        name: known.name,
        module: known.module,
      }),
      ...change,
    };
  }
}

// A symbol of the process: the records of every copy of the package are known by it.
Object.defineProperty(LogRecord.prototype, BRAND, { value: true });

/** True for a record of any copy of the package. */
export function isLogRecord(value: unknown): value is LogRecord {
  return typeof value === "object" && value !== null && (value as Record<symbol, unknown>)[BRAND] === true;
}
