import { format } from "node:util";
import type { Logger, LogRecord, Sink } from "@logbridge/core";
import type { Verb } from "@logbridge/core/conformance";
import { asMini, entryOf, interceptMini, miniSink, propagateToMini } from "./adapter.ts";
import { good, type MiniAdapter } from "./harness.ts";
import { type MiniEntry, MiniLogger, type MiniOutput } from "./library.ts";

/** A mistake that adapters make, and the case that must find it. */
export interface Broken {
  readonly what: string;
  readonly verb: Verb;
  readonly adapter: MiniAdapter;
  readonly failsAt: string;
}

type Change = (entry: MiniEntry) => MiniEntry;

/** A sink that is right but for what it does to entries. */
function changing(change: Change): MiniAdapter {
  return { ...good, sink: (output, levels) => miniSink((entry, done) => output(change(entry), done), levels) };
}

/** A sink that is right but for some of its methods. */
function partly(change: (sink: Sink, output: MiniOutput) => Partial<Sink>): MiniAdapter {
  return {
    ...good,
    sink: (output, levels) => {
      const sink = miniSink(output, levels);
      return { ...sink, ...change(sink, output) };
    },
  };
}

const ORDER = "1,000 records arrive, each once, in the order in which they were logged";

/** The error without what made it. */
function withoutCause(error: Error): Error {
  const copy = new Error(error.message);
  return Object.assign(copy, { name: error.name, stack: error.stack, code: (error as { code?: unknown }).code });
}

function dropped(fields: Record<string, unknown>): Record<string, unknown> {
  const { ratio: _, ...rest } = fields;
  return rest;
}

/** Swaps neighbours, as two workers on one queue do. */
function swapping(): MiniAdapter {
  return partly((sink) => {
    let held: [string, LogRecord] | null = null;
    return {
      write(text, record) {
        if (!held) {
          held = [text, record];
          return;
        }
        void sink.write(text, record);
        void sink.write(...held);
        held = null;
      },
      flush() {
        if (held) void sink.write(...held);
        held = null;
        return sink.flush?.();
      },
    };
  });
}

function givingUp(): MiniAdapter {
  return {
    ...good,
    sink: (output, levels) => {
      let failed = false;
      return miniSink((entry, done) => {
        if (failed) return done();
        try {
          output(entry, done);
        } catch (error) {
          failed = true;
          throw error;
        }
      }, levels);
    },
  };
}

/** What broken interceptions leave behind, for the end of the test. */
export const leftBehind: (() => void)[] = [];

function forgetfulIntercept(...args: Parameters<typeof interceptMini>): ReturnType<typeof interceptMini> {
  const made = interceptMini(...args);
  leftBehind.push(() => made.restore());
  return { ...made, restore: () => {} };
}

/** Restores by writing the old method back, whoever patched it since. */
function carelessIntercept(
  options: Parameters<typeof interceptMini>[0],
  levels: Readonly<Record<string, number>>,
): ReturnType<typeof interceptMini> {
  const original = Object.getOwnPropertyDescriptor(MiniLogger.prototype, "emit") as PropertyDescriptor;
  const made = interceptMini(options, levels);
  const restore = (): void => {
    made.restore();
    Object.defineProperty(MiniLogger.prototype, "emit", original);
  };
  return { ...made, restore };
}

export const BROKEN: readonly Broken[] = [
  {
    what: "drops a field",
    verb: "sink",
    adapter: changing((entry) => ({ ...entry, fields: dropped(entry.fields) })),
    failsAt: "fields arrive with their values and types",
  },
  {
    what: "writes numbers as texts",
    verb: "sink",
    adapter: changing((entry) => ({
      ...entry,
      fields: { ...entry.fields, ...("count" in entry.fields && { count: "42" }) },
    })),
    failsAt: "fields arrive with their values and types",
  },
  {
    what: "doubles every tenth record",
    verb: "sink",
    adapter: partly((sink) => ({
      write(text, record) {
        void sink.write(text, record);
        if (record.message.endsWith("0")) void sink.write(text, record);
      },
    })),
    failsAt: ORDER,
  },
  {
    what: "loses the cause",
    verb: "sink",
    adapter: changing((entry) => ({ ...entry, error: entry.error && withoutCause(entry.error) })),
    failsAt: "an error arrives with the chain of its causes",
  },
  {
    what: "loses the stack",
    verb: "sink",
    adapter: changing((entry) => ({
      ...entry,
      error: entry.error && Object.assign(withoutCause(entry.error), { stack: undefined }),
    })),
    failsAt: "an error arrives with message, stack, class and code",
  },
  {
    what: "lies in flush",
    verb: "sink",
    adapter: partly(() => ({ flush: () => {}, pending: () => 0 })),
    failsAt:
      "a target that answers late gets everything, in order, and complete() waits for it or counts it as pending",
  },
  {
    what: "gives up on records and does not count them",
    verb: "sink",
    adapter: partly(() => ({ flush: () => Promise.reject(new Error("gave up")), pending: () => 0 })),
    failsAt: "a target that never answers is counted as pending, and complete() keeps to its timeout",
  },
  {
    what: "stamps its own time",
    verb: "sink",
    adapter: changing((entry) => ({ ...entry, time: Date.now() })),
    failsAt: "the time of the call arrives, however late the target runs",
  },
  {
    what: "rounds time to seconds",
    verb: "sink",
    adapter: changing((entry) => ({ ...entry, time: Math.round(entry.time / 1000) * 1000 })),
    failsAt: "the time of the call arrives, however late the target runs",
  },
  {
    what: "reads the message as printf",
    verb: "sink",
    adapter: changing((entry) => ({ ...entry, text: format(entry.text, "surplus") })),
    failsAt: "% and {} in a message without arguments are not interpreted",
  },
  { what: "loses the order", verb: "sink", adapter: swapping(), failsAt: ORDER },
  {
    what: "gives up after the first throw",
    verb: "sink",
    adapter: givingUp(),
    failsAt: "a target that throws once gets the records that follow",
  },
  {
    what: "says CRITICAL for ERROR",
    verb: "sink",
    adapter: changing((entry) => ({ ...entry, level: entry.level === "alarm" ? "doom" : entry.level })),
    failsAt: "each of the seven levels arrives as the nearest that the other side has",
  },
  {
    what: "rounds an unknown level up",
    verb: "sink",
    adapter: changing((entry) => ({ ...entry, level: entry.text === "at AUDIT" ? "alarm" : entry.level })),
    failsAt: "a custom level that the other side does not know arrives as the nearest that is not more severe",
  },
  {
    what: "lets a field replace the level",
    verb: "sink",
    adapter: changing((entry) => ({
      ...entry,
      ...(typeof entry.fields["level"] === "string" && { level: entry.fields["level"] }),
    })),
    failsAt: "fields named like a record's own parts are kept and replace nothing",
  },
  {
    what: "writes on the caller's objects",
    verb: "sink",
    adapter: changing((entry) => {
      const { user } = entry.fields;
      if (typeof user === "object" && user !== null && !Object.isFrozen(user))
        Object.assign(user, { level: entry.level });
      return entry;
    }),
    failsAt: "the caller's objects are not changed",
  },
  {
    what: "runs getters",
    verb: "sink",
    adapter: changing((entry) => {
      JSON.stringify(entry.fields["nested"]);
      return entry;
    }),
    failsAt: "getters of the caller's objects are not run",
  },
  {
    what: "hands out the record's own fields",
    verb: "sink",
    adapter: partly((_sink, output) => ({
      write: (_text, record) => output({ ...entryOf(record, []), fields: record.extra }, () => {}),
    })),
    failsAt: "a target that changes what it is given changes it for nobody else",
  },
  {
    what: "does not wait when it is closed",
    verb: "sink",
    adapter: partly(() => ({ flush: () => {} })),
    failsAt: "remove() ends the handler when everything under way has arrived",
  },
  {
    what: "makes {} of an error among the fields",
    verb: "sink",
    adapter: changing((entry) => ({
      ...entry,
      fields: JSON.parse(JSON.stringify(entry.fields)) as Record<string, unknown>,
    })),
    failsAt: "an error among the fields keeps its message",
  },
  {
    what: "loses the caller",
    verb: "sink",
    adapter: changing((entry) => ({ ...entry, at: undefined })),
    failsAt: "the caller arrives with file and line",
  },
  {
    what: "cuts long messages",
    verb: "sink",
    adapter: changing((entry) => ({ ...entry, text: entry.text.slice(0, 60_000) })),
    failsAt: "a message of 64 KiB arrives whole",
  },
  {
    what: "throws at what JSON has no word for",
    verb: "sink",
    adapter: changing((entry) => {
      JSON.stringify(entry.fields);
      return entry;
    }),
    failsAt: "values that JSON has no word for do not lose the record",
  },
  {
    what: "does not say where it leads",
    verb: "propagate",
    adapter: { ...good, propagate: (theirs, levels) => ({ ...propagateToMini(theirs, levels), leadsTo: () => false }) },
    failsAt: "in a ring each record reaches the foreign logger and a plain sink once",
  },
  {
    what: "closes a logger that is not its own",
    verb: "propagate",
    adapter: {
      ...good,
      propagate: (theirs, levels) => ({
        ...propagateToMini(theirs, levels),
        close: () => void theirs.outputs.splice(0),
      }),
    },
    failsAt: "remove() leaves the foreign logger open",
  },
  {
    what: "forgets to restore",
    verb: "intercept",
    adapter: { ...good, intercept: forgetfulIntercept },
    failsAt: "restore() puts every property back as it was",
  },
  {
    what: "restores over other patches",
    verb: "intercept",
    adapter: { ...good, intercept: carelessIntercept },
    failsAt: "a foreign patch on top of ours goes on working after restore(), and ours takes nothing",
  },
  {
    what: "restores a second time",
    verb: "intercept",
    adapter: { ...good, intercept: carelessIntercept },
    failsAt: "restore() called twice does nothing the second time",
  },
  {
    what: "always silences the library",
    verb: "intercept",
    adapter: { ...good, intercept: (options, levels) => interceptMini({ ...options, mode: "replace" }, levels) },
    failsAt: "in tee mode the library's own outputs receive what they did without us",
  },
  {
    what: "never silences the library",
    verb: "intercept",
    adapter: { ...good, intercept: (options, levels) => interceptMini({ ...options, mode: "tee" }, levels) },
    failsAt: "in replace mode the library's own outputs are silent and the record comes in",
  },
  {
    what: "takes the library's numbers for ours",
    verb: "intercept",
    adapter: {
      ...good,
      intercept: (options) => interceptMini(options, { chatty: 1, note: 2, alarm: 4, doom: 5, audit: 3 }),
    },
    failsAt: "each level of the library comes in with its severity",
  },
  {
    what: "forgets what a child has bound",
    verb: "facade",
    adapter: {
      ...good,
      facade: (logger, levels) => {
        const made = asMini(logger, levels);
        made.child = () => made;
        return made;
      },
    },
    failsAt: "bound values arrive with each record, and calls beside them are untouched",
  },
  {
    what: "fills a finished text again",
    verb: "facade",
    adapter: {
      ...good,
      facade: (logger, levels) => {
        const made = asMini(logger, levels);
        made.put = (_level, text, rest = {}) => logger.info(rest.fields ?? {}, text);
        return made;
      },
    },
    failsAt: "% and {} in a field are not interpreted",
  },
  {
    what: "names the adapter's own line as the caller",
    verb: "facade",
    adapter: { ...good, facade: (logger, levels) => asMini(shallow(logger), levels) },
    failsAt: "the caller of the library comes in with file and line",
  },
];

/** A logger that forgets how deep the facade's own call is. */
function shallow(logger: Logger): Logger {
  return Object.create(logger, {
    bind: { value: (values: object) => shallow(logger.bind(values) as Logger) },
    opt: { value: () => logger },
  }) as Logger;
}
