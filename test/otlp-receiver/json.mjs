// OTLP in JSON, as strictly as the collector reads it.
import { InvalidRequest, wholeNumber } from "./record.mjs";

/** @typedef {import("./record.mjs").ReceivedRecord} ReceivedRecord */
/** @typedef {import("./record.mjs").ReceivedValue} ReceivedValue */
/** @typedef {import("./record.mjs").ReceivedMap} ReceivedMap */

/**
 * The records of a request in JSON.
 * @param {Uint8Array} data
 * @returns {ReceivedRecord[]}
 */
export function parseRequest(data) {
  return list(object(parsed(data), "request")["resourceLogs"], "resourceLogs").flatMap((entry) => {
    const { resource: own, schemaUrl, scopeLogs } = object(entry, "resourceLogs");
    const about = object(own ?? {}, "resource");
    const resource = {
      attributes: mapOf(about["attributes"]),
      schemaUrl: string(schemaUrl ?? "", "schemaUrl"),
      droppedAttributesCount: count(about["droppedAttributesCount"]),
    };
    return list(scopeLogs, "scopeLogs").flatMap((ofScope) => scopeRecords(object(ofScope, "scopeLogs"), resource));
  });
}

/**
 * A single log record in JSON, as an encoder makes it; without resource and scope.
 * @param {string} text
 * @returns {ReceivedRecord}
 */
export function parseRecord(text) {
  const request = `{"resourceLogs":[{"scopeLogs":[{"logRecords":[${text}]}]}]}`;
  return /** @type {ReceivedRecord} */ (parseRequest(Buffer.from(request))[0]);
}

/** @param {Record<string, unknown>} message @param {ReceivedRecord["resource"]} resource */
function scopeRecords({ scope: own, schemaUrl, logRecords }, resource) {
  const about = object(own ?? {}, "scope");
  const scope = {
    name: string(about["name"] ?? "", "scope.name"),
    version: string(about["version"] ?? "", "scope.version"),
    schemaUrl: string(schemaUrl ?? "", "schemaUrl"),
    attributes: mapOf(about["attributes"]),
  };
  return list(logRecords, "logRecords").map((record) => recordOf(object(record, "logRecord"), resource, scope));
}

/**
 * @param {Record<string, unknown>} message
 * @param {ReceivedRecord["resource"]} resource
 * @param {ReceivedRecord["scope"]} scope
 * @returns {ReceivedRecord}
 */
function recordOf(message, resource, scope) {
  return {
    resource,
    scope,
    timeUnixNano: unsigned(message["timeUnixNano"], "timeUnixNano"),
    observedTimeUnixNano: unsigned(message["observedTimeUnixNano"], "observedTimeUnixNano"),
    severityNumber: count(message["severityNumber"]),
    severityText: string(message["severityText"] ?? "", "severityText"),
    body: message["body"] === undefined ? null : valueOf(message["body"]),
    attributes: mapOf(message["attributes"]),
    droppedAttributesCount: count(message["droppedAttributesCount"]),
    flags: count(message["flags"]),
    traceId: idOf(message["traceId"], 32, "traceId"),
    spanId: idOf(message["spanId"], 16, "spanId"),
    eventName: string(message["eventName"] ?? "", "eventName"),
  };
}

/** @param {Uint8Array} data */
function parsed(data) {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(data));
  } catch (error) {
    throw new InvalidRequest(`no JSON: ${error instanceof Error ? error.message : error}`);
  }
}

/** @param {unknown} pairs @returns {ReceivedMap} */
function mapOf(pairs) {
  /** @type {ReceivedMap} */
  const map = Object.create(null);
  for (const pair of list(pairs, "attributes")) {
    const { key, value } = object(pair, "attribute");
    map[string(key ?? "", "key")] = value === undefined ? null : valueOf(value);
  }
  return map;
}

/** @type {Record<string, (value: unknown) => ReceivedValue>} */
const VALUES = {
  stringValue: (value) => string(value, "stringValue"),
  boolValue: (value) => {
    if (typeof value !== "boolean") throw wrong("boolValue", value);
    return value;
  },
  intValue: (value) => wholeNumber(integer(value, "intValue", -(2n ** 63n), 2n ** 63n - 1n)),
  doubleValue: double,
  bytesValue: (value) => Uint8Array.from(Buffer.from(base64(value), "base64")),
  arrayValue: (value) => list(object(value, "arrayValue")["values"], "values").map(valueOf),
  kvlistValue: (value) => mapOf(object(value, "kvlistValue")["values"]),
};

/** @param {unknown} value an `AnyValue` @returns {ReceivedValue} */
function valueOf(value) {
  const known = Object.entries(object(value, "value")).filter(([kind]) => Object.hasOwn(VALUES, kind));
  if (known.length > 1) throw wrong("value of two kinds", value);
  const [kind, content] = known[0] ?? [];
  const read = kind === undefined ? undefined : VALUES[kind];
  return read ? read(content) : null;
}

/** @param {unknown} value */
function double(value) {
  if (typeof value === "number") return value;
  if (typeof value !== "string") throw wrong("doubleValue", value);
  if (!/^(NaN|-?Infinity|-?\d+(\.\d+)?([eE][+-]?\d+)?)$/.test(value)) throw wrong("doubleValue", value);
  return Number(value);
}

/** @param {unknown} value @param {string} what @param {bigint} least @param {bigint} most */
function integer(value, what, least, most) {
  const text = typeof value === "number" ? JSON.stringify(value) : value;
  if (typeof text !== "string" || !/^-?\d+$/.test(text)) throw wrong(what, value);
  const number = BigInt(text);
  if (number < least || number > most) throw wrong(what, value);
  return number;
}

/** @param {unknown} value @param {string} what */
const unsigned = (value, what) => (value === undefined ? 0n : integer(value, what, 0n, 2n ** 64n - 1n));

/** @param {unknown} value */
const count = (value) => (value === undefined ? 0 : Number(integer(value, "number", 0n, 2n ** 32n - 1n)));

/** @param {unknown} value @param {number} digits @param {string} what */
function idOf(value, digits, what) {
  const text = string(value ?? "", what);
  if (text !== "" && (text.length !== digits || !/^[0-9a-fA-F]*$/.test(text))) throw wrong(what, value);
  return text.toLowerCase();
}

/** @param {unknown} value */
function base64(value) {
  const text = string(value, "bytesValue");
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw wrong("bytesValue", value);
  return text;
}

/** @param {unknown} value @param {string} what */
function string(value, what) {
  if (typeof value !== "string") throw wrong(what, value);
  return value;
}

/** @param {unknown} value @param {string} what @returns {Record<string, unknown>} */
function object(value, what) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(what, value);
  return /** @type {Record<string, unknown>} */ (value);
}

/** @param {unknown} value @param {string} what @returns {unknown[]} */
function list(value, what) {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw wrong(what, value);
  return value;
}

/** @param {string} what @param {unknown} value */
const wrong = (what, value) => new InvalidRequest(`${what} may not be ${JSON.stringify(value)?.slice(0, 100)}`);
