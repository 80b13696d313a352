import { inspect, LogbridgeError, LogbridgeTypeError } from "@logbridge/core";
import { runtime } from "#runtime";
import type { DeliveryCounts } from "./delivery/counters.ts";
import { Delivery } from "./delivery/delivery.ts";
import { checkDeliverySettings, DELIVERY_SETTINGS, type DeliverySettings } from "./delivery/delivery-options.ts";
import type { DropReason } from "./delivery/drop-reason.ts";
import { type Loss, reportDropped } from "./delivery/drop-report.ts";
import { errorText } from "./delivery/error-text.ts";
import { closeWithNotices, LossNotices } from "./delivery/loss-notices.ts";
import { isOwnEcho } from "./delivery/own-echo.ts";
import { type SdkLogRecordExporter, sdkExporter } from "./delivery/sdk-exporter.ts";
import type { SpoolOptions } from "./delivery/spool.ts";
import { checkedSpool } from "./delivery/spool-options.ts";
import { checkSpoolFolder } from "./delivery/spool-place.ts";
import { monotonicMs, msUntil } from "./delivery/timer.ts";
import { watched } from "./exporters/outage.ts";
import { TAKES } from "./intercept/outlets.ts";
import { readableCodec } from "./otlp/codecs.ts";
import type { OtlpResource } from "./otlp/encoded.ts";
import type { ReadableLogRecord } from "./otlp/readable.ts";
import { copyReadable } from "./otlp/readable-copy.ts";
import { ReadableWriter } from "./otlp/readable-writer.ts";
import { recordUid } from "./otlp/record-uid.ts";
import { describeLoss, OWN_SCOPE } from "./sink/loss-record.ts";

/** The attribute by which a store tells a record that arrives twice. */
const UID = "log.record.uid";
const WHERE = "bridgeProcessor()";
const OWN_OPTIONS: readonly string[] = ["exporter", "spool", "uid", "handleSignals", "onDropped"];
const NAME = "bridgeProcessor";

/** What {@link bridgeProcessor} takes. */
export interface BridgeProcessorOptions extends DeliverySettings {
  /** Any exporter of OpenTelemetry's SDK, official or not. It is shut down with the processor. */
  readonly exporter: SdkLogRecordExporter;
  /** Keeps on disk what cannot be sent: from the first failure on, above `queue.maxBytes`, and at the end of the process. Default: none. */
  readonly spool?: SpoolOptions;
  /** Gives each record without one an attribute `log.record.uid`. Default: `true` with a spool, else `false`. */
  readonly uid?: boolean;
  /**
   * Flushes when the process is told to end (SIGTERM, SIGINT, SIGHUP), before it ends by that signal as it would have; where others listen,
   * too, they decide when it ends. Default `false`.
   */
  readonly handleSignals?: boolean;
  /** Hears of records that were given up: at once, then at most every 10 seconds for each reason. Default: a report on stderr. */
  readonly onDropped?: (count: number, reason: DropReason, error: unknown) => void;
}

/** A LogRecordProcessor of OpenTelemetry's SDK, of both generations. */
export interface BridgeProcessor {
  onEmit(record: ReadableLogRecord, context?: unknown): void;
  /**
   * Resolves when all emitted before has been sent or given up. Rejects with LB1618 where some has not after `timeoutMillis`, else
   * `flushTimeoutMs`.
   */
  forceFlush(options?: { readonly timeoutMillis?: number }): Promise<void>;
  /** Sends what waits, leaves the rest to the spool, and shuts the exporter down. */
  shutdown(): Promise<void>;
  /** What has become of the records so far. */
  stats(): DeliveryCounts;
}

class Processor implements BridgeProcessor {
  readonly #delivery: Delivery<ReadableLogRecord>;
  readonly #uid: boolean;
  readonly #forgetEnd: (() => void)[];
  #ending: Promise<void> | null = null;
  readonly #notices: LossNotices<ReadableLogRecord>;
  /** That of the newest record: records of ours have the same. */
  #resource: OtlpResource = { attributes: {} };

  constructor(options: BridgeProcessorOptions) {
    const { exporter, spool, uid = spool !== undefined, handleSignals, onDropped, ...settings } = options;
    const tell = onDropped ?? ((...told) => reportDropped(NAME, ...told));
    this.#uid = uid;
    const sender = sdkExporter(exporter);
    this.#notices = new LossNotices(sender, (loss) => this.#describe(loss));
    const sending = watched(sender, { began: () => {}, took: () => this.#notices.took() });
    this.#delivery = new Delivery(sending, readableCodec, {
      ...settings,
      name: NAME,
      spool: spool ? runtime.openSpool(spool) : null,
      onDropped: (count, reason, error) => {
        this.#notices.add({ count, reason, error });
        tell(count, reason, error);
      },
    });
    this.#forgetEnd = [
      runtime.onBeforeExit(() => this.#delivery.endNaturally()),
      runtime.onExit(() => this.#endSync()),
    ];
    if (handleSignals) this.#forgetEnd.push(this.#endBySignal());
  }

  #endBySignal(): () => void {
    const send = async (): Promise<unknown> => this.#delivery.endNaturally();
    return runtime.onSignal(send, () => this.#endSync());
  }

  #endSync(): void {
    this.#notices.end();
    this.#delivery.flushSync();
  }

  onEmit(record: ReadableLogRecord): void {
    this[TAKES](record)();
  }

  /** `interceptOtel` in "replace" finds out whether the record is to be sent when all processors have had it. */
  [TAKES](record: ReadableLogRecord): () => void {
    if (isOwnEcho(WHERE)) return () => {};
    try {
      const copy = this.#copy(record);
      return () => this.#send(record, copy);
    } catch (error) {
      // What another processor has made of the record cannot be read; whoever has emitted it is not to hear of it.
      this.#delivery.failed(error);
      return () => {};
    }
  }

  async forceFlush(options?: { readonly timeoutMillis?: number }): Promise<void> {
    const timeoutMs = options?.timeoutMillis ?? this.#delivery.flushTimeoutMs;
    const by = monotonicMs() + timeoutMs;
    const { isComplete, error, pending, spooled } = await this.#delivery.flush(timeoutMs);
    if (isComplete) return this.#notices.finish(msUntil(by));
    if (error !== undefined)
      throw new LogbridgeError("LB1618", `${NAME}: the exporter's forceFlush() failed: ${errorText(error)}`, {
        cause: error,
      });
    const kept = spooled > 0 ? `, ${spooled} of them are on disk` : "";
    throw new LogbridgeError("LB1618", `${NAME}: ${pending} log records have not been sent yet${kept}`);
  }

  shutdown(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  async #end(): Promise<void> {
    await closeWithNotices(this.#delivery, this.#notices);
    for (const forget of this.#forgetEnd) forget();
  }

  stats(): DeliveryCounts {
    return this.#delivery.counts();
  }

  #describe(loss: Loss): ReadableLogRecord {
    return describeLoss(loss, new ReadableWriter(this.#resource, OWN_SCOPE), this.#uid);
  }

  #send(record: ReadableLogRecord, copy: ReadableLogRecord): void {
    this.#resource = record.resource;
    try {
      this.#delivery.push(copy);
    } catch (error) {
      this.#delivery.failed(error);
    }
  }

  /** The application and other processors may change what they have emitted: a body, the bytes in an attribute. */
  #copy(record: ReadableLogRecord): ReadableLogRecord {
    const copy = copyReadable(record, new ReadableWriter(record.resource, record.instrumentationScope));
    if (!this.#uid || Object.hasOwn(copy.attributes, UID)) return copy;
    return { ...copy, attributes: Object.assign(copy.attributes, { [UID]: recordUid() }) };
  }
}

function refused(option: string, allowed: string, value: unknown): LogbridgeTypeError {
  return new LogbridgeTypeError("LB1610", `${WHERE}: option ${option} must be ${allowed}, got ${inspect(value)}`);
}

function checkOptions(options: BridgeProcessorOptions): void {
  if (typeof options !== "object" || options === null) throw refused("exporter", "there, in an object", options);
  const { exporter, uid, handleSignals, onDropped, spool } = options;
  const known = [...OWN_OPTIONS, ...DELIVERY_SETTINGS];
  for (const [name, value] of Object.entries(options))
    if (!known.includes(name)) throw refused(name, `absent: the options are ${known.join(", ")}`, value);
  if (typeof exporter?.export !== "function")
    throw refused("exporter", "an exporter of logs, with export(records, done)", exporter);
  if (handleSignals !== undefined && typeof handleSignals !== "boolean")
    throw refused("handleSignals", "true or false", handleSignals);
  if (uid !== undefined && typeof uid !== "boolean") throw refused("uid", "true or false", uid);
  if (onDropped !== undefined && typeof onDropped !== "function") throw refused("onDropped", "a function", onDropped);
  if (spool !== undefined) checkedSpool(WHERE, spool);
  checkDeliverySettings(WHERE, options);
  if (spool !== undefined) checkSpoolFolder(WHERE, spool.dir);
}

/**
 * A log record processor for anybody's LoggerProvider that loses nothing: in place of the SDK's BatchLogRecordProcessor.
 *
 * Its queue is bounded by bytes (64 MiB), its batches by count (2,048) and bytes (2 MB); up to 4 are under way at once. What the collector
 * does not take now is tried again until a deadline (10 minutes; with a spool without end), keeping to the pause it asks for where the exporter says it; a batch that is
 * refused is halved until the record is found that is refused. Flushes join, and have a deadline. What is given up is counted, and told to
 * `onDropped`, and to the collector by a record when it takes some again.
 *
 * The application's process ends when it wants to: what is queued then has `exitTimeoutMs` (5,000 ms), the rest goes to the spool, or is
 * counted as lost and reported (LB1611). Signals are not caught without `handleSignals`.
 *
 * @throws LogbridgeTypeError LB1610 for an unknown option or a wrong value
 * @throws LogbridgeError LB1612 for a spool where there is no file system
 * @example
 * const provider = new LoggerProvider({
 *   processors: [bridgeProcessor({ exporter: new OTLPLogExporter(), spool: { dir: "/var/spool/shop" } })],
 * });
 */
export function bridgeProcessor(options: BridgeProcessorOptions): BridgeProcessor {
  checkOptions(options);
  return new Processor(options);
}
