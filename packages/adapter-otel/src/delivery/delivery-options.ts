import { inspect, LogbridgeTypeError } from "@logbridge/core";
import { givesMeters, type MeterProviderLike } from "./delivery-metrics.ts";
import type { DropReason } from "./drop-reason.ts";
import { errorText } from "./error-text.ts";
import type { Spool } from "./spool.ts";

/** What may wait in memory. */
export interface QueueOptions {
  /** Bytes of all records that wait or are under way. Default 64 MiB. */
  readonly maxBytes?: number;
  /** Their number. Default 1,000,000. */
  readonly maxRecords?: number;
}

/** What goes out in one request. */
export interface BatchOptions {
  /** Default 2,048 records (8,192 where we send by HTTP ourselves), but an eighth of `queue.maxRecords` at most. */
  readonly maxRecords?: number;
  /** Default 2,000,000 bytes, but an eighth of `queue.maxBytes` at most. A record above that goes alone. */
  readonly maxBytes?: number;
  /** How long a batch may wait to become full, in milliseconds. Default 200. */
  readonly delayMs?: number;
}

/** What happens when the collector does not take a batch now. */
export interface RetryOptions {
  /** The first wait, in milliseconds. Each further one is twice as long, less up to a half by chance. Default 500. */
  readonly initialMs?: number;
  /** The longest wait, in milliseconds. What the collector asks for by `Retry-After` is kept whatever it is. Default 10,000. */
  readonly maxMs?: number;
  /** How old a record may become before it is dropped, in milliseconds. Default 600,000; with a spool `Infinity`. */
  readonly deadlineMs?: number;
}

/** How records are delivered; the part of it that applications set. */
export interface DeliverySettings {
  readonly queue?: QueueOptions;
  readonly batch?: BatchOptions;
  readonly retry?: RetryOptions;
  /** How many requests may be under way at once. Default 4. While the collector is down it is one. */
  readonly concurrency?: number;
  /** How long one request may take, in milliseconds. Default 10,000. */
  readonly exportTimeoutMs?: number;
  /** How long a flush waits where its caller says nothing, in milliseconds. Default 10,000. */
  readonly flushTimeoutMs?: number;
  /** How long a process that has ended by itself goes on to send what is queued, in milliseconds. Default 5,000; 0: not at all. */
  readonly exitTimeoutMs?: number;
  /** Counters are given to its meter `@logbridge/adapter-otel`. Default: none. */
  readonly meterProvider?: MeterProviderLike;
}

/** All that a delivery is told. */
export interface DeliveryOptions extends DeliverySettings {
  /** What `batch.maxRecords` is where nobody says it. Default 2,048. */
  readonly usualBatchRecords?: number;
  /** What messages and metrics call it. Default `"logbridge"`. */
  readonly name?: string;
  readonly spool?: Spool | null;
  /** Hears of records that were given up: at once, then at most every 10 seconds for each reason. Default: a report on stderr. */
  readonly onDropped?: (count: number, reason: DropReason, error: unknown) => void;
}

/** With everything in it. */
export interface ResolvedDelivery {
  readonly maxBytes: number;
  readonly maxRecords: number;
  readonly batchRecords: number;
  readonly batchBytes: number;
  readonly delayMs: number;
  readonly initialMs: number;
  readonly maxMs: number;
  readonly deadlineMs: number;
  readonly concurrency: number;
  readonly exportTimeoutMs: number;
  readonly flushTimeoutMs: number;
  readonly exitTimeoutMs: number;
}

/** A batch is what is moved to disk at once: a queue had better hold several, also while some are under way. */
const BATCHES_IN_QUEUE = 8;

type Check = (value: unknown) => boolean;

const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) > 0;
const isDuration: Check = (value) => typeof value === "number" && value > 0;
const isFiniteDuration: Check = (value) => isDuration(value) && Number.isFinite(value);
const isWait: Check = (value) => Number.isFinite(value) && (value as number) >= 0;

const COUNT = [isCount, "a whole number above 0"] as const;
const MILLISECONDS = [isFiniteDuration, "milliseconds above 0"] as const;
const WAIT = [isWait, "milliseconds from 0 up"] as const;

type Row = readonly [check: Check, allowed: string];

const GROUPS: Readonly<Record<string, Readonly<Record<string, Row>>>> = {
  queue: { maxBytes: COUNT, maxRecords: COUNT },
  batch: { maxRecords: COUNT, maxBytes: COUNT, delayMs: WAIT },
  retry: {
    initialMs: MILLISECONDS,
    maxMs: MILLISECONDS,
    deadlineMs: [isDuration, "milliseconds above 0, or Infinity"],
  },
};

const SINGLE: Readonly<Record<string, Row>> = {
  concurrency: COUNT,
  exportTimeoutMs: MILLISECONDS,
  flushTimeoutMs: MILLISECONDS,
  exitTimeoutMs: WAIT,
  meterProvider: [isMeterProvider, "an OpenTelemetry MeterProvider"],
};

/** The names of the settings that {@link checkDeliverySettings} looks at. */
export const DELIVERY_SETTINGS: readonly string[] = [...Object.keys(GROUPS), ...Object.keys(SINGLE)];

function isMeterProvider(value: unknown): boolean {
  return typeof (value as { getMeter?: unknown } | null)?.getMeter === "function";
}

function refused(where: string, option: string, allowed: string, value: unknown): LogbridgeTypeError {
  return new LogbridgeTypeError("LB1610", `${where}: option ${option} must be ${allowed}, got ${inspect(value)}`);
}

function checkGroup(where: string, group: string, rows: Readonly<Record<string, Row>>, given: unknown): void {
  const names = Object.keys(rows);
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw refused(where, group, `an object of ${names.join(", ")}`, given);
  for (const [name, value] of Object.entries(given)) {
    const row = Object.hasOwn(rows, name) ? rows[name] : undefined;
    if (!row) throw refused(where, `${group}.${name}`, `absent: ${group} has ${names.join(", ")}`, value);
    if (value !== undefined && !row[0](value)) throw refused(where, `${group}.${name}`, row[1], value);
  }
}

/**
 * Looks at the settings of a delivery among the options of something that delivers.
 *
 * @param where how the message calls whoever takes the options, such as `otelSink()`
 * @throws LogbridgeTypeError LB1610 for a value that an option cannot have, or an unknown name inside one
 * @example
 * checkDeliverySettings("otelSink()", { batch: { delayMs: 200 } });
 */
export function checkDeliverySettings(where: string, settings: DeliverySettings): void {
  const given = settings as Readonly<Record<string, unknown>>;
  for (const [name, rows] of Object.entries(GROUPS))
    if (given[name] !== undefined) checkGroup(where, name, rows, given[name]);
  for (const [name, [check, allowed]] of Object.entries(SINGLE)) {
    const value = given[name];
    if (value !== undefined && !check(value)) throw refused(where, name, allowed, value);
  }
  checkTogether(where, settings);
  if (settings.meterProvider !== undefined) checkMeters(where, settings.meterProvider);
}

/** A provider is asked for its meter when the sink is added: what it gives is looked at before, where the error can name the option. */
function checkMeters(where: string, provider: MeterProviderLike): void {
  const allowed =
    "an OpenTelemetry MeterProvider, whose meters have createObservableCounter() and createObservableUpDownCounter()";
  let isUsable: boolean;
  try {
    isUsable = givesMeters(provider);
  } catch (cause) {
    const text = `${where}: option meterProvider must be ${allowed}; its getMeter() has thrown: ${errorText(cause)}`;
    throw new LogbridgeTypeError("LB1610", text, { cause });
  }
  if (!isUsable) throw refused(where, "meterProvider", allowed, provider);
}

/** Of two that exclude each other, neither is changed in silence. */
function checkTogether(where: string, { queue, batch, retry }: DeliverySettings): void {
  for (const name of ["maxRecords", "maxBytes"] as const)
    if ((batch?.[name] ?? 0) > (queue?.[name] ?? Number.POSITIVE_INFINITY))
      throw refused(where, `batch.${name}`, `no more than queue.${name}, ${queue?.[name]}`, batch?.[name]);
  if ((retry?.initialMs ?? 0) > (retry?.maxMs ?? Number.POSITIVE_INFINITY))
    throw refused(where, "retry.initialMs", `no more than retry.maxMs, ${retry?.maxMs}`, retry?.initialMs);
}

/** What was asked for, as far as the queue has room for it; else what is usual, or an eighth of the queue. */
function batchLimit(given: number | undefined, usual: number, queue: number): number {
  return given === undefined
    ? Math.min(usual, Math.max(1, Math.floor(queue / BATCHES_IN_QUEUE)))
    : Math.min(given, queue);
}

/** The options with their defaults. */
export function resolveDelivery(options: DeliveryOptions): ResolvedDelivery {
  const { queue, batch, retry } = options;
  const maxBytes = queue?.maxBytes ?? 64 * 1024 * 1024;
  const maxRecords = queue?.maxRecords ?? 1_000_000;
  const initialMs = retry?.initialMs ?? Math.min(500, retry?.maxMs ?? 500);
  return {
    maxBytes,
    maxRecords,
    batchRecords: batchLimit(batch?.maxRecords, options.usualBatchRecords ?? 2_048, maxRecords),
    batchBytes: batchLimit(batch?.maxBytes, 2_000_000, maxBytes),
    delayMs: batch?.delayMs ?? 200,
    initialMs,
    maxMs: retry?.maxMs ?? Math.max(initialMs, 10_000),
    deadlineMs: retry?.deadlineMs ?? (options.spool ? Number.POSITIVE_INFINITY : 600_000),
    concurrency: options.concurrency ?? 4,
    exportTimeoutMs: options.exportTimeoutMs ?? 10_000,
    flushTimeoutMs: options.flushTimeoutMs ?? 10_000,
    exitTimeoutMs: options.exitTimeoutMs ?? 5_000,
  };
}
