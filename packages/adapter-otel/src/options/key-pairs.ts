/**
 * Reads `key1=value1,key2=value2`, as W3C baggage has it: values, and keys, are percent-encoded.
 *
 * @returns the pairs in order; `null` where one of them is none
 * @example
 * parseKeyPairs("api-key=a%20b,tenant=7"); // [["api-key", "a b"], ["tenant", "7"]]
 */
export function parseKeyPairs(text: string): readonly (readonly [string, string])[] | null {
  const pairs: [string, string][] = [];
  for (const part of text.split(",")) {
    // A comma at the end is nobody's mistake.
    if (part.trim() === "") continue;
    const pair = parsePair(part);
    if (pair === null) return null;
    pairs.push(pair);
  }
  return pairs;
}

function parsePair(part: string): [string, string] | null {
  const at = part.indexOf("=");
  const key = part.slice(0, Math.max(0, at)).trim();
  if (key === "") return null;
  try {
    return [decodeURIComponent(key), decodeURIComponent(part.slice(at + 1).trim())];
  } catch {
    return null;
  }
}
