import { readyPattern } from "../ready-pattern.ts";
import type { FormatRecord } from "./compile.ts";
import type { ExceptionInfo } from "./exception.ts";
import { callerOf, nameOf, timeText } from "./flat.ts";
import { freeKey } from "./free-key.ts";
import { jsonOf, quote, quoteKnown, stringify } from "./json-text.ts";
import { plainFields } from "./plain.ts";
import { stackText } from "./stack-text.ts";

const NOT_IN_LABELS = readyPattern(/[.*"]/g);

const VERSION = "8.11.0";

/** Field sets of the schema that an application fills itself: objects of these names stand at the top, as the schema has them. */
const FIELD_SETS: ReadonlySet<string> = new Set([
  ..."client cloud container destination device dns email event faas geo group host http network observer".split(" "),
  ..."orchestrator organization package registry rule server service source tls transaction url user user_agent".split(
    " ",
  ),
]);

/** Values of `extra` that the schema has names for. */
const TRACE_FIELDS: Readonly<Record<string, string>> = { trace_id: "trace.id", span_id: "span.id" };

const DEEPEST_LABEL = 4;
const MOST_LABELS = 1_000;

/**
 * `serialize: "ecs"`: the Elastic Common Schema in the form of its logging libraries: one object, without a newline. Values of
 * `extra` become `labels`, nested ones under names joined by `_`, but for objects that are field sets of the schema.
 *
 * @example
 * ecsJson(record); // {"@timestamp":"2026-11-25T20:48:18.123456Z","log.level":"INFO","message":"saved","ecs.version":"8.11.0",…}
 */
export function ecsJson(record: FormatRecord): string {
  const caller = callerOf(record);
  const name = nameOf(record, caller);
  const { process, thread, exception } = record;
  let line = `{"@timestamp":"${timeText(record.micros)}","log.level":${quoteKnown(record.level.name)},"message":${jsonOf(record.message)},"ecs.version":"${VERSION}"`;
  if (name !== null) line += `,"log.logger":${quoteKnown(name)}`;
  if (caller) {
    line += `,"log.origin.file.name":${quoteKnown(caller.path)},"log.origin.file.line":${jsonOf(caller.line)}`;
    if (caller.functionName !== null) line += `,"log.origin.function":${quoteKnown(caller.functionName)}`;
  }
  line += `,"process.pid":${jsonOf(process.id)},"process.name":${quoteKnown(process.name)},"process.thread.id":${jsonOf(thread.id)},"process.thread.name":${quoteKnown(thread.name)}`;
  if (exception) line += errorFields(exception);
  return `${line}${extraFields(plainFields(record.extra))}}`;
}

function errorFields(exception: ExceptionInfo): string {
  const { type, message, code } = exception;
  let text = `,"error.type":${jsonOf(type)},"error.message":${jsonOf(message)},"error.stack_trace":${jsonOf(stackText(exception, propertiesLine))}`;
  if (code !== undefined) text += `,"error.code":${jsonOf(String(code))}`;
  return text;
}

function propertiesLine({ code, properties }: ExceptionInfo): string {
  return code === undefined && !properties ? "" : stringify({ ...(code !== undefined && { code }), ...properties });
}

function extraFields(extra: Readonly<Record<string, unknown>>): string {
  const labels = new Map<string, string>();
  let text = "";
  for (const key of Object.keys(extra)) {
    const value = extra[key];
    const traced = Object.hasOwn(TRACE_FIELDS, key) && typeof value === "string" ? TRACE_FIELDS[key] : undefined;
    if (traced !== undefined) text += `,"${traced}":${jsonOf(value)}`;
    else if (FIELD_SETS.has(key) && isTree(value)) text += `,${quoteKnown(key)}:${stringify(value)}`;
    else addLabel(labels, key, value, 0);
  }
  if (labels.size === 0) return text;
  return `${text},"labels":{${[...labels].map(([key, value]) => `${quote(key)}:${value}`).join(",")}}`;
}

/** Labels are flat in the schema, and a dot in a name would make an object of it. */
function addLabel(labels: Map<string, string>, name: string, value: unknown, depth: number): void {
  if (labels.size >= MOST_LABELS) {
    labels.set("…", '"more labels were left out"');
    return;
  }
  if (isTree(value) && depth < DEEPEST_LABEL && Object.keys(value).length > 0) {
    for (const key of Object.keys(value)) addLabel(labels, `${name}_${key}`, value[key], depth + 1);
    return;
  }
  const key = freeKey(name.replace(NOT_IN_LABELS, "_"), (one) => labels.has(one));
  labels.set(key, isTree(value) || isListOfTrees(value) ? jsonOf(stringify(value)) : stringify(value));
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isListOfTrees(value: unknown): boolean {
  return Array.isArray(value) && value.some((item) => typeof item === "object" && item !== null);
}
