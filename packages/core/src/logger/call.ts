import { platform } from "#platform";
import { crossForeign, currentLeg } from "../bridge/crossing.ts";
import { report, reportOnce, shown } from "../diagnostics.ts";
import { asksForNames, dispatch, type Hub, isActive, nextSeq, type Patcher } from "../hub.ts";
import { type Caller, captureCaller } from "../record/caller.ts";
import { contextFields, type Fields } from "../record/context.ts";
import type { Level } from "../record/level.ts";
import { type Reading, type ReadingOptions, readCall } from "../record/message.ts";
import { LogRecord, NONE } from "../record/record.ts";

/** What `opt()` sets; each call sets all of it anew. */
export interface CallOptions {
  readonly exception: unknown;
  readonly record: boolean;
  readonly lazy: boolean;
  readonly colors: boolean;
  readonly raw: boolean;
  readonly capture: boolean;
  readonly depth: number;
}

/** The options of a logger without `opt()`. */
export const NO_OPTIONS: CallOptions = {
  exception: NONE,
  record: false,
  lazy: false,
  colors: false,
  raw: false,
  capture: true,
  depth: 0,
};

/** What distinguishes one derived logger from another. Immutable. */
export interface Core {
  readonly hub: Hub;
  readonly bound: Fields | null;
  /** `undefined`: the caller's module, found when it is needed. */
  readonly name: string | null | undefined;
  readonly patchers: readonly Patcher<never>[];
  readonly options: CallOptions;
}

/** Chains of logging from within logging end here. */
const DEEPEST = 16;

/** One log call: a record is made and given to the handlers. `face` is the function that the application called. */
export function log(core: Core, level: Level, args: readonly unknown[], face: (...args: never[]) => unknown): void {
  const { hub, options } = core;
  if (level.no < hub.threshold) return;
  const source = { skip: face, depth: options.depth };
  let caller: Caller | null | undefined;
  if (hub.needsCaller || (core.name === undefined && asksForNames(hub))) caller = captureCaller(source);
  const name = core.name === undefined && caller !== undefined ? (caller?.name ?? null) : core.name;
  if (asksForNames(hub) && !isActive(hub, name ?? null)) return;
  if ((currentLeg()?.hops ?? 0) >= DEEPEST) {
    warnOfDepth(hub);
    return;
  }
  const micros = hub.clock();
  const reading = options.record ? null : readSafely(args, readingOptions(core, null));
  const record = new LogRecord<Record<string, unknown>>({
    seq: nextSeq(),
    micros,
    startedMicros: hub.startedMicros,
    level: { name: level.name, no: level.no, icon: level.icon },
    message: reading?.message ?? "",
    markup: reading?.markup ?? null,
    template: reading?.template ?? "",
    args: reading?.args ?? [],
    extra: extraOf(core, reading?.fields ?? null),
    thrown: options.exception !== NONE ? options.exception : (reading?.thrown ?? NONE),
    raw: options.raw,
    name,
    caller,
    callerSource: source,
    process: platform.process,
    thread: platform.thread,
    origin: null,
  });
  if (!reading) readInto(record, readSafely(args, readingOptions(core, { record: readableRecord(record) })));
  send(core, record);
}

/** Arguments may be hostile beyond what is foreseen (proxies, accessors of the runtime): a log call does not throw for them. */
function readSafely(args: readonly unknown[], options: ReadingOptions): Reading {
  try {
    return readCall(args, options);
  } catch (error) {
    // An error of a lazy value, or of a template in strict mode, is the application's own.
    if (options.strict || options.lazy) throw error;
    const message = typeof args[0] === "string" ? args[0] : "[Unreadable]";
    return { message, markup: null, template: message, args: [], fields: null, thrown: NONE };
  }
}

function readingOptions({ options, hub }: Core, hidden: Fields | null): ReadingOptions {
  return { lazy: options.lazy, colors: options.colors, capture: options.capture, strict: hub.strict, hidden };
}

/** `opt({ record: true })`: the message reads the record, so the record is there first. */
function readInto(record: LogRecord<Record<string, unknown>>, reading: Reading): void {
  record.message = reading.message;
  record._markup = reading.markup;
  record.template = reading.template;
  record.args = reading.args;
  if (record._thrown === NONE) record._thrown = reading.thrown;
  if (reading.fields) assign(record.extra, reading.fields);
}

/** Runs the patchers and hands the record to the handlers. */
export function send(core: Core, record: LogRecord<object>): void {
  const { hub } = core;
  if (hub.patcher) runPatcher(hub, hub.patcher as Patcher<never>, record);
  for (const patcher of core.patchers) runPatcher(hub, patcher, record);
  dispatch(hub, record, null, false);
}

/** A patcher is code of the application: what it prints to an intercepted console is no record, and its error no reason to lose one. */
export function runPatcher(hub: Hub, patcher: Patcher<never>, record: LogRecord<object>): void {
  try {
    crossForeign(hub, null, () => patcher(record as never));
  } catch (error) {
    if (hub.strict) throw error;
    report("LB2002", `a patcher threw; the record goes on as it is: ${shown(error)}`);
  }
}

/** The fields of a record before those of the call: configured, contextual, bound. */
export function extraOf(core: Core, fields: Fields | null): Record<string, unknown> {
  const extra: Record<string, unknown> = {};
  assign(extra, core.hub.extra);
  const context = contextFields();
  if (context) assign(extra, context);
  if (core.bound) assign(extra, core.bound);
  if (fields) assign(extra, fields);
  return extra;
}

/** The parts were copied when they were given, so nothing of the user's runs here; only `__proto__` must stay a key. */
function assign(to: Record<string, unknown>, from: Fields): void {
  for (const key of Object.keys(from)) {
    if (key === "__proto__")
      Object.defineProperty(to, key, { value: from[key], configurable: true, enumerable: true, writable: true });
    else to[key] = from[key];
  }
}

/** A record's fields as own properties: templates reach nothing else. */
function readableRecord(record: LogRecord<Record<string, unknown>>): Fields {
  return {
    time: record.time,
    elapsed: record.elapsed,
    level: record.level,
    extra: record.extra,
    name: record.name,
    function: record.function,
    line: record.line,
    file: record.file,
    module: record.module,
    process: record.process,
    thread: record.thread,
    message: "",
    exception: null,
  };
}

function warnOfDepth(hub: Hub): void {
  reportOnce(
    hub.warned,
    "depth",
    "LB1403",
    `logging from within sinks, filters or patchers went ${DEEPEST} calls deep and was stopped; do not log there, or bind the logger of another createLogger()`,
  );
}
