import { format } from "node:util";
import {
  adapterCases,
  type Delivered,
  type DeliveredError,
  describeProperties,
  type ForeignCall,
  type Harness,
  type MakeOptions,
  type Verb,
  type Waivers,
} from "@logbridge/core/conformance";
import { describe, test } from "vitest";
import { asGazette, gazetteSink, interceptGazette, propagateToGazette } from "../src/adapter.ts";
import { type Entry, Gazette, type Outlet } from "../src/gazette.ts";

const levels = { debug: 10, info: 20, warn: 30, fail: 40 };
let entries: Entry[] = [];

/** An outlet as the case wants it. */
function outletFor({ target }: MakeOptions): Outlet {
  let calls = 0;
  const kept = entries;
  return (entry) => {
    if (target === "throws" || (target === "recovers" && calls++ === 0)) throw new Error("out of paper");
    if (target === "stuck") return new Promise(() => {});
    if (target === "slow") return new Promise((done) => setTimeout(() => done(void kept.push(entry)), 5));
    kept.push(target === "meddles" ? { ...entry, details: { ...entry.details } } : entry);
    if (target === "meddles") for (const key of Object.keys(entry.details)) Reflect.deleteProperty(entry.details, key);
  };
}

/** Says a call of the kit in the library's words. It has no placeholders, so they are filled here. */
function say(theirs: Gazette, call: ForeignCall): void {
  const through = call.bound || call.name !== undefined ? theirs.child(call.name ?? "", call.bound) : theirs;
  const text = call.args ? format(call.message, ...call.args) : call.message;
  through.print(call.level as Entry["level"], call.mark(text), call.fields, call.error);
}

function harness(verb: Verb): Harness {
  return {
    make(logger, options) {
      entries = [];
      const theirs = new Gazette([outletFor(options)]);
      const log = (call: ForeignCall): void => say(theirs, call);
      if (verb === "sink")
        return { subject: logger.add(gazetteSink(outletFor(options)), { onError: () => {} }), levels };
      if (verb === "propagate") {
        const subject = logger.add(propagateToGazette(theirs), { onError: () => {} });
        const rings: { restore(): void }[] = [];
        return {
          subject,
          levels,
          log,
          closeRing: () => void rings.push(interceptGazette({ logger })),
          dispose: () => rings[0]?.restore(),
        };
      }
      if (verb === "facade") return { subject: null, levels, log: (call) => say(asGazette(logger), call) };
      const patched = describeProperties(Gazette.prototype, "publish");
      const before = theirs.child("");
      const subject = interceptGazette({ logger, ...(options.mode && { mode: options.mode }) });
      const later = new Gazette([]);
      return {
        subject,
        levels,
        log,
        patched,
        restore: () => subject.restore(),
        original: () => entries.map(({ level, text, details }) => `${level} ${text} ${JSON.stringify(details)}`),
        ways: { "a child made before": (call) => say(before, call), "a logger made later": (call) => say(later, call) },
        again: (other) => interceptGazette({ logger: other }),
        closeRing: () => void logger.add(propagateToGazette(theirs)),
        redacts: false,
      };
    },
    read: () => entries.map(delivered),
  };
}

function delivered({ level, at, text, details, error, area }: Entry): Delivered {
  return {
    level,
    levelNo: levels[level],
    timeMs: at.getTime(),
    message: text,
    args: undefined,
    fields: details,
    error: error && deliveredError(error),
    name: area,
    context: undefined,
    caller: undefined,
  };
}

function deliveredError(error: Error & { readonly code?: string }, depth = 0): DeliveredError {
  const cause = error.cause instanceof Error && depth < 5 ? deliveredError(error.cause, depth + 1) : undefined;
  return { type: error.name, message: error.message, stack: error.stack, code: error.code, cause };
}

const NO_ARGS = "Gazette.print takes a finished text; an Entry has no place for arguments";
const NO_CALLER = "an Entry has no place for the caller";

/** What a Gazette cannot carry, and where in it the reason is. */
const cannot: Readonly<Record<Verb, Waivers>> = {
  sink: { args: NO_ARGS, caller: NO_CALLER },
  propagate: { args: NO_ARGS, caller: NO_CALLER },
  intercept: { args: NO_ARGS },
  facade: { args: NO_ARGS },
};

describe.each(Object.keys(cannot) as Verb[])("the example adapter as %s", (verb) => {
  test.each(adapterCases(verb))("$group: $name", (one) => one.run(harness(verb), { cannot: cannot[verb] }));
});
