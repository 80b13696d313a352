import type { Logger } from "@logbridge/core";
import {
  adapterCases,
  type Delivered,
  type DeliveredError,
  type Harness,
  type MakeOptions,
  type Subject,
} from "@logbridge/core/conformance";
import { LoggerProvider, type LogRecordProcessor, type ReadableLogRecord } from "@opentelemetry/sdk-logs";
import { describe, test } from "vitest";
import { type Receiver, startReceiver } from "../../../test/otlp-receiver/index.mjs";
import type { Policy } from "../../../test/otlp-receiver/policy.mjs";
import { type OtelSinkOptions, otelSink } from "../src/index.ts";
import { CANNOT } from "./waivers.ts";

/** A record as it arrived, whatever the way. */
interface Arrived {
  readonly timeMs: number;
  readonly severityNumber: number | undefined;
  readonly severityText: string | undefined;
  readonly body: unknown;
  readonly scope: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

const LEVELS = { TRACE: 5, DEBUG: 10, INFO: 20, SUCCESS: 25, WARNING: 30, ERROR: 40, CRITICAL: 50 };
/** Where each level begins among OpenTelemetry's numbers, from the most severe. */
const RANGES = [
  [21, "CRITICAL"],
  [17, "ERROR"],
  [13, "WARNING"],
  [10, "SUCCESS"],
  [9, "INFO"],
  [5, "DEBUG"],
  [1, "TRACE"],
] as const;

/** As whoever reads the records takes it: by the text, where that is a level of theirs, else by the number. */
function levelOf(text: string | undefined, number: number | undefined): string | undefined {
  if (text !== undefined && known.has(text)) return text;
  return RANGES.find(([least]) => least <= (number ?? 0))?.[1];
}

let known: ReadonlySet<string> = new Set(Object.keys(LEVELS));

const OURS = /^(code|exception|message_template)\./;

function errorOf(attributes: Readonly<Record<string, unknown>>): DeliveredError | undefined {
  if (!("exception.type" in attributes)) return undefined;
  return {
    type: attributes["exception.type"] as string,
    message: attributes["exception.message"] as string,
    stack: attributes["exception.stacktrace"] as string,
    code: attributes["exception.code"] as string | undefined,
    cause: causeOf(attributes["exception.cause"]),
  };
}

function causeOf(value: unknown): DeliveredError | undefined {
  if (value === undefined) return undefined;
  const { type, message, code, cause } = value as Record<string, unknown>;
  return {
    type: type as string,
    message: message as string,
    stack: undefined,
    code: code as string | undefined,
    cause: causeOf(cause),
  };
}

function delivered({ timeMs, severityNumber, severityText, body, scope, attributes }: Arrived): Delivered {
  const file = attributes["code.file.path"];
  const fields = Object.entries(attributes).filter(([key]) => !OURS.test(key));
  return {
    level: levelOf(severityText, severityNumber),
    levelNo: severityNumber,
    timeMs,
    message: body as string,
    args: attributes["message_template.arguments"] as unknown[] | undefined,
    fields: Object.fromEntries(fields),
    error: errorOf(attributes),
    name: scope,
    context: undefined,
    caller: file === undefined ? undefined : { file: file as string, line: attributes["code.line.number"] as number },
  };
}

function subjectOf(logger: Logger, { customLevel }: MakeOptions, options: OtelSinkOptions): Subject {
  const subject = otelSink({ template: true, flushTimeoutMs: 5_000, ...options });
  logger.add(subject, { level: 0, onError: () => {} });
  const levels = { ...LEVELS, ...(customLevel && { [customLevel.name]: customLevel.no }) };
  known = new Set(Object.keys(levels));
  return { subject, levels };
}

const FOR_EVER = 1_000_000;
const POLICIES: Readonly<Record<NonNullable<MakeOptions["target"]>, Policy>> = {
  throws: { refuse: { times: FOR_EVER, status: 400 } },
  recovers: { refuse: { times: 1, status: 400 } },
  slow: { delayMs: 30 },
  stuck: { hang: FOR_EVER },
  meddles: {},
};

describe.each(["http/protobuf", "http/json", "grpc"] as const)("otelSink over %s", (protocol) => {
  let receiver: Receiver;

  const harness: Harness = {
    // One for each case: what a stuck one has not answered comes again.
    async make(logger, options) {
      const started = await startReceiver(options.target ? { policy: POLICIES[options.target] } : {});
      receiver = started;
      const url = protocol === "grpc" ? receiver.grpcUrl : receiver.url;
      // One request after the other: batches that are sent at once arrive in any order.
      const subject = subjectOf(logger, options, { protocol, url, concurrency: 1, timeoutMs: 1_000 });
      return { ...subject, dispose: () => started.close() };
    },
    read: () =>
      receiver.records.map((record) =>
        delivered({ ...record, timeMs: Number(record.timeUnixNano) / 1e6, scope: record.scope.name }),
      ),
  };
  for (const one of adapterCases("sink")) test(one.name, () => one.run(harness, { cannot: CANNOT.sink }));
});

describe("otelSink through a LoggerProvider", () => {
  let taken: ReadableLogRecord[] = [];

  /** A processor in every temper that the kit asks for. */
  function processor(temper: MakeOptions["target"]): LogRecordProcessor {
    let waiting: ReadableLogRecord[] = [];
    let broken = temper === "recovers";
    return {
      onEmit(record) {
        if (temper === "throws" || broken) {
          broken = false;
          throw new Error("processor broken");
        }
        if (temper === "slow" || temper === "stuck") waiting.push(record);
        else taken.push(record);
        if (temper === "meddles") for (const key of Object.keys(record.attributes)) delete record.attributes[key];
      },
      async forceFlush() {
        if (temper === "stuck") await new Promise(() => {});
        if (temper === "slow") await new Promise((resolve) => setTimeout(resolve, 30));
        taken.push(...waiting);
        waiting = [];
      },
      shutdown: () => Promise.resolve(),
    };
  }

  const harness: Harness = {
    make(logger, options) {
      taken = [];
      const provider = new LoggerProvider({ processors: [processor(options.target)] });
      return subjectOf(logger, options, { provider, flushTimeoutMs: 1_000 });
    },
    read: () =>
      taken.map((record) =>
        delivered({
          ...record,
          timeMs: record.hrTime[0] * 1e3 + record.hrTime[1] / 1e6,
          severityNumber: record.severityNumber,
          severityText: record.severityText,
          body: record.body,
          scope: record.instrumentationScope.name,
        }),
      ),
  };
  for (const one of adapterCases("sink")) test(one.name, () => one.run(harness, { cannot: CANNOT.sink }));
});
