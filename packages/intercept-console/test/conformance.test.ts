import { Console } from "node:console";
import { existsSync, readFileSync } from "node:fs";
import { Writable } from "node:stream";
import { format } from "node:util";
import {
  adapterCases,
  describeProperties,
  type ForeignCall,
  type Harness,
  type Waivers,
  waiverTable,
} from "@logbridge/core/conformance";
import { asConsole, interceptConsole, interceptDebug } from "@logbridge/intercept-console";
import { describe, expect, test } from "vitest";
import { freshDebug } from "./support/debug.ts";

const NO_CHILDREN =
  "a console has no children and no bindings: its methods take what they print and nothing else (lib/internal/console/constructor.js)";
const NO_NAME =
  "a console has no name: what it is called by is only its variable (lib/internal/console/constructor.js)";
const NO_BINDINGS = "an instance of debug has a namespace and no values of its own (src/common.js, createDebug)";

const CANNOT = {
  console: { context: NO_CHILDREN, name: NO_NAME },
  debug: { context: NO_BINDINGS },
  facade: {},
} satisfies Record<string, Waivers>;

const METHODS = { debug: 10, info: 20, log: 20, warn: 30, error: 40 };

type Printing = Record<string, (...values: unknown[]) => void>;

function valuesOf({ args = [], fields, error }: ForeignCall): unknown[] {
  return [...args, ...(fields ? [fields] : []), ...(error ? [error] : [])];
}

function memory(): { readonly lines: string[]; readonly stream: Writable } {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { lines, stream };
}

const consoleHarness: Harness = {
  make(logger, { mode }) {
    const { lines, stream } = memory();
    const target = new Console({ stdout: stream, stderr: stream });
    const printing = target as unknown as Printing;
    const keys = [...Object.keys(METHODS), "trace", "table", "group", "groupEnd", "count", "assert", "dir"];
    const patched = describeProperties(target, ...keys);
    const made = interceptConsole({ logger, console: target, ...(mode && { mode }) });
    return {
      subject: made,
      levels: METHODS,
      log: (call) => printing[call.level]?.(call.mark(call.message), ...valuesOf(call)),
      restore: () => made.restore(),
      original: () => lines,
      patched,
      ways: {
        "a detached method": ({ message }) => {
          const { warn } = target;
          warn(message);
        },
        "the group's title": ({ message }) => {
          target.group(message);
          target.groupEnd();
        },
        "table of a text": ({ message }) => target.table(message),
      },
      again: (other) => interceptConsole({ logger: other, console: target, mode: "tee" }),
      redacts: false,
    };
  },
};

const debugHarness: Harness = {
  make(logger, { mode }) {
    const createDebug = freshDebug();
    const lines: string[] = [];
    createDebug.enable("*");
    createDebug.log = (...args: unknown[]) => void lines.push(format(...args));
    const before = createDebug("before");
    const patched = describeProperties(createDebug, "formatArgs", "coerce");
    const made = interceptDebug(createDebug, { logger, ...(mode && { mode }) });
    const after = createDebug("after");
    return {
      subject: made,
      levels: { debug: 10 },
      log: (call) => createDebug(call.name ?? "app")(call.mark(call.message), ...valuesOf(call)),
      restore: () => made.restore(),
      original: () => lines,
      patched,
      ways: {
        "an instance that was there before": ({ message }) => before(message),
        "an instance made afterwards": ({ message }) => after(message),
        "an extended namespace": ({ message }) => before.extend("more")(message),
        "an instance with an output of its own": ({ message }) => {
          const own = createDebug("own");
          own.log = (...args: unknown[]) => void lines.push(format(...args));
          own(message);
        },
      },
      again: (other) => interceptDebug(createDebug, { logger: other }),
      redacts: false,
    };
  },
};

const facadeHarness: Harness = {
  make(logger) {
    return {
      subject: asConsole(logger),
      levels: METHODS,
      log(call) {
        let speaking = call.bound ? logger.bind(call.bound) : logger;
        if (call.name !== undefined) speaking = speaking.forModule(call.name);
        const face = asConsole(speaking) as unknown as Printing;
        face[call.level]?.(call.mark(call.message), ...valuesOf(call));
      },
    };
  },
};

describe("conformance of the console, intercept", () => {
  for (const one of adapterCases("intercept"))
    test(`${one.group}: ${one.name}`, () => one.run(consoleHarness, { cannot: CANNOT.console }));
});

describe("conformance of debug, intercept", () => {
  for (const one of adapterCases("intercept"))
    test(`${one.group}: ${one.name}`, () => one.run(debugHarness, { cannot: CANNOT.debug }));
});

describe("conformance of the console, facade", () => {
  for (const one of adapterCases("facade"))
    test(`${one.group}: ${one.name}`, () => one.run(facadeHarness, { cannot: CANNOT.facade }));
});

test("the README's tables of what does not survive are those of the waivers", () => {
  const path = new URL("../README.md", import.meta.url);
  expect(existsSync(path)).toBe(true);
  const readme = readFileSync(path, "utf8");
  expect(readme).toContain(waiverTable({ intercept: CANNOT.console, facade: CANNOT.facade }));
  expect(readme).toContain(waiverTable({ intercept: CANNOT.debug }));
});
