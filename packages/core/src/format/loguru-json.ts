import type { FormatRecord } from "./compile.ts";
import type { ExceptionInfo } from "./exception.ts";
import { fieldsJson, jsonOf, quoteKnown } from "./json-text.ts";
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
  const { elapsed, exception, file, level, micros, process, thread } = record;
  const seconds = Math.round(elapsed * 1000) / 1_000_000;
  return (
    `{"text":${jsonOf(text)},"record":{"elapsed":{"repr":"${durationText(elapsed)}","seconds":${jsonOf(seconds)}}` +
    `,"exception":${exception ? exceptionJson(exception) : "null"},"extra":${fieldsJson(record.extra)}` +
    `,"file":${file ? `{"name":${quoteKnown(file.name)},"path":${quoteKnown(file.path)}}` : "null"},"function":${jsonOf(record.function)}` +
    `,"level":{"icon":${quoteKnown(level.icon)},"name":${quoteKnown(level.name)},"no":${jsonOf(level.no)}},"line":${jsonOf(record.line)}` +
    `,"message":${jsonOf(record.message)},"module":${jsonOf(record.module)},"name":${jsonOf(record.name)}` +
    `,"process":${identityJson(process)},"thread":${identityJson(thread)}` +
    `,"time":{"repr":"${timeText(micros, zone)}","timestamp":${jsonOf(micros / 1_000_000)}}}}`
  );
}

function exceptionJson(exception: ExceptionInfo): string {
  return `{"type":${jsonOf(exception.type)},"value":${jsonOf(exception.message)},"traceback":${exception.stack.length > 0}}`;
}

function identityJson(one: { readonly id: number; readonly name: string }): string {
  return `{"id":${jsonOf(one.id)},"name":${quoteKnown(one.name)}}`;
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
