import { createRequire } from "node:module";

/** One of the official message classes. */
interface Message {
  decode(bytes: Uint8Array): object;
  encode(message: object): { finish(): Uint8Array };
  verify(message: object): string | null;
  fromObject(object: object): object;
  toObject(message: object, options: object): object;
}

interface Definitions {
  readonly opentelemetry: {
    readonly proto: {
      readonly logs: {
        readonly v1: { readonly LogRecord: Message; readonly ScopeLogs: Message; readonly ResourceLogs: Message };
      };
      readonly collector: { readonly logs: { readonly v1: { readonly ExportLogsServiceRequest: Message } } };
    };
  };
}

const { proto } = (createRequire(import.meta.url)("otlp-definitions/build/src/generated/root.js") as Definitions)
  .opentelemetry;

export const { LogRecord, ScopeLogs, ResourceLogs } = proto.logs.v1;
export const { ExportLogsServiceRequest } = proto.collector.logs.v1;

/** A decoded `AnyValue`. */
export interface AnyValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: string;
  readonly doubleValue?: number | string;
  readonly bytesValue?: string;
  readonly arrayValue?: { readonly values?: readonly AnyValue[] };
  readonly kvlistValue?: { readonly values?: readonly KeyValue[] };
}

export interface KeyValue {
  readonly key: string;
  readonly value: AnyValue;
}

/** A decoded `LogRecord`. */
export interface DecodedRecord {
  readonly timeUnixNano: string;
  readonly observedTimeUnixNano: string;
  readonly severityNumber?: number;
  readonly severityText?: string;
  readonly body?: AnyValue;
  readonly attributes?: readonly KeyValue[];
  readonly droppedAttributesCount?: number;
  readonly flags?: number;
  readonly traceId?: string;
  readonly spanId?: string;
  readonly eventName?: string;
}

/** The message as plain data: 64-bit numbers as texts, bytes as base64. */
export function decoded(bytes: Uint8Array, message: Message = LogRecord): DecodedRecord {
  return message.toObject(message.decode(bytes), { longs: String, bytes: String, json: true }) as DecodedRecord;
}

/** The bytes that the official encoder makes of what it has read. */
export function encodedAgain(bytes: Uint8Array, message: Message = LogRecord): Uint8Array {
  return new Uint8Array(message.encode(message.decode(bytes)).finish());
}

/** The bytes that the official encoder makes of OTLP's JSON, whose ids are hexadecimal. */
export function encodedJson(json: string, message: Message = LogRecord): Uint8Array {
  return new Uint8Array(message.encode(message.fromObject(withBytes(JSON.parse(json)) as object)).finish());
}

function withBytes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withBytes);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const isId = (key === "traceId" || key === "spanId") && typeof item === "string";
      return [key, isId ? Buffer.from(item, "hex") : withBytes(item)];
    }),
  );
}

/** A decoded value in JavaScript's terms: int64 as BigInt, maps without a prototype. */
export function plain(value: AnyValue | undefined): unknown {
  if (value === undefined) return undefined;
  if (value.stringValue !== undefined) return value.stringValue;
  if (value.boolValue !== undefined) return value.boolValue;
  if (value.intValue !== undefined) return BigInt(value.intValue);
  if (value.doubleValue !== undefined) return Number(value.doubleValue);
  if (value.bytesValue !== undefined) return Buffer.from(value.bytesValue, "base64");
  if (value.arrayValue) return (value.arrayValue.values ?? []).map(plain);
  if (value.kvlistValue) return plainMap(value.kvlistValue.values ?? []);
  return null;
}

/** Attributes in their order. Throws where a key stands twice. */
export function plainMap(entries: readonly KeyValue[]): Record<string, unknown> {
  const map = Object.create(null) as Record<string, unknown>;
  for (const { key, value } of entries) {
    if (key in map) throw new Error(`the key ${key} stands twice`);
    map[key] = plain(value);
  }
  return map;
}
