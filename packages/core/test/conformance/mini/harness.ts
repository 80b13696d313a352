import type { Interception, InterceptOptions, Logger, Sink } from "@logbridge/core";
import type { Delivered, DeliveredError, ForeignCall, Harness, MakeOptions, Verb } from "@logbridge/core/conformance";
import { describeProperties } from "@logbridge/core/conformance";
import { asMini, interceptMini, miniSink, propagateToMini } from "./adapter.ts";
import { MINI_LEVELS, MINI_SEVERITIES, type MiniEntry, MiniLogger, type MiniOutput } from "./library.ts";

/** The adapter under test: each part can be replaced by a broken one. */
export interface MiniAdapter {
  readonly sink: (output: MiniOutput, levels: Readonly<Record<string, number>>) => Sink;
  readonly propagate: (theirs: MiniLogger, levels: Readonly<Record<string, number>>) => Sink;
  readonly intercept: (options: InterceptOptions, levels: Readonly<Record<string, number>>) => Interception;
  readonly facade: (logger: Logger, levels: Readonly<Record<string, number>>) => MiniLogger;
}

export const good: MiniAdapter = {
  sink: miniSink,
  propagate: propagateToMini,
  intercept: interceptMini,
  facade: asMini,
};

/** The harness for one direction of an adapter. */
export function harnessFor(verb: Verb, adapter: MiniAdapter): Harness {
  let entries: MiniEntry[] = [];
  return {
    make(logger, options) {
      entries = [];
      const levels = options.customLevel ? { ...MINI_SEVERITIES, audit: options.customLevel.no } : MINI_SEVERITIES;
      const known = options.customLevel ? { ...MINI_LEVELS, audit: 3 } : MINI_LEVELS;
      const output = outputFor(options, entries);
      if (verb === "sink") {
        const sink = adapter.sink(output, levels);
        logger.add(sink, { onError: () => {} });
        return { subject: sink, levels };
      }
      const theirs = new MiniLogger({ levels: known, outputs: [output], hide: options.redact ?? [] });
      const log = (call: ForeignCall): void => say(theirs, call);
      if (verb === "propagate") {
        const sink = adapter.propagate(theirs, levels);
        logger.add(sink, { onError: () => {} });
        let ring: Interception | null = null;
        const closeRing = (): void => void (ring = adapter.intercept({ logger }, levels));
        return { subject: sink, levels, log, closeRing, dispose: () => ring?.restore() };
      }
      if (verb === "facade") {
        const facade = adapter.facade(logger, levels);
        return { subject: facade, levels, log: (call) => say(facade, call) };
      }
      const child = theirs.child({});
      const patched = describeProperties(MiniLogger.prototype, "emit");
      const interception = adapter.intercept({ logger, ...(options.mode && { mode: options.mode }) }, levels);
      const later = new MiniLogger({ levels: known });
      return {
        subject: interception,
        levels,
        patched,
        log,
        restore: () => interception.restore(),
        original: () => entries.map((entry) => `${entry.level} ${entry.text} ${JSON.stringify(entry.fields)}`),
        ways: {
          "a logger made later": (call) => say(later, call),
          "a child made before": (call) => say(child, call),
          "a child made later": (call) => say(theirs.child({}), call),
        },
        again: (other) => adapter.intercept({ logger: other }, levels),
        closeRing: () => void logger.add(adapter.propagate(theirs, levels)),
        redacts: true,
      };
    },
    read: () => entries.map(delivered),
  };
}

function say(theirs: MiniLogger, { level, message, fields, error, args, bound, name, mark }: ForeignCall): void {
  const through = bound || name !== undefined ? theirs.child(bound ?? {}, name) : theirs;
  const rest = { ...(fields && { fields }), ...(error && { error }), ...(args && { args }) };
  through.put(level, mark(message), rest);
}

function outputFor({ target }: MakeOptions, entries: MiniEntry[]): MiniOutput {
  let calls = 0;
  return (entry, done) => {
    calls++;
    if (target === "throws" || (target === "recovers" && calls === 1)) throw new Error("disk full");
    const deliver = (): void => {
      entries.push(target === "meddles" ? { ...entry, fields: { ...entry.fields } } : entry);
      if (target === "meddles") meddle(entry);
      done();
    };
    if (target === "slow") setTimeout(deliver, 5);
    else if (target !== "stuck") deliver();
  };
}

function meddle(entry: MiniEntry): void {
  Object.assign(entry, { text: "changed", level: "doom" });
  (entry.args as unknown[]).length = 0;
  for (const key of Object.keys(entry.fields)) delete entry.fields[key];
  entry.fields["added"] = true;
}

function delivered(entry: MiniEntry): Delivered {
  return {
    level: entry.level,
    levelNo: MINI_LEVELS[entry.level],
    timeMs: entry.time,
    message: entry.text,
    args: entry.args,
    fields: entry.fields,
    error: entry.error && errorOf(entry.error),
    name: entry.channel,
    context: undefined,
    caller: entry.at,
  };
}

function errorOf(error: Error & { readonly code?: string }, depth = 0): DeliveredError {
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    code: error.code,
    cause: error.cause instanceof Error && depth < 5 ? errorOf(error.cause, depth + 1) : undefined,
  };
}
