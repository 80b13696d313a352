import type { BatchExporter, Codec, Outcome } from "../delivery/outcome.ts";
import { sdkExporter } from "../delivery/sdk-exporter.ts";
import { consoleExporter } from "../exporters/console.ts";
import { grpcExporter } from "../exporters/grpc.ts";
import { httpExporter } from "../exporters/http.ts";
import { JSON_FORM, PROTOBUF_FORM } from "../exporters/request-form.ts";
import type { OwnSettings } from "../options/own-settings.ts";
import { jsonCodec, protobufCodec, readableCodec } from "../otlp/codecs.ts";
import type { EncodedRecord, OtlpResource, OtlpScope } from "../otlp/encoded.ts";
import { JsonWriter } from "../otlp/json-writer.ts";
import { ProtobufWriter } from "../otlp/protobuf-writer.ts";
import type { ReadableLogRecord } from "../otlp/readable.ts";
import { ReadableWriter } from "../otlp/readable-writer.ts";
import type { RecordBytes } from "../otlp/record-bytes.ts";
import type { RecordWriter } from "../otlp/value-writer.ts";
import { plainResource, plainScope } from "./plain-owners.ts";

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
      return use(protobuf(resource, httpExporter(destination.target, PROTOBUF_FORM)));
    case "http/json":
      return use(json(resource, httpExporter(destination.target, JSON_FORM)));
    case "console":
      return use(json(resource, consoleExporter()));
    case "grpc":
      return use(readable(resource, grpcExporter(destination.target, failed)));
    case "exporter":
      return use(readable(resource, sdkExporter(destination.exporter)));
    case "none":
      return null;
  }
}

function protobuf(
  resource: OtlpResource,
  exporter: BatchExporter<EncodedRecord<RecordBytes>>,
): Outlet<RecordBytes, EncodedRecord<RecordBytes>> {
  return {
    createWriter: () => new ProtobufWriter(),
    codec: protobufCodec,
    exporter,
    pack: (bytes, scope) => bytes.of(resource, scope),
  };
}

function json(
  resource: OtlpResource,
  exporter: BatchExporter<EncodedRecord<string>>,
): Outlet<string, EncodedRecord<string>> {
  return {
    createWriter: () => new JsonWriter(),
    codec: jsonCodec,
    exporter,
    pack: (body, scope) => ({ resource, scope, body }),
  };
}

function readable(
  resource: OtlpResource,
  exporter: BatchExporter<ReadableLogRecord>,
): Outlet<ReadableLogRecord, ReadableLogRecord> {
  const plain = plainResource(resource);
  return {
    createWriter: () => new ReadableWriter(plain, NO_SCOPE),
    codec: readableCodec,
    exporter,
    pack: (made, scope) => Object.assign(made, { instrumentationScope: plainScope(scope) }),
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
    flush: async () => exporter.flush?.(),
    close: async () => exporter.close?.(),
  };
}
