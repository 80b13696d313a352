import type { ExceptionInfo } from "../format/exception.ts";
import { toPlain } from "../format/json.ts";
import type { Origin } from "./origin.ts";

/** An exception as plain data. */
export interface ExceptionData {
  readonly type: string;
  readonly message: string;
  readonly stack: string | null;
  readonly code?: string | number;
  readonly cause?: ExceptionData;
  readonly errors?: readonly ExceptionData[];
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** A record as plain data: what travels to another process and comes back by `recordFromJSON`. */
export interface RecordData {
  readonly micros: number;
  readonly elapsed: number;
  readonly level: { readonly name: string; readonly no: number; readonly icon: string };
  readonly message: string;
  readonly template: string;
  readonly args: readonly unknown[];
  readonly extra: Readonly<Record<string, unknown>>;
  readonly exception: ExceptionData | null;
  readonly name: string | null;
  readonly function: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly file: { readonly name: string; readonly path: string } | null;
  readonly module: string | null;
  readonly process: { readonly id: number; readonly name: string };
  readonly thread: { readonly id: number; readonly name: string };
  readonly origin: Origin | null;
}

/** The fields of a record that become data. */
type Recorded = Omit<RecordData, "exception" | "extra"> & {
  readonly exception: ExceptionInfo | null;
  readonly extra: object;
};

/** A record's fields as plain data. */
export function plainRecord(record: Recorded): RecordData {
  return {
    micros: record.micros,
    elapsed: record.elapsed,
    level: { name: record.level.name, no: record.level.no, icon: record.level.icon },
    message: record.message,
    template: record.template,
    args: toPlain(record.args) as readonly unknown[],
    extra: toPlain(record.extra) as Record<string, unknown>,
    exception: record.exception && plainException(record.exception),
    name: record.name,
    function: record.function,
    line: record.line,
    column: record.column,
    file: record.file,
    module: record.module,
    process: record.process,
    thread: record.thread,
    origin: record.origin,
  };
}

/** An exception as plain data. */
export function plainException(info: ExceptionInfo): ExceptionData {
  const header = info.message === "" ? info.type : `${info.type}: ${info.message}`;
  return {
    type: info.type,
    message: info.message,
    stack: info.stack.length === 0 ? null : [header, ...info.stack.map((frame) => frame.text)].join("\n"),
    ...(info.code !== undefined && { code: info.code }),
    ...(info.cause && { cause: plainException(info.cause) }),
    ...(info.errors && { errors: info.errors.map(plainException) }),
    ...(info.properties && { properties: toPlain(info.properties) as Record<string, unknown> }),
  };
}
