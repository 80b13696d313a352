import type { LogRecord } from "./record.ts";

/** `record.exception`, where there is one. */
export type RecordException = NonNullable<LogRecord["exception"]>;

/** `record.file`, where the caller is known. */
export type RecordFile = NonNullable<LogRecord["file"]>;

/** `record.process`. */
export type RecordProcess = LogRecord["process"];

/** `record.thread`. */
export type RecordThread = LogRecord["thread"];
