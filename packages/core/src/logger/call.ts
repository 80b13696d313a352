import { platform } from "#platform";
import { crossForeign, currentLeg } from "../bridge/crossing.ts";
import { report, reportOnce, shown, thrownText } from "../diagnostics.ts";
import { asksForNames, dispatch, type Hub, isActive, nextSeq, type Patcher, startOf } from "../hub.ts";
import { isPromised } from "../promised.ts";
import { type Base, type BaseCache, baseFrom } from "../record/base.ts";
import type { Caller, CallerSource } from "../record/caller.ts";
import type { CatchPoint } from "../record/catch-point.ts";
import { contextFields, copyFields, type Fields } from "../record/context.ts";
import type { KeptCall } from "../record/kept-call.ts";
import type { Level } from "../record/level.ts";
import { evaluatedCall, type Reading, type ReadingOptions, readCall } from "../record/message.ts";
import { readableRecord } from "../record/readable-record.ts";
import { LogRecord, NONE } from "../record/record.ts";
import { callerOfCall } from "../record/tagged.ts";

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
  readonly cache: BaseCache;
}

/** Chains of logging from within logging end here. */
const DEEPEST = 16;

/**
 * One log call: a record is made and given to the handlers. Never throws into the application, unless strict or `catch: false` says so.
 *
 * @param source the function that the application called
 * @param caught where `catch` caught the record's exception, and who called there
 * @param known the caller, `null` where there is none; `undefined`: nobody has looked
 */
export function log(
  core: Core,
  level: Level,
  args: readonly unknown[],
  source: CallerSource,
  caught: CatchPoint | null = null,
  known?: Caller | null,
): void {
  try {
    makeRecord(core, level, args, source, caught, known);
  } catch (error) {
    if (core.hub.strict || core.hub.passesErrors) throw error;
    report("LB2004", `a log call failed, and its record is lost: ${shown(error)}`);
  }
}

function makeRecord(
  core: Core,
  level: Level,
  args: readonly unknown[],
  source: CallerSource,
  caught: CatchPoint | null,
  known: Caller | null | undefined,
): void {
  const { hub, options } = core;
  if (level.no < hub.threshold) return;
  const asks = asksForNames(hub);
  let { name } = core;
  let caller = caught === null ? known : caught.caller;
  if (caller === undefined && (level.no >= hub.callerThreshold || (asks && name === undefined)))
    caller = callerOfCall(args[0], level.no, source);
  if (name === undefined && caller !== undefined) name = caller?.name ?? null;
  if (asks && !isActive(hub, name ?? null)) return;
  if (isTooDeep(hub)) return;
  const micros = hub.clock();
  // Lazy values are evaluated once, also where the call is read again without what a handler hides.
  const given = hub.keepsCalls && options.lazy ? evaluatedCall(args, hub.strict) : args;
  const reading = options.record ? NOT_READ : readSafely(given, readingOptions(core, null));
  const record = new LogRecord({
    seq: nextSeq(),
    micros,
    startedMicros: startOf(hub, micros),
    level,
    message: reading.message,
    markup: reading.markup,
    template: reading.template,
    args: reading.args,
    base: baseOf(core),
    fields: reading.fields,
    thrown: options.exception !== NONE ? options.exception : reading.thrown,
    raw: options.raw,
    name,
    caller,
    callerSource: source,
    process: platform.process,
    thread: platform.thread,
    origin: null,
  });
  if (caught !== null) record._catchPoint = caught;
  if (options.record) readInto(record, readSafely(given, readingOptions(core, { record: readableRecord(record) })));
  if (hub.keepsCalls) record._call = keptCall(core, record, given);
  send(core, record);
}

/** Stands for the reading that comes when the record is there. */
const NOT_READ: Reading = { message: "", markup: null, template: "", args: [], fields: null, thrown: NONE };

/** Arguments may be hostile beyond what is foreseen (proxies, accessors of the runtime): a log call does not throw for them. */
function readSafely(args: readonly unknown[], options: ReadingOptions): Reading {
  try {
    return readCall(args, options);
  } catch (error) {
    // An error of a template or of a lazy value is the application's own in strict mode.
    if (options.strict) throw error;
    const message = typeof args[0] === "string" ? args[0] : "[Unreadable]";
    return { message, markup: null, template: message, args: [], fields: null, thrown: NONE };
  }
}

/** What a call of a logger without `opt()` is read with, in a hub that is not strict: most calls share it. */
const USUAL_READING: ReadingOptions = { lazy: false, colors: false, capture: true, strict: false, hidden: null };

function readingOptions({ options, hub }: Core, hidden: Fields | null): ReadingOptions {
  if (options === NO_OPTIONS && hidden === null && !hub.strict) return USUAL_READING;
  const lazy = options.lazy && !hub.keepsCalls;
  return { lazy, colors: options.colors, capture: options.capture, strict: hub.strict, hidden };
}

function keptCall({ options, hub }: Core, record: LogRecord<object>, args: readonly unknown[]): KeptCall {
  const { message, template } = record;
  const { colors, capture, record: readsRecord } = options;
  return { args, message, template, colors, capture, strict: hub.strict, readsRecord };
}

/** `opt({ record: true })`: the message reads the record, so the record is there first. */
function readInto(record: LogRecord<Record<string, unknown>>, reading: Reading): void {
  record.message = reading.message;
  record._markup = reading.markup;
  record.template = reading.template;
  record.args = reading.args;
  if (record._thrown === NONE) record._thrown = reading.thrown;
  if (reading.fields) copyFields(reading.fields, record.extra);
}

/** Runs the patchers and hands the record to the handlers. */
export function send(core: Core, record: LogRecord<object>): void {
  const { hub, patchers } = core;
  if (hub.patcher) runPatcher(hub, hub.patcher as Patcher<never>, record);
  for (let index = 0; index < patchers.length; index++) runPatcher(hub, patchers[index] as Patcher<never>, record);
  dispatch(hub, record, null, false);
}

/** A patcher is code of the application: what it prints to an intercepted console is no record, and its error no reason to lose one. */
export function runPatcher(hub: Hub, patcher: Patcher<never>, record: LogRecord<object>): void {
  record._settle();
  try {
    const given: unknown = crossForeign(hub, null, () => patcher(record as never));
    record._mend();
    if (given !== undefined && isPromised(given)) warnOfPromise(hub);
  } catch (error) {
    if (hub.strict) throw error;
    const said = thrownText(error, hub.keepsCalls);
    report("LB2002", `a patcher threw; the record goes on as it is: ${said}`);
  }
}

/** What the patcher has done at once counts. */
function warnOfPromise(hub: Hub): void {
  reportOnce(
    hub.warned,
    "promised patcher",
    "LB2002",
    "a patcher gave a promise, and nobody waits for it; what an async function does later has no effect",
  );
}

/** What every record of this logger carries at this place: configured, contextual, bound. */
export function baseOf(core: Core): Base | null {
  return baseFrom(core.cache, core.hub.extra, contextFields(), core.bound);
}

/** Is this call made from so deep within others that they would not end? Says so. */
export function isTooDeep(hub: Hub): boolean {
  if ((currentLeg()?.hops ?? 0) < DEEPEST) return false;
  reportOnce(
    hub.warned,
    "depth",
    "LB1403",
    `logging from within sinks, filters or patchers went ${DEEPEST} calls deep and was stopped; do not log there, or bind the logger of another createLogger()`,
  );
  return true;
}
