import type { Interception, Logger } from "@logbridge/core";
import {
  adapterCases,
  describeProperties,
  type ForeignCall,
  type Harness,
  type MakeOptions,
  type PatchedProperty,
  type Subject,
} from "@logbridge/core/conformance";
import type { AnyValueMap } from "@opentelemetry/api-logs";
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  type LogRecordProcessor,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from "@opentelemetry/sdk-logs";
import { describe, test } from "vitest";
import { interceptOtel } from "../src/intercept.ts";
import { otelSink } from "../src/sink.ts";
import { CANNOT } from "./waivers.ts";

const NUMBERS: Readonly<Record<string, number>> = {
  TRACE: 1,
  DEBUG: 5,
  INFO: 9,
  WARN: 13,
  ERROR: 17,
  FATAL: 21,
};

const SEVERITIES: Readonly<Record<string, number>> = { TRACE: 5, DEBUG: 10, INFO: 20, WARN: 30, ERROR: 40, FATAL: 50 };

/** Hides attributes as applications do it: in a processor before the one that exports. */
function redacting(keys: readonly string[]): LogRecordProcessor {
  return {
    onEmit(record) {
      for (const key of keys) if (key in record.attributes) record.setAttribute(key, "[hidden]");
    },
    forceFlush: async () => {},
    shutdown: async () => {},
  };
}

/** The record as an exporter shows it. */
function shown({ body, severityText, attributes }: ReadableLogRecord): string {
  return JSON.stringify([severityText, body, attributes]);
}

function numbers(options: MakeOptions): Record<string, number> {
  return { ...NUMBERS, ...(options.customLevel && { [options.customLevel.name]: 10 }) };
}

function emit(
  provider: LoggerProvider,
  options: MakeOptions,
  { level, message, fields, error, args = [], bound, name, mark }: ForeignCall,
): void {
  const logger = provider.getLogger(name ?? "app");
  let next = 0;
  const body = message.replaceAll("%s", (token) => (next < args.length ? String(args[next++]) : token));
  const record = {
    severityNumber: numbers(options)[level] as number,
    severityText: level,
    body,
    attributes: attributesOf({ ...bound, ...fields }),
    ...(error && { exception: error }),
  };
  logger.emit(mark(record));
}

/** An attribute can be no `Date`, by its type and by what the SDK takes: its text is what applications give. */
function attributesOf(fields: Readonly<Record<string, unknown>>): AnyValueMap {
  const attributes: AnyValueMap = {};
  for (const key of Object.keys(fields)) {
    const { value } = Object.getOwnPropertyDescriptor(fields, key) as { value: unknown };
    const given = value instanceof Date ? value.toISOString() : (value as AnyValueMap[string]);
    Object.defineProperty(attributes, key, { value: given, enumerable: true, configurable: true, writable: true });
  }
  return attributes;
}

interface Built {
  readonly provider: LoggerProvider;
  readonly exporter: InMemoryLogRecordExporter;
}

function build(options: MakeOptions, more: readonly LogRecordProcessor[] = []): Built {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({
    processors: [
      ...(options.redact ? [redacting(options.redact)] : []),
      ...more,
      new SimpleLogRecordProcessor({ exporter }),
    ],
    logRecordLimits: { attributeCountLimit: 1000 },
  });
  return { provider, exporter };
}

function subject(
  { provider, exporter }: Built,
  options: MakeOptions,
  interception: Interception,
  more: Partial<Subject>,
): Subject {
  return {
    subject: interception,
    levels: { ...SEVERITIES, ...(options.customLevel && { [options.customLevel.name]: options.customLevel.no }) },
    log: (made) => emit(provider, options, made),
    restore: () => interception.restore(),
    original: () => exporter.getFinishedLogRecords().map(shown),
    redacts: options.redact !== undefined,
    // The SDK assigns attributes one by one, and this one goes to the prototype (LogRecordImpl.setAttribute).
    reserved: ["__proto__"],
    ...more,
  };
}

/** A provider that exists already, found by what it is. */
function tapHarness(): Harness {
  return {
    make(logger: Logger, options: MakeOptions): Subject {
      const built = build(options);
      const { provider } = built;
      const before = provider.getLogger("before");
      const { activeProcessor } = (provider as unknown as { _sharedState: { activeProcessor: object } })._sharedState;
      const patched: readonly PatchedProperty[] = [
        ...describeProperties(activeProcessor, "onEmit"),
        ...describeProperties(Object.getPrototypeOf(before) as object, "emit"),
      ];
      const intercept = (into: Logger): Interception =>
        interceptOtel({ logger: into, provider, ...(options.mode && { mode: options.mode }) });
      const interception = intercept(logger);
      return subject(built, options, interception, {
        patched,
        ways: {
          "a logger made before": ({ message }) =>
            before.emit({ severityNumber: 9, severityText: "INFO", body: message }),
          "a logger made afterwards": (made) => emit(provider, options, { ...made, name: "after" }),
        },
        again: intercept,
        closeRing: () => void logger.add(otelSink({ provider }), { level: 0 }),
      });
    },
  };
}

/** One of the provider's processors. */
function processorHarness(): Harness {
  return {
    make(logger: Logger, options: MakeOptions): Subject {
      const interception = interceptOtel({ logger });
      const built = build(options, [interception]);
      const { provider } = built;
      const before = provider.getLogger("before");
      return subject(built, options, interception, {
        patched: [],
        ways: {
          "a logger made before": ({ message }) =>
            before.emit({ severityNumber: 9, severityText: "INFO", body: message }),
        },
        again: (into) => interceptOtel({ logger: into, provider }),
        closeRing: () => void logger.add(otelSink({ provider }), { level: 0 }),
      });
    },
  };
}

describe("interceptOtel of a provider", () => {
  for (const one of adapterCases("intercept"))
    test(one.name, () => one.run(tapHarness(), { cannot: { args: CANNOT.intercept.args } }));
});

describe("interceptOtel as a processor", () => {
  // A processor cannot silence the others: what "replace" does is for providers that are tapped.
  const cases = adapterCases("intercept").filter(({ name }) => !name.includes("replace"));
  for (const one of cases) test(one.name, () => one.run(processorHarness(), { cannot: CANNOT.intercept }));
});
