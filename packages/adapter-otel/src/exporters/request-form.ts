import type { EncodedRecord } from "../otlp/encoded.ts";
import type { RecordBytes } from "../otlp/record-bytes.ts";
import { assembleJson, assembleProtobuf } from "../otlp/request.ts";

/** How a batch looks in a request. */
export interface RequestForm<Item> {
  readonly contentType: string;
  /** The request's body, in pieces. */
  assemble(items: readonly Item[]): readonly Uint8Array[];
}

/** `http/protobuf`. */
export const PROTOBUF_FORM: RequestForm<EncodedRecord<RecordBytes>> = {
  contentType: "application/x-protobuf",
  assemble: assembleProtobuf,
};

const encoder = new TextEncoder();

/** `http/json`. */
export const JSON_FORM: RequestForm<EncodedRecord<string>> = {
  contentType: "application/json",
  assemble: (items) => [encoder.encode(assembleJson(items))],
};
