import { runtime } from "#runtime";
import type { DeliveryOptions, DeliverySettings } from "../delivery/delivery-options.ts";
import type { MapOptions } from "../map.ts";
import type { OtelSinkOptions } from "../options.ts";
import { type Destination, resolveDestination } from "./destination.ts";
import { type ResolvedResource, resolveResource } from "./resource.ts";
import { firstOf, numberOf, otlpNames } from "./variables.ts";

/**
 * Records of a request over HTTP. What a request costs is shared by more of them, and our encoder has done its work before; an exporter of
 * the SDK encodes the whole batch at once, so that it gets fewer.
 */
const HTTP_BATCH = 8_192;

/** Everything that sending by ourselves needs to know. */
export interface OwnSettings {
  readonly destination: Destination;
  readonly resource: ResolvedResource;
  readonly delivery: DeliveryOptions;
  readonly map: MapOptions;
}

/**
 * Options, variables and defaults, in this order.
 *
 * @throws LogbridgeTypeError LB1630, LogbridgeError LB1631 and LB1634 for options that are wrong
 */
export function resolveOwnSettings(options: OtelSinkOptions): OwnSettings {
  const destination = resolveDestination(options);
  return {
    destination,
    resource: resolveResource(options.resource),
    delivery: deliveryOf(options, destination.kind.startsWith("http/")),
    map: { ...mapOptions(options), ...limitsOf(options), uid: options.uid ?? options.spool !== undefined },
  };
}

/** How records become OpenTelemetry's, whatever the way. */
export function mapOptions(options: OtelSinkOptions): MapOptions {
  const pid = runtime.processAttributes()["process.pid"];
  return {
    severity: options.severity,
    attributes: options.attributes,
    code: options.code ?? true,
    uid: options.uid ?? false,
    template: options.template ?? false,
    processId: typeof pid === "number" ? pid : undefined,
    ...options.logRecordLimits,
  };
}

function limitsOf({ logRecordLimits }: OtelSinkOptions): Partial<MapOptions> {
  const limit = (name: string): number | undefined =>
    firstOf([`OTEL_LOGRECORD_ATTRIBUTE_${name}_LIMIT`, `OTEL_ATTRIBUTE_${name}_LIMIT`], (one) => numberOf(one, 1));
  return {
    attributeCountLimit: logRecordLimits?.attributeCountLimit ?? limit("COUNT"),
    attributeValueLengthLimit: logRecordLimits?.attributeValueLengthLimit ?? limit("VALUE_LENGTH"),
  };
}

/** The batch processor's variables name the same things as our queue and batches have; a failed export is never final here. */
function deliveryOf(options: OtelSinkOptions, isHttp: boolean): DeliveryOptions {
  const maxRecords = options.queue?.maxRecords ?? numberOf("OTEL_BLRP_MAX_QUEUE_SIZE", 1);
  const batchRecords = options.batch?.maxRecords ?? numberOf("OTEL_BLRP_MAX_EXPORT_BATCH_SIZE", 1);
  const delayMs = options.batch?.delayMs ?? numberOf("OTEL_BLRP_SCHEDULE_DELAY", 0);
  return {
    ...settingsOf(options),
    name: "otelSink()",
    ...(isHttp && { usualBatchRecords: HTTP_BATCH }),
    queue: { ...options.queue, ...(maxRecords !== undefined && { maxRecords }) },
    batch: {
      ...options.batch,
      ...(batchRecords !== undefined && { maxRecords: batchRecords }),
      ...(delayMs !== undefined && { delayMs }),
    },
    exportTimeoutMs: timeoutOf(options),
  };
}

/** What goes on as it is. */
function settingsOf(options: OtelSinkOptions): DeliverySettings {
  const { queue, batch, retry, concurrency, flushTimeoutMs, exitTimeoutMs, meterProvider } = options;
  const given = { queue, batch, retry, concurrency, flushTimeoutMs, exitTimeoutMs, meterProvider };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** Both variables limit how long an export may take. */
function timeoutOf({ timeoutMs }: OtelSinkOptions): number {
  if (timeoutMs !== undefined) return timeoutMs;
  const ofExporter = firstOf(otlpNames("TIMEOUT"), (name) => numberOf(name, 1)) ?? 10_000;
  return Math.min(ofExporter, numberOf("OTEL_BLRP_EXPORT_TIMEOUT", 1) ?? ofExporter);
}
