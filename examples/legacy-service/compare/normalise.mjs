const RULES = [
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,]\d{3}(?:Z|[+-]\d\d:?\d\d)?/g, "<time>"],
  [/"time":\d{13}/g, '"time":<ms>'],
  [/"(durationMs|durationSeconds|pid|port)":[\d.e-]+/g, '"$1":<number>'],
  [/\b\d+(?:\.\d+)?ms\b/g, "<ms>"],
  [/\(node:\d+\)/g, "(node:<pid>)"],
  [/(127\.0\.0\.1|localhost):\d+/g, "$1:<port>"],
];

/**
 * Takes out of a text what no two runs have in common: times, durations, process ids, ports and the log folder.
 *
 * @param {string} text
 * @param {string} [dir] the log folder of the run
 * @returns {string}
 * @example
 * normalise("2026-01-02T03:04:05.678Z on 127.0.0.1:8080"); // "<time> on 127.0.0.1:<port>"
 */
export function normalise(text, dir) {
  const plain = dir === undefined ? text : text.replaceAll(dir, "<logs>");
  return RULES.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), plain);
}
