import { platform } from "#platform";
import { LogbridgeTypeError, shown } from "../diagnostics.ts";
import type { ExceptionInfo } from "../format/exception.ts";
import type { Markup } from "../format/markup.ts";
import { asText } from "./argument-text.ts";
import type { Base } from "./base.ts";
import { type Caller, type CallerSource, captureCaller } from "./caller.ts";
import type { CatchPoint } from "./catch-point.ts";
import { copyFields, type Fields, mergeFields } from "./context.ts";
import { plainRecord, type RecordData } from "./data.ts";
import { describeException } from "./exception.ts";
import type { KeptCall } from "./kept-call.ts";
import type { Origin } from "./origin.ts";
import type { Reprint } from "./reprint.ts";

/** The level of a record. */
export interface RecordLevel {
  name: string;
  no: number;
  icon: string;
}

/** What a record is made from. Everything else is derived when somebody reads it. */
export interface RecordParts {
  readonly seq: number;
  readonly micros: number;
  readonly startedMicros: number;
  /** May be shared with other records: whoever reads `level` of the record gets a copy. */
  readonly level: Readonly<RecordLevel>;
  readonly message: string;
  readonly markup: Markup | null;
  readonly template: string;
  readonly args: readonly unknown[];
  /** The values that all records of the logger share. */
  readonly base: Base | null;
  /** The call's own values, as the caller gave them: copied before any code that is not ours sees the record. */
  readonly fields: Fields | null;
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
  /** The message once more, where it is known to be harmless. */
  readonly harmless?: string | undefined;
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
  declare readonly seq: number;
  /** Microseconds since 1970. */
  declare micros: number;
  /** The message with its arguments filled in. */
  declare message: string;
  /** What the caller wrote, before its arguments were filled in. */
  declare template: string;
  declare args: readonly unknown[];
  declare process: { readonly id: number; readonly name: string };
  declare thread: { readonly id: number; readonly name: string };
  declare origin: Origin | null;
  // Declared, not defined: the constructor's assignments make them, and defining each field before that doubles the cost of a record.
  // Underscored parts are a cell beside the visible fields: lazily filled, read by this library's own formatters.
  /** @internal */ declare _level: Readonly<RecordLevel>;
  /** @internal */ declare _ownLevel: RecordLevel | null;
  /** @internal */ declare _base: Base | null;
  /** @internal */ declare _fields: Fields | null;
  /** @internal Merged from the two above at the first read. */ declare _extra: Extra | null;
  /** @internal */ declare _markup: Markup | null;
  /** @internal */ declare _raw: boolean;
  /** @internal */ declare _startedMicros: number;
  /** @internal */ declare _thrown: unknown;
  /** @internal */ declare _exception: ExceptionInfo | null | undefined;
  /** @internal */ declare _catchPoint: CatchPoint | null;
  /** @internal The call itself, where a handler will read it again. */ declare _call: KeptCall | null;
  /** @internal Values of a foreign call that its text shows. */ declare _printed: readonly unknown[] | null;
  /** @internal How that text is made anew. */ declare _reprint: Reprint | null;
  /** @internal The message, where it is known to be harmless; whoever changes the message need not change this. */
  declare _harmless: string | null;
  /** @internal */ declare _name: string | null | undefined;
  /** @internal */ declare _caller: Caller | null | undefined;
  /** @internal */ declare _callerSource: CallerSource | null;

  constructor(parts: RecordParts) {
    this.seq = parts.seq;
    this.micros = parts.micros;
    this.message = parts.message;
    this.template = parts.template;
    this.args = parts.args;
    this.process = parts.process;
    this.thread = parts.thread;
    if (parts.origin !== null) this.origin = parts.origin;
    if (parts.harmless !== undefined) this._harmless = parts.harmless;
    this._level = parts.level;
    this._base = parts.base;
    this._fields = parts.fields;
    this._extra = null;
    if (parts.markup !== null) this._markup = parts.markup;
    if (parts.raw) this._raw = true;
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
  set elapsed(milliseconds: number) {
    this._startedMicros = this.micros - milliseconds * 1000;
  }

  get level(): RecordLevel {
    if (this._ownLevel === null) {
      const { name, no, icon } = this._level;
      this._level = this._ownLevel = { name, no, icon };
    }
    return this._ownLevel;
  }
  set level(level: RecordLevel) {
    if (typeof level?.name !== "string" || typeof level.no !== "number")
      throw refused("level", "{ name, no, icon }", level);
    this._level = this._ownLevel = level;
  }

  /** Bound, contextual and keyword values; later ones win. */
  get extra(): Extra & Record<string, unknown> {
    if (this._extra === null) {
      const extra: Record<string, unknown> = {};
      if (this._base) copyFields(this._base.fields, extra);
      if (this._fields) copyFields(this._fields, extra);
      this._extra = extra as Extra;
      this._base = this._fields = null;
    }
    return this._extra as Extra & Record<string, unknown>;
  }
  set extra(extra: Extra) {
    if (typeof extra !== "object" || extra === null || platform.isProxy(extra))
      throw refused("extra", "an object of values", extra);
    this._extra = extra;
    this._base = this._fields = null;
  }

  get exception(): ExceptionInfo | null {
    if (this._exception === undefined) this._exception = this._thrown === NONE ? null : this._describeException();
    return this._exception;
  }
  set exception(value: ExceptionInfo | null) {
    const error: unknown = value;
    if (platform.isError(error)) {
      this._thrown = error;
      this._exception = undefined;
      return;
    }
    if (value !== null && (typeof value?.type !== "string" || !Array.isArray(value.stack)))
      throw refused("exception", "null, an error, or what another record's exception is", value);
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
    return this._readCaller()?.line || null;
  }
  set line(line: number | null) {
    this._setCaller({ line: line ?? 0 });
  }
  get column(): number | null {
    return this._readCaller()?.column || null;
  }
  set column(column: number | null) {
    this._setCaller({ column: column ?? 0 });
  }
  get file(): { readonly name: string; readonly path: string } | null {
    const caller = this._readCaller();
    return caller ? { name: caller.fileName, path: caller.path } : null;
  }
  set file(file: { readonly name: string; readonly path: string } | null) {
    this._setCaller({ fileName: file?.name ?? "", path: file?.path ?? "" });
  }
  get module(): string | null {
    return this._readCaller()?.module || null;
  }
  set module(module: string | null) {
    this._setCaller({ module: module ?? "" });
  }

  /** Plain data that JSON and `postMessage` take; `recordFromJSON` reads it back. */
  toJSON(): RecordData {
    return plainRecord(this);
  }

  /** @internal Who caught an error is known to `catch`, else it is the function that logs. */
  _describeException(): ExceptionInfo {
    const point = this._catchPoint;
    return describeException(this._thrown, { point, caller: point ? null : this._readCaller() });
  }

  /** @internal The caller as captured, or captured now while the call is still on the stack. */
  _readCaller(): Caller | null {
    if (this._caller === undefined) this._caller = this._callerSource ? captureCaller(this._callerSource) : null;
    return this._caller;
  }

  /** @internal Patchers may set these fields to anything; handlers rely on what they are. */
  _mend(): void {
    if (typeof this.message !== "string") this.message = asText(this.message);
    if (typeof this.template !== "string") this.template = this.message;
    if (!Array.isArray(this.args)) this.args = [];
    this.process ??= platform.process;
    this.thread ??= platform.thread;
  }

  /** @internal Code that is not ours is about to get the record: what the caller may change from here on is copied. */
  _settle(): void {
    if (this._fields !== null) void this.extra;
  }

  /** @internal A record of its own for one handler: what that one changes, no other sees. */
  _copy(): LogRecord<Extra> {
    const copy = new LogRecord<Extra>({
      seq: this.seq,
      micros: this.micros,
      startedMicros: this._startedMicros,
      level: this._level,
      message: this.message,
      markup: this._markup,
      template: this.template,
      args: this.args,
      base: this._base,
      fields: this._fields,
      thrown: this._thrown,
      raw: this._raw,
      name: this._name,
      caller: this._callerSource ? this._caller : this._readCaller(),
      callerSource: this._callerSource,
      process: this.process,
      thread: this.thread,
      origin: this.origin,
    });
    if (this._extra !== null) copy.extra = mergeFields(this._extra as Fields) as Extra;
    // Described here, where it is known what of the error may be shown.
    if (this._thrown !== NONE) copy._exception = this.exception;
    copy._call = this._call;
    copy._printed = this._printed;
    copy._reprint = this._reprint;
    return copy;
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

function refused(field: string, allowed: string, value: unknown): LogbridgeTypeError {
  return new LogbridgeTypeError("LB1024", `record.${field}: expected ${allowed}, got ${shown(value)}`);
}

// What few records have costs the others nothing: they read it here.
Object.assign(LogRecord.prototype, {
  origin: null,
  _ownLevel: null,
  _markup: null,
  _raw: false,
  _catchPoint: null,
  _call: null,
  _printed: null,
  _reprint: null,
  _harmless: null,
});

// A symbol of the process: the records of every copy of the package are known by it.
Object.defineProperty(LogRecord.prototype, BRAND, { value: true });

/** True for a record of any copy of the package. */
export function isLogRecord(value: unknown): value is LogRecord {
  return typeof value === "object" && value !== null && (value as Record<symbol, unknown>)[BRAND] === true;
}
