import type { ExceptionData } from "../record/data.ts";
import type { LogRecord } from "../record/record.ts";
import type { Sink } from "../sinks/sink.ts";
import type { Delivered, DeliveredError } from "./delivered.ts";

/** A plain sink that keeps what arrives at our side, read at once as a sink would read it. */
export class Arrivals implements Sink {
  readonly needs: { readonly text: boolean; readonly caller: boolean };
  readonly all: Delivered[] = [];
  /** Everything of a record as text: where a secret could hide. */
  readonly texts: string[] = [];

  constructor(caller: boolean) {
    this.needs = { text: false, caller };
  }

  write(_text: string, record: LogRecord): void {
    this.all.push(deliveredOf(record));
    this.texts.push(JSON.stringify(record.toJSON()));
  }

  messages(): string[] {
    return this.all.map((one) => one.message ?? "");
  }
}

function deliveredOf(record: LogRecord): Delivered {
  const exception = record.exception ? record.toJSON().exception : null;
  return {
    level: record.level.name,
    levelNo: record.level.no,
    timeMs: record.micros / 1000,
    message: record.message,
    args: record.args,
    fields: record.extra,
    error: exception ? errorOf(exception) : undefined,
    name: record.name ?? undefined,
    context: undefined,
    caller: record.file && record.line !== null ? { file: record.file.path, line: record.line } : undefined,
  };
}

function errorOf(data: ExceptionData): DeliveredError {
  return {
    type: data.type,
    message: data.message,
    stack: data.stack ?? undefined,
    code: data.code,
    cause: data.cause && errorOf(data.cause),
  };
}
