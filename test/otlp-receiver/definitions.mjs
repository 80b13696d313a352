// The messages of OTLP by the official definitions.
import definitions from "otlp-definitions/build/src/generated/root.js";
import { InvalidRequest, wholeNumber } from "./record.mjs";

/** @typedef {import("./record.mjs").ReceivedRecord} ReceivedRecord */
/** @typedef {import("./record.mjs").ReceivedValue} ReceivedValue */
/** @typedef {import("./record.mjs").ReceivedMap} ReceivedMap */

/**
 * @typedef {object} Message
 * @property {(data: Uint8Array) => any} decode
 * @property {(value: object) => { finish(): Uint8Array }} encode
 */

const { logs, collector } = /** @type {any} */ (definitions).opentelemetry.proto;
/** @type {Message} */
const ExportRequest = collector.logs.v1.ExportLogsServiceRequest;
/** @type {Message} */
const ExportResponse = collector.logs.v1.ExportLogsServiceResponse;
/** @type {Message} */
const LogRecord = logs.v1.LogRecord;

/**
 * The records of an `ExportLogsServiceRequest`.
 * @param {Uint8Array} data
 * @returns {ReceivedRecord[]}
 */
export function decodeRequest(data) {
  const { resourceLogs } = decoded(ExportRequest, data);
  return resourceLogs.flatMap((/** @type {any} */ ofResource) => {
    const resource = {
      attributes: mapOf(ofResource.resource?.attributes),
      schemaUrl: ofResource.schemaUrl ?? "",
      droppedAttributesCount: ofResource.resource?.droppedAttributesCount ?? 0,
    };
    return ofResource.scopeLogs.flatMap((/** @type {any} */ ofScope) => {
      const scope = {
        name: ofScope.scope?.name ?? "",
        version: ofScope.scope?.version ?? "",
        schemaUrl: ofScope.schemaUrl ?? "",
        attributes: mapOf(ofScope.scope?.attributes),
      };
      return ofScope.logRecords.map((/** @type {any} */ one) => recordOf(one, resource, scope));
    });
  });
}

/**
 * A single `LogRecord` message, as an encoder makes it; without resource and scope.
 * @param {Uint8Array} data
 * @returns {ReceivedRecord}
 */
export function decodeRecord(data) {
  const resource = { attributes: emptyMap(), schemaUrl: "", droppedAttributesCount: 0 };
  const scope = { name: "", version: "", schemaUrl: "", attributes: emptyMap() };
  return recordOf(decoded(LogRecord, data), resource, scope);
}

/**
 * The answer to a request of which some records were not taken.
 * @param {number} rejected
 * @param {string} message
 * @returns {Uint8Array}
 */
export function encodeResponse(rejected, message) {
  const partial = rejected > 0 ? { partialSuccess: { rejectedLogRecords: rejected, errorMessage: message } } : {};
  return ExportResponse.encode(partial).finish();
}

/** @param {Message} message @param {Uint8Array} data */
function decoded(message, data) {
  try {
    return message.decode(data);
  } catch (error) {
    throw new InvalidRequest(`no such message: ${error instanceof Error ? error.message : error}`);
  }
}

/**
 * @param {any} message
 * @param {ReceivedRecord["resource"]} resource
 * @param {ReceivedRecord["scope"]} scope
 * @returns {ReceivedRecord}
 */
function recordOf(message, resource, scope) {
  return {
    resource,
    scope,
    timeUnixNano: unsigned(message.timeUnixNano),
    observedTimeUnixNano: unsigned(message.observedTimeUnixNano),
    severityNumber: message.severityNumber ?? 0,
    severityText: message.severityText ?? "",
    body: valueOf(message.body),
    attributes: mapOf(message.attributes),
    droppedAttributesCount: message.droppedAttributesCount ?? 0,
    flags: message.flags ?? 0,
    traceId: idOf(message.traceId, 16, "trace id"),
    spanId: idOf(message.spanId, 8, "span id"),
    eventName: message.eventName ?? "",
  };
}

/** @returns {ReceivedMap} */
const emptyMap = () => Object.create(null);

/** @param {readonly any[]} [pairs] @returns {ReceivedMap} */
function mapOf(pairs = []) {
  const map = emptyMap();
  for (const { key, value } of pairs) map[key ?? ""] = valueOf(value);
  return map;
}

/** @param {any} value an `AnyValue` @returns {ReceivedValue} */
function valueOf(value) {
  if (value?.stringValue != null) return value.stringValue;
  if (value?.intValue != null) return wholeNumber(signed(value.intValue));
  if (value?.doubleValue != null) return value.doubleValue;
  if (value?.boolValue != null) return value.boolValue;
  if (value?.bytesValue != null) return Uint8Array.from(value.bytesValue);
  if (value?.arrayValue != null) return value.arrayValue.values.map(valueOf);
  if (value?.kvlistValue != null) return mapOf(value.kvlistValue.values);
  return null;
}

/** @typedef {{ low: number, high: number } | number | null | undefined} Fixed64 */

/** @param {Fixed64} value */
function unsigned(value) {
  if (value == null) return 0n;
  if (typeof value === "number") return BigInt(value);
  return (BigInt(value.high >>> 0) << 32n) | BigInt(value.low >>> 0);
}

/** @param {Fixed64} value */
const signed = (value) => BigInt.asIntN(64, unsigned(value));

/** @param {Uint8Array | null | undefined} bytes @param {number} length @param {string} what */
function idOf(bytes, length, what) {
  if (bytes == null || bytes.length === 0) return "";
  if (bytes.length !== length) throw new InvalidRequest(`${what} of ${bytes.length} bytes`);
  return Buffer.from(bytes).toString("hex");
}
