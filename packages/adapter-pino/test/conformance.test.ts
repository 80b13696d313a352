import { Writable } from "node:stream";
import type { Interception, Logger } from "@logbridge/core";
import {
  adapterCases,
  type Delivered,
  type DeliveredError,
  describeProperties,
  type ForeignCall,
  type Harness,
  type MakeOptions,
  type Subject,
} from "@logbridge/core/conformance";
import { type LoggerOptions, pino } from "pino";
import { describe, test } from "vitest";
import { asPino, interceptPino, pinoSink, propagateToPino } from "../src/index.ts";
import { CANNOT } from "./waivers.ts";

type Theirs = ReturnType<typeof pino> & Record<string, (...args: unknown[]) => void>;

const SCALE: Readonly<Record<string, number>> = { trace: 5, debug: 10, info: 20, warn: 30, error: 40, fatal: 50 };

/** A destination in this process, in every temper that the kit asks for. */
function destination(lines: string[], temper: MakeOptions["target"]): { write(line: string): unknown } {
  let broken = temper === "recovers";
  if (temper === undefined) return { write: (line: string) => void lines.push(line) };
  if (temper === "throws" || temper === "recovers")
    return {
      write(line: string) {
        if (temper === "throws" || broken) {
          broken = false;
          throw new Error("disk full");
        }
        lines.push(line);
      },
    };
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (temper === "stuck") return;
      setImmediate(() => {
        lines.push(String(chunk));
        done();
      });
    },
  });
}

/** What was thrown and is no error stands in the line as it is. */
function errorOf(err: Record<string, unknown> | string | undefined): DeliveredError | undefined {
  if (err === undefined) return undefined;
  if (typeof err === "string")
    return { type: undefined, message: err, stack: undefined, code: undefined, cause: undefined };
  return {
    type: err["type"] as string,
    message: err["message"] as string,
    stack: err["stack"] as string,
    code: err["code"] as string | undefined,
    cause: errorOf(err["cause"] as Record<string, unknown> | undefined),
  };
}

function delivered(text: string, levels: Readonly<Record<number, string>>): Delivered {
  const { level, time, msg, err, name, caller, ...fields } = JSON.parse(text) as Record<string, unknown>;
  const [, file, line] = /^(.*):(\d+)$/.exec(String(caller)) ?? [];
  return {
    level: levels[level as number],
    levelNo: level as number,
    timeMs: time as number,
    message: msg as string,
    args: undefined,
    fields,
    error: errorOf(err as Record<string, unknown> | undefined),
    name: name as string | undefined,
    context: undefined,
    caller: file === undefined ? undefined : { file, line: Number(line) },
  };
}

function custom(options: MakeOptions): Record<string, number> {
  return options.customLevel ? { [options.customLevel.name.toLowerCase()]: 37 } : {};
}

function severities(options: MakeOptions): Record<string, number> {
  return {
    ...SCALE,
    ...(options.customLevel && { [options.customLevel.name.toLowerCase()]: options.customLevel.no }),
  };
}

const LABELS = {
  10: "trace",
  20: "debug",
  30: "info",
  35: "success",
  37: "audit",
  40: "warn",
  50: "error",
  60: "fatal",
};

function sinkHarness(): Harness {
  let lines: string[] = [];
  return {
    make(logger: Logger, options: MakeOptions): Subject {
      lines = [];
      const subject = pinoSink(destination(lines, options.target), { levels: custom(options), caller: true });
      logger.add(subject, { level: 0 });
      return { subject, levels: { ...severities(options), success: 25 } };
    },
    read: () => lines.map((line) => delivered(line, LABELS)),
  };
}

function call(theirs: Theirs, { level, message, fields, error, args = [], bound, name, mark }: ForeignCall): void {
  const bindings = { ...bound, ...(name !== undefined && { name }) };
  const log = (Object.keys(bindings).length > 0 ? theirs.child(bindings) : theirs) as Theirs;
  const values = { ...fields, ...(error && { err: error }) };
  for (const key of ["__proto__"])
    if (fields && Object.hasOwn(fields, key))
      Object.defineProperty(values, key, { value: fields[key], enumerable: true });
  if (fields || error) log[level]?.(values, message, ...args);
  // biome-ignore format: the mark stands on the line of the call
  else { mark?.(); log[level]?.(message, ...args); }
}

function theirLogger(options: MakeOptions, lines: string[], more: LoggerOptions = {}): Theirs {
  return pino(
    { level: "trace", customLevels: custom(options), ...more } as never,
    destination(lines, options.target) as never,
  ) as unknown as Theirs;
}

function propagateHarness(): Harness {
  let lines: string[] = [];
  return {
    make(logger: Logger, options: MakeOptions): Subject {
      lines = [];
      const theirs = theirLogger(options, lines);
      const subject = propagateToPino(theirs);
      logger.add(subject, { level: 0 });
      let closed: Interception | undefined;
      return {
        subject,
        levels: { ...severities(options), success: 25 },
        log: (one) => call(theirs, one),
        closeRing: () => {
          closed = interceptPino(theirs, { logger });
        },
        dispose: () => closed?.restore(),
      };
    },
    read: () => lines.map((line) => delivered(line, LABELS)),
  };
}

function interceptHarness(one: boolean): Harness {
  return {
    make(logger: Logger, options: MakeOptions): Subject {
      const lines: string[] = [];
      const more: LoggerOptions = options.redact ? { redact: [...options.redact] } : {};
      const theirs = theirLogger(options, lines, more);
      const before = theirs.child({}) as Theirs;
      const stream = Object.getOwnPropertySymbols(theirs).find(({ description }) => description === "pino.stream");
      const patched = describeProperties(theirs, stream as symbol, "info", "error", "debug");
      const intercept = (into: Logger): Interception =>
        interceptPino(one ? theirs : pino, { logger: into, ...(options.mode && { mode: options.mode }) });
      const subject = intercept(logger);
      const ways: Record<string, (call: ForeignCall) => void> = {
        "a child made before": (made) => call(before, made),
        "a child made afterwards": (made) => call(theirs.child({ part: 1 }) as Theirs, made),
        "a child of a child": (made) => call(before.child({}).child({}) as Theirs, made),
      };
      if (!one) ways["a logger made afterwards"] = (made) => call(theirLogger(options, lines, more), made);
      return {
        subject,
        levels: severities(options),
        log: (made) => call(theirs, made),
        restore: () => subject.restore(),
        original: () => lines,
        patched,
        ways,
        again: (other) => intercept(other),
        closeRing: () => void logger.add(propagateToPino(theirs), { level: 0 }),
        redacts: options.redact !== undefined,
        reserved: ["msg"],
      };
    },
  };
}

function facadeHarness(): Harness {
  return {
    make(logger: Logger): Subject {
      const theirs = asPino(logger) as unknown as Theirs;
      return {
        subject: theirs,
        levels: { ...SCALE, success: 25 },
        log: (one) => call(theirs, one),
        reserved: ["msg"],
      };
    },
  };
}

describe("asPino", () => {
  for (const one of adapterCases("facade")) test(one.name, () => one.run(facadeHarness(), { cannot: CANNOT.facade }));
});

describe("pinoSink", () => {
  for (const one of adapterCases("sink")) test(one.name, () => one.run(sinkHarness(), { cannot: CANNOT.sink }));
});

describe("propagateToPino", () => {
  for (const one of adapterCases("propagate"))
    test(one.name, () => one.run(propagateHarness(), { cannot: CANNOT.propagate }));
});

describe("interceptPino of all loggers", () => {
  for (const one of adapterCases("intercept"))
    test(one.name, () => one.run(interceptHarness(false), { cannot: CANNOT.intercept }));
});

describe("interceptPino of one logger", () => {
  for (const one of adapterCases("intercept"))
    test(one.name, () => one.run(interceptHarness(true), { cannot: CANNOT.intercept }));
});
