import { readFileSync } from "node:fs";
import type { Logger } from "@logbridge/core";
import {
  adapterCases,
  type Delivered,
  describeProperties,
  type ForeignCall,
  type Harness,
  waiverTable,
} from "@logbridge/core/conformance";
import { describe, expect, test } from "vitest";
import winston from "winston";
import Transport from "winston-transport";
import { asWinston, interceptWinston, propagateToWinston, winstonSink } from "../src/index.ts";
import { type Info, LEVEL, loggerPrototype, MESSAGE } from "./setting.ts";

/** npm's levels in Loguru's numbers. */
const NPM = { error: 40, warn: 30, info: 20, http: 17, verbose: 13, debug: 10, silly: 5 };

class Target extends Transport {
  readonly infos: Info[] = [];
  readonly #kind: string | undefined;
  #calls = 0;
  constructor(kind: string | undefined, options: Transport.TransportStreamOptions = {}) {
    super(options);
    this.#kind = kind;
  }
  override log(info: Info, next: () => void): void {
    const first = this.#calls++ === 0;
    if (this.#kind === "throws" || (this.#kind === "recovers" && first)) throw new Error("the target is broken");
    if (this.#kind === "stuck") return;
    const take = (): void => {
      this.infos.push(info);
      next();
    };
    if (this.#kind === "slow") setTimeout(take, 5);
    else take();
  }
}

function deliveredOf(info: Info): Delivered {
  const { level, message, timestamp, err, stack, label, ...fields } = info;
  const error = err instanceof Error ? errorOf(err) : err === undefined ? undefined : thrownOf(err);
  return {
    level: info[LEVEL] as string,
    levelNo: undefined,
    timeMs: typeof timestamp === "string" ? Date.parse(timestamp) : undefined,
    message,
    args: undefined,
    fields,
    error,
    name: label as string | undefined,
    context: undefined,
    caller: undefined,
  };
}

function thrownOf(value: unknown): NonNullable<Delivered["error"]> {
  return { type: undefined, message: String(value), stack: undefined, code: undefined, cause: undefined };
}

function errorOf(error: Error & { readonly code?: string }): NonNullable<Delivered["error"]> {
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    code: error.code,
    cause: error.cause instanceof Error ? errorOf(error.cause) : undefined,
  };
}

const NO_ARGS =
  'a format such as logform\'s splat() reads the text again as soon as Symbol.for("splat") has values: logform/splat.js';
const NO_CALLER = "an info has no place for it: winston/lib/winston/logger.js, log()";
const cannot = {
  sink: { args: NO_ARGS, caller: NO_CALLER },
  propagate: { args: NO_ARGS, caller: NO_CALLER },
  intercept: {
    args: "arguments are not behind the logger's format, which may have masked them in the text: logform/splat.js fills and forgets them",
  },
  facade: {},
};

function customOf(logger: Logger): Record<string, number> {
  try {
    return { audit: logger.level("AUDIT").no };
  } catch {
    return {};
  }
}

function sinkHarness(): Harness {
  let target = new Target(undefined);
  return {
    make(logger, options) {
      target = new Target(options.target);
      const sink = winstonSink(target);
      logger.add(sink, { level: 0, onError: () => {} });
      // A transport that stands alone knows every level that our logger does.
      const levels = { ...NPM, success: 25, critical: 50, ...customOf(logger) };
      return { subject: sink, levels };
    },
    read: () => target.infos.map(deliveredOf),
  };
}

function propagateHarness(): Harness {
  let target = new Target(undefined);
  return {
    make(logger, options) {
      target = new Target(options.target);
      const custom = options.customLevel && { [options.customLevel.name.toLowerCase()]: 7 };
      const theirs = winston.createLogger({
        levels: { ...winston.config.npm.levels, ...custom },
        level: custom ? (Object.keys(custom)[0] as string) : "silly",
        transports: [target],
      });
      const sink = propagateToWinston(theirs);
      logger.add(sink, { level: 0, onError: () => {} });
      const undo: (() => void)[] = [];
      return {
        subject: sink,
        levels: {
          ...NPM,
          ...(options.customLevel && { [options.customLevel.name.toLowerCase()]: options.customLevel.no }),
        },
        log: (call) => void theirs.log(call.level, call.message),
        closeRing: () => {
          const interception = interceptWinston(theirs, { logger });
          undo.push(() => interception.restore());
        },
        dispose: () => {
          for (const one of undo.splice(0)) one();
        },
      };
    },
    read: () => target.infos.map(deliveredOf),
  };
}

function say(logger: winston.Logger, call: ForeignCall): void {
  const { level, message, args = [], fields, error, bound, name } = call;
  let speaker = logger;
  if (bound) speaker = speaker.child(bound);
  if (name !== undefined) speaker = speaker.child({ label: name });
  const meta = error && fields ? [{ ...fields, err: error }] : error ? [error] : fields ? [fields] : [];
  if (call.mark) speaker.log(level, call.mark(message), ...args, ...meta);
  else speaker.log(level, message, ...args, ...meta);
}

const interceptHarness: Harness = {
  make(logger: Logger, options) {
    const hidden = new Set(options.redact ?? []);
    const hide = winston.format((info) => {
      for (const key of Object.keys(info)) if (hidden.has(key)) info[key] = "***";
      return info;
    });
    const custom = options.customLevel && { [options.customLevel.name.toLowerCase()]: 7 };
    const settings = (target: Target): winston.LoggerOptions => ({
      levels: { ...winston.config.npm.levels, ...custom },
      level: custom ? (Object.keys(custom)[0] as string) : "silly",
      format: winston.format.combine(hide(), winston.format.json()),
      transports: [target],
    });
    const target = new Target(undefined);
    const theirs = winston.createLogger(settings(target));
    const patched = describeProperties(loggerPrototype, "write", "_transform");
    const interception = interceptWinston(winston, { logger, ...(options.mode && { mode: options.mode }) });
    // With `splat()` a field `message` replaces the text, so only what has arguments goes through it.
    const filling = winston.createLogger({
      ...settings(target),
      format: winston.format.combine(winston.format.splat(), winston.format.json()),
    });
    const later = winston.createLogger(settings(target));
    return {
      subject: interception,
      levels: {
        ...NPM,
        ...(options.customLevel && { [options.customLevel.name.toLowerCase()]: options.customLevel.no }),
      },
      log: (call) => say(call.args ? filling : theirs, call),
      restore: () => interception.restore(),
      original: () => target.infos.map((info) => String(info[MESSAGE])),
      patched,
      ways: {
        "a later logger": (call) => say(later, call),
        "a child": (call) => say(theirs.child({ part: 1 }), call),
        "a grandchild of a later logger": (call) => say(later.child({ part: 1 }).child({ deep: 2 }), call),
        "a level method": (call) =>
          void (theirs as unknown as Record<string, (text: string) => void>)[call.level]?.(call.message),
        "log(info)": (call) => void theirs.log({ level: call.level, message: call.message }),
        "write(info)": (call) => void theirs.write({ level: call.level, message: call.message }),
      },
      again: (other) => interceptWinston(theirs, { logger: other }),
      closeRing: () => void logger.add(propagateToWinston(theirs), { level: 0 }),
      redacts: true,
      reserved: ["level", "message", "__proto__"],
    };
  },
};

const facadeHarness: Harness = {
  make(logger, options) {
    const { customLevel } = options;
    const facade = asWinston(logger);
    return {
      subject: facade,
      levels: {
        ...NPM,
        success: 25,
        critical: 50,
        emerg: 60,
        ...(customLevel && { [customLevel.name.toLowerCase()]: customLevel.no }),
      },
      log: (call) => say(facade, call),
    };
  },
};

describe.each([
  ["facade", facadeHarness],
  ["sink", sinkHarness()],
  ["propagate", propagateHarness()],
  ["intercept", interceptHarness],
] as const)("%s", (verb, harness) => {
  for (const one of adapterCases(verb)) test(one.name, () => one.run(harness, { cannot: cannot[verb] }));
});

test("the README says what does not survive", () => {
  expect(readFileSync(new URL("../README.md", import.meta.url), "utf8")).toContain(waiverTable(cannot));
});
