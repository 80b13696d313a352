import type { LogRecord } from "@logbridge/core";

/** Where a call was made, as core knows it. */
export interface KeptCaller {
  readonly functionName: string | null;
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** Where core keeps what a record's getters would merge or copy. Each part may be missing in another version: the getter says it then. */
interface Kept {
  readonly _level?: Readonly<LogRecord["level"]>;
  readonly _base?: { readonly fields: object } | null;
  readonly _fields?: object | null;
  readonly _extra?: object | null;
  readonly _caller?: KeptCaller | null | undefined;
}

/** The record's level, which is not to be changed. */
export function keptLevel(record: LogRecord): Readonly<LogRecord["level"]> {
  return (record as Kept)._level ?? record.level;
}

/** The values that all records of the logger share: plain data. `null`: none, or they are in `keptOwn`. */
export function keptBase(record: LogRecord): Readonly<Record<string, unknown>> | null {
  return isMerged(record) ? null : (((record as Kept)._base?.fields ?? null) as Record<string, unknown> | null);
}

/** The call's own values, which go before those of the logger; all values, where somebody has read them merged already. */
export function keptOwn(record: LogRecord): object | null {
  return isMerged(record) ? record.extra : ((record as Kept)._fields ?? null);
}

function isMerged(record: LogRecord): boolean {
  return (record as Kept)._extra !== null;
}

/** The caller, where it is known. */
export function keptCaller(record: LogRecord): KeptCaller | null {
  const caller = (record as Kept)._caller;
  if (caller !== undefined) return caller;
  const { file, function: functionName, line, column } = record;
  return file && { functionName, path: file.path, line: line ?? 0, column: column ?? 0 };
}
