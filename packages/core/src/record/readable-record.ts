import { shownAs } from "../format/value.ts";
import type { Fields } from "./context.ts";
import type { LogRecord } from "./record.ts";

/** A record's fields as own properties, for a message that reads the record: templates reach nothing else. */
export function readableRecord(record: LogRecord<object>): Fields {
  return {
    time: record.time,
    elapsed: record.elapsed,
    level: shownAs(record.level, record.level.name),
    extra: record.extra,
    name: record.name,
    function: record.function,
    line: record.line,
    file: record.file && shownAs(record.file, record.file.name),
    module: record.module,
    process: shownAs(record.process, record.process.id),
    thread: shownAs(record.thread, record.thread.id),
    message: "",
    exception: null,
  };
}
