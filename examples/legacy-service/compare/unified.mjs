/** The two files that the bridged entries add. */
export const UNIFIED_LOG = "unified.log";
export const UNIFIED_JSON = "unified.jsonl";

/**
 * The records of a unified log, one JSON object in each line.
 *
 * @param {string} text
 * @returns {Record<string, any>[]}
 * @throws {SyntaxError} for a line that is no JSON
 */
export function recordsOf(text) {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

/**
 * Separates what the program itself wrote to stderr from the coloured log that the bridged run prints there too.
 *
 * The coloured log is known, line for line, from the file beside it; its lines are taken out in their order.
 *
 * @param {string} stderr
 * @param {string} coloured the text of {@link UNIFIED_LOG}
 * @returns {{ own: string, missing: number }} the program's own text; how many lines of the log were not on stderr
 */
export function withoutColoured(stderr, coloured) {
  const expected = coloured.split("\n").slice(0, -1);
  let next = 0;
  const own = stderr.split("\n").filter((line) => {
    if (line !== expected[next]) return true;
    next += 1;
    return false;
  });
  return { own: own.join("\n"), missing: expected.length - next };
}
