/**
 * Counts equal keys.
 *
 * @param {Iterable<string>} keys
 * @returns {Map<string, number>}
 */
export function counted(keys) {
  const counts = new Map();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/**
 * What `left` has more often than `right`: `[key, how many more]`.
 *
 * @param {Map<string, number>} left
 * @param {Map<string, number>} right
 * @returns {[string, number][]}
 */
export function surplus(left, right) {
  return [...left].map(([key, count]) => [key, count - (right.get(key) ?? 0)]).filter(([, more]) => more > 0);
}
