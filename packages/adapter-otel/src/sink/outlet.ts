import type { BatchExporter, Codec, Outcome } from "../delivery/outcome.ts";
import { sdkExporter } from "../delivery/sdk-exporter.ts";
import { consoleExporter } from "../exporters/console.ts";
import { grpcExporter } from "../exporters/grpc.ts";
import { httpExporter } from "../exporters/http.ts";
import { JSON_FORM, PROTOBUF_FORM } from "../exporters/request-form.ts";
import type { OwnSettings } from "../options/own-settings.ts";
import { jsonCodec, protobufCodec, readableCodec } from "../otlp/codecs.ts";
import type { EncodedBody, EncodedRecord, OtlpResource, OtlpScope } from "../otlp/encoded.ts";
import { JsonWriter } from "../otlp/json-writer.ts";
import { ProtobufWriter } from "../otlp/protobuf-writer.ts";
import type { ReadableLogRecord } from "../otlp/readable.ts";
import { ReadableWriter } from "../otlp/readable-writer.ts";
import type { RecordWriter } from "../otlp/value-writer.ts";

/** Makes of records what an exporter takes. */
export interface Outlet<Made, Item> {
  /** A writer of its own: one record at a time. */
  createWriter(): RecordWriter<Made>;
  readonly codec: Codec<Item>;
  readonly exporter: BatchExporter<Item>;
  /** The record as the exporter takes it. */
  pack(made: Made, scope: OtlpScope): Item;
}

/** Something to do with an outlet whose types nobody needs to know. */
export type OutletUse<Result> = <Made, Item>(outlet: Outlet<Made, Item>) => Result;

/**
 * Opens the outlet for a destination.
 *
 * @param failed hears of what makes all exports fail
 * @returns what `use` makes of it; `null` where sending is switched off
 */
export function openOutlet<Result>(
  { destination, resource: { resource } }: OwnSettings,
  failed: (error: unknown) => void,
  use: OutletUse<Result>,
): Result | null {
  switch (destination.kind) {
    case "http/protobuf":
      return use(
        encoded(resource, () => new ProtobufWriter(), protobufCodec, httpExporter(destination.target, PROTOBUF_FORM)),
      );
    case "http/json":
      return use(encoded(resource, () => new JsonWriter(), jsonCodec, httpExporter(destination.target, JSON_FORM)));
    case "console":
      return use(encoded(resource, () => new JsonWriter(), jsonCodec, consoleExporter()));
    case "grpc":
      return use(readable(resource, grpcExporter(destination.target, failed)));
    case "exporter":
      return use(readable(resource, sdkExporter(destination.exporter)));
    case "none":
      return null;
  }
}

function encoded<Body extends EncodedBody>(
  resource: OtlpResource,
  createWriter: () => RecordWriter<Body>,
  codec: Codec<EncodedRecord<Body>>,
  exporter: BatchExporter<EncodedRecord<Body>>,
): Outlet<Body, EncodedRecord<Body>> {
  return {
    createWriter,
    codec,
    exporter,
    pack: (body, scope) => ({ resource, scope, body }),
  };
}

function readable(
  resource: OtlpResource,
  exporter: BatchExporter<ReadableLogRecord>,
): Outlet<ReadableLogRecord, ReadableLogRecord> {
  return {
    createWriter: () => new ReadableWriter(resource, NO_SCOPE),
    codec: readableCodec,
    exporter,
    pack: (made, instrumentationScope) => Object.assign(made, { instrumentationScope }),
  };
}

/** Stands there until the record is packed. */
const NO_SCOPE: OtlpScope = { name: "" };

/** The exporter, which waits until all is known of the resource. */
export function afterReady<Item>(exporter: BatchExporter<Item>, ready: Promise<void> | null): BatchExporter<Item> {
  if (ready === null) return exporter;
  return {
    async export(items, timeoutMs): Promise<Outcome> {
      await ready;
      return exporter.export(items, timeoutMs);
    },
    close: async () => exporter.close?.(),
  };
}
