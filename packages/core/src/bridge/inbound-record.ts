import { platform } from "#platform";
import { asksForNames, type Hub, isActive, nextSeq, startOf } from "../hub.ts";
import { baseOf, type Core, runPatcher } from "../logger/call.ts";
import { type CallerSource, captureCaller } from "../record/caller.ts";
import type { Level } from "../record/level.ts";
import { LogRecord, NONE, type RecordLevel } from "../record/record.ts";
import type { Bridge, Inbound } from "./inbound.ts";

/** Where the caller of a hook is looked for. */
export function sourceOfCaller({ packages }: Bridge, skip: CallerSource["skip"], depth = 0): CallerSource {
  return { skip, depth, packages };
}

/** Our level of this name, as written or in upper case; `null` where we have none. */
export function levelNamed(hub: Hub, name: string): Level | null {
  return hub.levels.get(name) ?? hub.levels.get(name.toUpperCase()) ?? null;
}

/** A level that is changed is another object, and nobody changes a record's before it is copied. */
function levelFor(hub: Hub, { name, no }: Inbound["level"]): Readonly<RecordLevel> {
  const known: Level | undefined = hub.levels.get(name);
  return known && known.no === no ? known : { name, no, icon: known?.icon ?? " " };
}

/**
 * A foreign record is an ordinary one: context, bound values, patchers and activation apply.
 *
 * @returns the record, ready for the handlers; `null`: what is logged under its name is switched off
 */
export function inboundRecord(core: Core, inbound: Inbound, callerSource: CallerSource): LogRecord<object> | null {
  const { hub } = core;
  const asks = asksForNames(hub);
  let { caller } = inbound;
  if (caller === undefined && (inbound.level.no >= hub.callerThreshold || (asks && inbound.name === undefined)))
    caller = captureCaller(callerSource);
  const name = inbound.name === undefined && caller !== undefined ? (caller?.name ?? null) : inbound.name;
  if (asks && !isActive(hub, name ?? null)) return null;
  const micros = inbound.timeMs === undefined ? hub.clock() : Math.round(inbound.timeMs * 1000);
  const record = new LogRecord({
    seq: nextSeq(),
    micros,
    startedMicros: startOf(hub, micros),
    level: levelFor(hub, inbound.level),
    message: inbound.message,
    markup: null,
    template: inbound.template ?? inbound.message,
    args: inbound.args ?? [],
    base: baseOf(core),
    fields: inbound.fields ?? null,
    thrown: "error" in inbound ? inbound.error : NONE,
    raw: false,
    name,
    caller,
    callerSource,
    process: platform.process,
    thread: platform.thread,
    origin: inbound.origin,
    harmless: inbound.harmless,
  });
  if (hub.keepsCalls && inbound.printed !== undefined && inbound.printed.length > 0) {
    record._printed = inbound.printed;
    record._reprint = inbound.reprint ?? null;
  }
  if (hub.patcher) runPatcher(hub, hub.patcher as never, record);
  for (const patcher of core.patchers) runPatcher(hub, patcher, record);
  return record;
}
