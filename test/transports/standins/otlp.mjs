/**
 * Attributes of OTLP in JSON as an object.
 * @param {readonly { key: string, value: any }[]} attributes
 * @returns {Record<string, unknown>}
 */
export function attributesOf(attributes) {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, valueOf(value)]));
}

/** @param {any} value @returns {unknown} */
function valueOf(value) {
  if ("kvlistValue" in value) return attributesOf(value.kvlistValue.values);
  if ("arrayValue" in value) return value.arrayValue.values.map(valueOf);
  const [plain = null] = Object.values(value);
  return plain;
}
