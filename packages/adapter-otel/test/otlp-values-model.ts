import fc from "fast-check";
import type { RecordHead, RecordWriter, ValueWriter } from "../src/otlp/value-writer.ts";

/** As UTF-8 has it, which knows no halves of characters. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

/** One value as a writer is told it, and as a decoded message shows it. */
export type Model =
  | { readonly kind: "empty" }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "int"; readonly value: bigint }
  | { readonly kind: "double"; readonly value: number }
  | { readonly kind: "bytes"; readonly value: Uint8Array }
  | { readonly kind: "array"; readonly items: readonly Model[] }
  | { readonly kind: "map"; readonly entries: readonly (readonly [string, Model])[] };

export interface RecordModel {
  readonly head: RecordHead;
  readonly body: Model | null;
  readonly attributes: readonly (readonly [string, Model])[];
  readonly dropped: number;
}

/** Texts of every size class of the encoder, with halves of characters among them. */
const text: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) }),
  fc
    .tuple(
      fc.constantFrom("a", "é", "漢", "😀", "\ud800"),
      fc.constantFrom(1, 42, 43, 96, 97, 127, 128, 4_096, 4_097, 20_000),
    )
    .map(([unit, times]) => unit.repeat(times)),
);

const entries = (value: fc.Arbitrary<Model>): fc.Arbitrary<(readonly [string, Model])[]> =>
  fc.uniqueArray(fc.tuple(text, value), { selector: ([key]) => wellFormed(key), maxLength: 5 });

export const model: fc.Arbitrary<Model> = fc.letrec<{ value: Model }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.record({ kind: fc.constant("empty" as const) }),
    fc.record({ kind: fc.constant("string" as const), value: text }),
    fc.record({ kind: fc.constant("bool" as const), value: fc.boolean() }),
    fc.record({ kind: fc.constant("int" as const), value: fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n) }),
    fc.record({ kind: fc.constant("int" as const), value: fc.maxSafeInteger().map(BigInt) }),
    fc.record({ kind: fc.constant("double" as const), value: fc.double() }),
    fc.record({ kind: fc.constant("bytes" as const), value: fc.uint8Array({ maxLength: 300 }) }),
    fc.record({ kind: fc.constant("array" as const), items: fc.array(tie("value"), { maxLength: 5 }) }),
    fc.record({ kind: fc.constant("map" as const), entries: entries(tie("value")) }),
  ),
})).value;

const hex = (length: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => Buffer.from(bytes).toString("hex"));

const time = fc.tuple(fc.integer({ min: 0, max: 9_000_000_000 }), fc.integer({ min: 0, max: 999_999_999 }));

export const recordModel: fc.Arbitrary<RecordModel> = fc.record({
  head: fc.record({
    micros: fc.constant(0),
    time,
    observed: fc.option(time, { nil: undefined }),
    severityNumber: fc.integer({ min: 0, max: 24 }),
    severityText: text,
    trace: fc.option(
      fc.record({ traceId: hex(16), spanId: fc.option(hex(8), { nil: undefined }), traceFlags: fc.nat(255) }),
    ),
    eventName: fc.option(text, { nil: undefined }),
  }),
  body: fc.option(model),
  attributes: entries(model),
  dropped: fc.nat(1_000_000),
});

/** Tells a writer the value. Whole numbers that JavaScript holds exactly are given as numbers. */
export function tell(value: Model, writer: ValueWriter): void {
  switch (value.kind) {
    case "empty":
      writer.empty();
      break;
    case "int":
      writer.int(Number.isSafeInteger(Number(value.value)) ? Number(value.value) : value.value);
      break;
    case "array":
      writer.beginArray();
      for (const item of value.items) tell(item, writer);
      writer.endArray();
      break;
    case "map":
      writer.beginMap();
      for (const [key, item] of value.entries) {
        writer.key(key);
        tell(item, writer);
      }
      writer.endMap();
      break;
    case "string":
      writer.string(value.value);
      break;
    case "bool":
      writer.bool(value.value);
      break;
    case "double":
      writer.double(value.value);
      break;
    case "bytes":
      writer.bytes(value.value);
  }
}

/** Tells a writer the record. */
export function tellRecord<Made>({ head, body, attributes, dropped }: RecordModel, writer: RecordWriter<Made>): Made {
  writer.begin(head);
  if (body) {
    writer.body();
    tell(body, writer);
  }
  for (const [key, value] of attributes) {
    writer.attribute(key);
    tell(value, writer);
  }
  return writer.end(dropped);
}

/** The value as the official definitions show it. */
export function shown(value: Model): object {
  switch (value.kind) {
    case "empty":
      return {};
    case "string":
      return { stringValue: wellFormed(value.value) };
    case "bool":
      return { boolValue: value.value };
    case "int":
      return { intValue: String(value.value) };
    case "double":
      return { doubleValue: Number.isFinite(value.value) ? value.value : String(value.value) };
    case "bytes":
      return { bytesValue: Buffer.from(value.value).toString("base64") };
    case "array":
      return { arrayValue: value.items.length === 0 ? {} : { values: value.items.map(shown) } };
    case "map":
      return { kvlistValue: value.entries.length === 0 ? {} : { values: value.entries.map(shownEntry) } };
  }
}

function shownEntry([key, value]: readonly [string, Model]): object {
  return { key: wellFormed(key), value: shown(value) };
}

/** The record as the official definitions show it: what has no value is not there. */
export function shownRecord({ head, body, attributes, dropped }: RecordModel): object {
  const { time: at, observed, severityNumber, severityText, trace, eventName } = head;
  return {
    timeUnixNano: nanos(at as [number, number]),
    observedTimeUnixNano: nanos((observed ?? at) as [number, number]),
    ...(severityNumber > 0 && { severityNumber }),
    ...(severityText !== "" && { severityText: wellFormed(severityText) }),
    ...(body && { body: shown(body) }),
    ...(attributes.length > 0 && { attributes: attributes.map(shownEntry) }),
    ...(dropped > 0 && { droppedAttributesCount: dropped }),
    ...(trace && {
      ...(trace.traceFlags > 0 && { flags: trace.traceFlags }),
      traceId: base64OfHex(trace.traceId),
      ...(trace.spanId !== undefined && { spanId: base64OfHex(trace.spanId) }),
    }),
    ...(eventName && { eventName: wellFormed(eventName) }),
  };
}

function nanos([seconds, rest]: readonly [number, number]): string {
  return String(BigInt(seconds) * 1_000_000_000n + BigInt(rest));
}

function base64OfHex(digits: string): string {
  return Buffer.from(digits, "hex").toString("base64");
}
