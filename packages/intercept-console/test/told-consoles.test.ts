import nodeConsole, { Console } from "node:console";
import { Writable } from "node:stream";
import { interceptConsole } from "@logbridge/intercept-console";
import { describe, expect, test } from "vitest";
import { keeping } from "./support/records.ts";

const DEEP = { b: 123456, a: { c: { d: { e: { f: 1 } } } } };

/** A stream that keeps its lines; it may have colours. */
function keptStream(lines: string[], hasColors: boolean): Writable {
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return Object.assign(stream, hasColors && { isTTY: true, getColorDepth: () => 8, hasColors: () => true });
}

/** A console that was told how to show values, and what it prints. */
function told(inspectOptions: object): { readonly target: Console; readonly lines: string[] } {
  const lines: string[] = [];
  return { target: new Console({ stdout: keptStream(lines, false), inspectOptions }), lines };
}

const OPTIONS: readonly object[] = [
  { depth: 5, breakLength: Number.POSITIVE_INFINITY },
  { depth: 0 },
  { sorted: true, compact: false },
  { numericSeparator: true },
  { customInspect: false, maxStringLength: 2 },
];

describe.each(OPTIONS)("a console with %j", (options) => {
  test("is recorded by what it prints", () => {
    const { target, lines } = told(options);
    const { logger, messages } = keeping();
    const interception = interceptConsole({ logger, console: target, mode: "tee" });
    target.log("cfg", DEEP);
    target.log("%s of %O", 1234567, DEEP, { text: "abcdef" });
    target.log(DEEP);
    target.log("total", 1234567);
    target.info("100 %% of", DEEP);
    target.dir(DEEP);
    target.dir(DEEP, { depth: 1 } as object);
    target.assert(false, "of", DEEP);
    target.group("in", DEEP);
    target.groupEnd();
    interception.restore();
    expect(messages()).toEqual(lines.map((line) => line.slice(0, -1)));
  });
});

test.skipIf("Bun" in globalThis)("its tables are drawn by them, where a console can draw one with options", () => {
  const { target, lines } = told({ numericSeparator: true });
  const { logger, messages } = keeping();
  interceptConsole({ logger, console: target, mode: "tee" });
  target.table([DEEP]);
  expect(messages()).toEqual(lines.map((line) => line.slice(0, -1)));
});

test("options that are changed later are followed, as the console does", () => {
  const options: { depth: number } = { depth: 0 };
  const { target } = told(options);
  const { logger, messages } = keeping();
  interceptConsole({ logger, console: target });
  target.log("a", { b: { c: 1 } });
  options.depth = 4;
  target.log("a", { b: { c: 1 } });
  expect(messages()).toEqual(["a { b: [Object] }", "a { b: { c: 1 } }"]);
});

test("a console that the option `all` hears is one, too", () => {
  const { logger, messages } = keeping();
  const interception = interceptConsole({ logger, console: "all" });
  const own = new nodeConsole.Console({ stdout: keptStream([], false), inspectOptions: { depth: 0 } });
  own.log("a", { b: { c: 1 } });
  interception.restore();
  expect(messages()).toEqual(["a { b: [Object] }"]);
});

test("which of its streams decides on colours stays as it is", () => {
  const print = (isIntercepted: boolean): { readonly lines: string[]; readonly options: object } => {
    const lines: string[] = [];
    const options = { depth: 4 };
    const target = new Console({
      stdout: keptStream(lines, false),
      stderr: keptStream(lines, true),
      inspectOptions: options,
    });
    const { logger } = keeping();
    const interception = isIntercepted ? interceptConsole({ logger, console: target, mode: "tee" }) : null;
    target.error("a", { b: 1 });
    target.log("a", { b: 1 });
    interception?.restore();
    return { lines, options };
  };
  expect(print(true)).toEqual(print(false));
});
