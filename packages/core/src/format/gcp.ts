import { platform } from "#platform";
import type { FormatRecord } from "./compile.ts";
import { callerOf, errorData, type FlatCaller, nameOf, timeText } from "./flat.ts";
import { freeKey } from "./free-key.ts";
import { fieldsJson, stringify } from "./json-text.ts";
import { plainFields } from "./plain.ts";
import { stackText } from "./stack-text.ts";

const ERROR_NO = 40;
/** What makes Error Reporting take an entry without a stack. */
const REPORTED = "type.googleapis.com/google.devtools.clouderrorreporting.v1beta1.ReportedErrorEvent";
const PREFIX = "logging.googleapis.com/";

/** Severities of Cloud Logging that a level may be called by, and the number from which one stands for ours. */
const BY_NUMBER: readonly (readonly [number, string])[] = [
  [50, "CRITICAL"],
  [ERROR_NO, "ERROR"],
  [30, "WARNING"],
  [20, "INFO"],
];
const BY_NAME: ReadonlySet<string> = new Set([
  "DEFAULT",
  "DEBUG",
  "INFO",
  "NOTICE",
  "WARNING",
  "ERROR",
  "CRITICAL",
  "ALERT",
  "EMERGENCY",
]);

/** Fields of an entry that are made here, or that Cloud Logging takes out of it: those of `extra` get an underscore behind their name. */
const RESERVED: ReadonlySet<string> = new Set([
  ..."severity message time timestamp timestampSeconds timestampNanos logger level error exception stack_trace origin".split(
    " ",
  ),
  ..."@type context".split(" "),
]);

/**
 * `serialize: "gcp"`: structured logging of Google Cloud: one object, without a newline. Values of `extra` stand at the top.
 *
 * From ERROR on, an exception is in `stack_trace`, and an entry without a stack has the `@type` that Error Reporting looks for.
 *
 * @example
 * gcpJson(record); // {"severity":"INFO","message":"saved","time":"2026-11-25T20:48:18.123456Z","logger":"app/save","id":7}
 */
export function gcpJson(record: FormatRecord): string {
  const caller = callerOf(record);
  const extra = plainFields(record.extra);
  const severity = severityOf(record.level);
  const entry: Record<string, unknown> = { severity, message: record.message, time: timeText(record.micros) };
  if (record.level.name !== severity) entry["level"] = record.level.name;
  const name = nameOf(record, caller);
  if (name !== null) entry["logger"] = name;
  if (caller) entry[`${PREFIX}sourceLocation`] = location(caller);
  const taken = traceFields(extra, entry);
  addError(record, caller, entry);
  const origin = record.origin as { readonly name: string } | null;
  if (origin) entry["origin"] = origin.name;
  for (const key of Object.keys(extra)) if (!taken.has(key)) put(entry, key, extra[key]);
  if (entry["@type"] !== undefined || entry["stack_trace"] !== undefined) entry["serviceContext"] ??= serviceContext();
  return fieldsJson(entry);
}

function severityOf({ name, no }: FormatRecord["level"]): string {
  const upper = name.toUpperCase();
  return BY_NAME.has(upper) ? upper : (BY_NUMBER.find(([from]) => no >= from)?.[1] ?? "DEBUG");
}

/** The line is a text there. */
function location({ path, line, functionName }: FlatCaller): object {
  return { file: path, line: String(line), ...(functionName !== null && { function: functionName }) };
}

/** Moves the values that the entry has names for; gives their keys. */
function traceFields(extra: Readonly<Record<string, unknown>>, entry: Record<string, unknown>): ReadonlySet<string> {
  const taken = new Set<string>();
  const move = (key: string, name: string, value: unknown): void => {
    taken.add(key);
    entry[PREFIX + name] = value;
  };
  const { trace_id: trace, span_id: span, trace_sampled: sampled, labels } = extra;
  const project = platform.env("GOOGLE_CLOUD_PROJECT") || platform.env("GCLOUD_PROJECT");
  if (typeof trace === "string") move("trace_id", "trace", project ? `projects/${project}/traces/${trace}` : trace);
  if (typeof span === "string") move("span_id", "spanId", span);
  if (typeof sampled === "boolean") move("trace_sampled", "trace_sampled", sampled);
  if (typeof labels === "object" && labels !== null && !Array.isArray(labels))
    move(
      "labels",
      "labels",
      Object.fromEntries(
        Object.entries(labels).map(([key, value]) => [key, typeof value === "string" ? value : stringify(value)]),
      ),
    );
  return taken;
}

function addError(record: FormatRecord, caller: FlatCaller | null, entry: Record<string, unknown>): void {
  const { exception } = record;
  const reports = record.level.no >= ERROR_NO;
  if (exception) {
    const { stack, ...rest } = errorData(exception);
    const isReported = reports && stack !== undefined;
    if (isReported) entry["stack_trace"] = stackText(exception);
    entry["error"] = isReported || stack === undefined ? rest : { ...rest, stack };
  }
  if (!reports || entry["stack_trace"] !== undefined) return;
  entry["@type"] = REPORTED;
  if (caller)
    entry["context"] = {
      reportLocation: { filePath: caller.path, lineNumber: caller.line, functionName: caller.functionName ?? "" },
    };
}

/** What runs, as the runtimes of Google Cloud say it. A value `serviceContext` of `extra` comes first. */
function serviceContext(): object | undefined {
  const service = platform.env("K_SERVICE") || platform.env("GAE_SERVICE") || platform.env("FUNCTION_NAME");
  const version = platform.env("K_REVISION") || platform.env("GAE_VERSION");
  return service ? { service, ...(version && { version }) } : undefined;
}

function put(entry: Record<string, unknown>, key: string, value: unknown): void {
  const isOurs = RESERVED.has(key) || key.startsWith(PREFIX);
  const free = freeKey(isOurs ? `${key}_` : key, (one) => Object.hasOwn(entry, one));
  Object.defineProperty(entry, free, { value, enumerable: true, configurable: true, writable: true });
}
