/**
 * A value out of the form in which log4js sends events: a list of its parts, in which objects name parts by their numbers.
 * @param {string} text
 * @returns {any}
 */
export function flattedOf(text) {
  /** @type {readonly unknown[]} */
  const parts = JSON.parse(text);
  /** @param {unknown} inner @returns {any} */
  const resolved = (inner) => (typeof inner === "string" ? part(Number(inner)) : inner);
  /** @param {number} index @returns {any} */
  function part(index) {
    const found = parts[index];
    if (Array.isArray(found)) return found.map(resolved);
    if (typeof found !== "object" || found === null) return found;
    return Object.fromEntries(Object.entries(found).map(([key, inner]) => [key, resolved(inner)]));
  }
  return part(0);
}
