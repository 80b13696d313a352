import type { FormatRecord } from "./compile.ts";
import { stringify } from "./json-text.ts";
import { compileTime, systemZone, type Zone } from "./time.ts";

const timeText = compileTime("YYYY-MM-DD HH:mm:ss.SSSSSSZ");
const localZone = systemZone();

/**
 * `serialize: true`: Loguru's shape, field by field and in its order; without a newline.
 *
 * @param text what the handler's format made of the record
 * @param zone the zone of `time.repr`, by default the process's
 */
export function loguruJson(text: string, record: FormatRecord, zone: Zone = localZone): string {
  const { exception, file, level, process, thread } = record;
  return stringify({
    text,
    record: {
      elapsed: { repr: durationText(record.elapsed), seconds: Math.round(record.elapsed * 1000) / 1_000_000 },
      exception: exception && { type: exception.type, value: exception.message, traceback: exception.stack.length > 0 },
      extra: record.extra,
      file: file && { name: file.name, path: file.path },
      function: record.function,
      level: { icon: level.icon, name: level.name, no: level.no },
      line: record.line,
      message: record.message,
      module: record.module,
      name: record.name,
      process: { id: process.id, name: process.name },
      thread: { id: thread.id, name: thread.name },
      time: { repr: timeText(record.micros, zone), timestamp: record.micros / 1_000_000 },
    },
  });
}

const MICROS_A_DAY = 86_400_000_000;
const pad = (value: number, width: number): string => String(value).padStart(width, "0");

/** As Python writes a duration: `0:00:12.345679`, `1 day, 3:00:00`, and `-1 day, 23:59:59` for a second less than none. */
function durationText(ms: number): string {
  const micros = Math.round(ms * 1000);
  const days = Math.floor(micros / MICROS_A_DAY);
  const rest = micros - days * MICROS_A_DAY;
  const seconds = Math.floor(rest / 1_000_000);
  const fraction = rest % 1_000_000;
  const clock = `${Math.floor(seconds / 3600)}:${pad(Math.floor((seconds % 3600) / 60), 2)}:${pad(seconds % 60, 2)}`;
  const prefix = days === 0 ? "" : `${days} ${Math.abs(days) === 1 ? "day" : "days"}, `;
  return prefix + (fraction === 0 ? clock : `${clock}.${pad(fraction, 6)}`);
}
