/** @param {readonly number[]} values @returns {number} */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = /** @type {number} */ (sorted[middle]);
  return sorted.length % 2 === 1 ? upper : (upper + /** @type {number} */ (sorted[middle - 1])) / 2;
}

/** How far the middle half lies apart, as a part of the median. @param {readonly number[]} values @returns {number} */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (/** @type {number} */ part) => /** @type {number} */ (sorted[Math.round((sorted.length - 1) * part)]);
  return (at(0.75) - at(0.25)) / median(values);
}
