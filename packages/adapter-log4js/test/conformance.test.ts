import { readFileSync } from "node:fs";
import { format } from "node:util";
import { asLog4js, interceptLog4js, log4jsSink, propagateToLog4js } from "@logbridge/adapter-log4js";
import type { Logger } from "@logbridge/core";
import {
  adapterCases,
  describeProperties,
  type ForeignCall,
  type Harness,
  type Verb,
  type Waivers,
  waiverTable,
} from "@logbridge/core/conformance";
import log4js, { type LoggingEvent, type Logger as TheirLogger } from "log4js";
import { describe, expect, test } from "vitest";
import { deliveredOf, forgetLevel, keepingAppender } from "./support/events.ts";

const SEVERITIES = { TRACE: 5, DEBUG: 10, MARK: 20, INFO: 20, WARN: 30, ERROR: 40, FATAL: 50 };
const ARGS =
  "LoggingEvent has no place beside `data`, and layouts print all of `data` behind the text (layouts.js, util.format): values that are in the text already would be printed twice";

const CANNOT: Partial<Record<Verb, Waivers>> = {
  sink: { args: ARGS },
  propagate: { args: ARGS },
  intercept: {},
  facade: {},
};

const events: LoggingEvent[] = [];

function useLevel(custom: { readonly name: string; readonly no: number } | undefined): Record<string, number> {
  if (!custom) return {};
  log4js.levels.addLevels({ [custom.name]: { value: custom.no * 1000, colour: "cyan" } });
  return { [custom.name]: custom.no };
}

function configure(appender: object, custom?: object): void {
  log4js.configure({
    appenders: { out: { type: appender as never } },
    categories: { default: { appenders: ["out"], level: "all", enableCallStack: true } },
    ...custom,
  });
}

function logThrough(call: ForeignCall): void {
  logTo(log4js.getLogger(call.name ?? "default"), call);
}

function logTo(logger: TheirLogger, call: ForeignCall): void {
  for (const [key, value] of Object.entries(call.bound ?? {})) logger.addContext(key, value);
  const values = [
    call.message,
    ...(call.args ?? []),
    ...(call.fields ? [call.fields] : []),
    ...(call.error ? [call.error] : []),
  ];
  const { level, mark } = call;
  if (!mark) logger.log(level, ...values);
  // biome-ignore format: the mark stands on the line of the call
  else { mark(); logger.log(level, ...values); }
}

const sink: Harness = {
  make(logger, { target, customLevel }) {
    events.length = 0;
    const custom = useLevel(customLevel);
    const made = log4jsSink({ type: keepingAppender(events, target) }, { remake: true });
    logger.add(made);
    return { subject: made, levels: { ...SEVERITIES, SUCCESS: 25, ...custom }, dispose: () => forgetLevel("AUDIT") };
  },
  read: () => events.map(deliveredOf),
};

function closeRing(logger: Logger): { restore(): void } {
  return interceptLog4js(log4js, { logger });
}

const propagate: Harness = {
  make(logger, { target, customLevel }) {
    events.length = 0;
    const custom = useLevel(customLevel);
    const appender = keepingAppender(events, target);
    const { configure: make } = appender;
    // log4js never shuts an appender down between records: "slow" is one that only puts its work off.
    configure(target === "slow" ? { configure: () => withoutShutdown(make()) } : appender);
    const made = propagateToLog4js(log4js);
    logger.add(made);
    let ring: { restore(): void } | null = null;
    return {
      subject: made,
      levels: { ...SEVERITIES, SUCCESS: 25, ...custom },
      log: logThrough,
      closeRing: () => {
        ring = closeRing(logger);
      },
      dispose() {
        ring?.restore();
        forgetLevel("AUDIT");
      },
    };
  },
  read: () => events.map(deliveredOf),
};

function withoutShutdown(appender: (event: LoggingEvent) => void): (event: LoggingEvent) => void {
  return (event) => appender(event);
}

const intercept: Harness = {
  make(logger, { mode, customLevel }) {
    const lines: string[] = [];
    configure(
      {
        configure: () => (event: LoggingEvent) =>
          void lines.push(`${event.level.levelStr} ${event.categoryName} ${format(...event.data)}`),
      },
      customLevel && { levels: { [customLevel.name]: { value: customLevel.no * 1000, colour: "cyan" } } },
    );
    const before = log4js.getLogger("before");
    const prototype = Object.getPrototypeOf(before) as object;
    const patched = describeProperties(prototype, "_log", "isLevelEnabled");
    const made = interceptLog4js(log4js, { logger, ...(mode && { mode }) });
    const after = log4js.getLogger("after");
    const detached = after.info.bind(after);
    return {
      subject: made,
      levels: { ...SEVERITIES, ...(customLevel && { [customLevel.name]: customLevel.no }) },
      log: logThrough,
      restore: () => made.restore(),
      original: () => lines,
      patched,
      ways: {
        "a logger that was there before": (call) => before.info(call.message),
        "a logger made afterwards": (call) => after.log("info", call.message),
        "a detached method": (call) => detached(call.message),
      },
      again: (other) => interceptLog4js(log4js, { logger: other }),
      closeRing: () => void logger.add(propagateToLog4js(log4js)),
      redacts: false,
      dispose: () => forgetLevel("AUDIT"),
    };
  },
};

const facade: Harness = {
  make(logger, { customLevel }) {
    const custom = useLevel(customLevel);
    const face = asLog4js(logger);
    const { info } = face;
    return {
      subject: face,
      levels: { ...SEVERITIES, ...custom },
      log: (call) => logTo(call.name === undefined ? face.getLogger() : face.getLogger(call.name), call),
      ways: {
        "the facade itself": (call) => face.info(call.message),
        "a logger of a category": (call) => face.getLogger("orders").log("info", call.message),
        "a detached method": (call) => info(call.message),
      },
      dispose: () => forgetLevel("AUDIT"),
    };
  },
};

for (const [verb, harness] of Object.entries({ sink, propagate, intercept, facade }))
  describe(`conformance of log4js, ${verb}`, () => {
    for (const one of adapterCases(verb as Verb))
      test(`${one.group}: ${one.name}`, () => one.run(harness, { cannot: CANNOT[verb as Verb] ?? {} }));
  });

test("the README's table of what does not survive is that of the waivers", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  expect(readme).toContain(waiverTable(CANNOT));
});
