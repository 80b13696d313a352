// OTLP's `AnyValue` in JSON, as the collector writes it.

/** @typedef {Readonly<Record<string, unknown>>} AnyValue */

/** @type {AnyValue} */
export const empty = {};

/** @param {string} value @returns {AnyValue} */
export const string = (value) => ({ stringValue: value });

/** @param {number | bigint} value @returns {AnyValue} */
export const int = (value) => ({ intValue: String(value) });

/** @param {number} value @returns {AnyValue} */
export const double = (value) => ({ doubleValue: Number.isFinite(value) ? value : String(value) });

/** @param {boolean} value @returns {AnyValue} */
export const bool = (value) => ({ boolValue: value });

/** @param {Uint8Array} value @returns {AnyValue} */
export const bytes = (value) => ({ bytesValue: Buffer.from(value).toString("base64") });

/** @param {readonly AnyValue[]} values @returns {AnyValue} */
export const array = (...values) => ({ arrayValue: values.length > 0 ? { values } : {} });

/** @param {Readonly<Record<string, AnyValue>>} values @returns {AnyValue} */
export const map = (values) => ({ kvlistValue: pairs(values) });

/** @param {Readonly<Record<string, AnyValue>>} values */
function pairs(values) {
  const entries = Object.entries(values);
  return entries.length > 0 ? { values: entries.map(([key, value]) => ({ key, value })) } : {};
}

/**
 * @param {readonly { key?: string, value: AnyValue }[] | undefined} attributes
 * @returns {Map<string, AnyValue>}
 */
export function attributesOf(attributes = []) {
  // What is empty is not written, and that a key may be, too.
  return new Map(attributes.map(({ key = "", value }) => [key, value]));
}
