/**
 * A value as JavaScript has it: whole numbers above 2^53 are bigints, maps have no prototype, what is empty is null.
 * @typedef {null | string | boolean | number | bigint | Uint8Array | ReceivedValue[] | { [key: string]: ReceivedValue }} ReceivedValue
 *
 * @typedef {{ [key: string]: ReceivedValue }} ReceivedMap
 */

/**
 * A log record as it arrived.
 * @typedef {object} ReceivedRecord
 * @property {{ attributes: ReceivedMap, schemaUrl: string, droppedAttributesCount: number }} resource
 * @property {{ name: string, version: string, schemaUrl: string, attributes: ReceivedMap }} scope
 * @property {bigint} timeUnixNano
 * @property {bigint} observedTimeUnixNano
 * @property {number} severityNumber
 * @property {string} severityText
 * @property {ReceivedValue} body
 * @property {ReceivedMap} attributes
 * @property {number} droppedAttributesCount
 * @property {number} flags
 * @property {string} traceId 32 hexadecimal digits, or none
 * @property {string} spanId 16 hexadecimal digits, or none
 * @property {string} eventName
 */

/** Sent content that no collector would take. */
export class InvalidRequest extends Error {
  /** @override */
  name = "InvalidRequest";
}

/**
 * A whole number in the smallest kind that keeps it.
 * @param {bigint} value
 * @returns {number | bigint}
 */
export function wholeNumber(value) {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}
