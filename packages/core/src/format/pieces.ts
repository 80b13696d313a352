/** The engine collects all matches of a text in one list, and ends the process where the list gets too long. */
const LONGEST_PIECE = 1_048_576;

/**
 * A global replacement that takes a text of any length: piece by piece, and no pair of surrogates is torn. The pattern must match single
 * characters, as what stands around one is not seen at the ends of a piece.
 *
 * @throws RangeError where the result would be longer than a string can be
 */
export function replaceCharacters(text: string, pattern: RegExp, replacement: (character: string) => string): string {
  if (text.length <= LONGEST_PIECE) return text.replace(pattern, replacement);
  let result = "";
  for (let at = 0, end = 0; at < text.length; at = end) {
    end = at + LONGEST_PIECE;
    if (isPair(text, end - 1)) end++;
    result += text.slice(at, end).replace(pattern, replacement);
  }
  return result;
}

function isPair(text: string, at: number): boolean {
  return (text.codePointAt(at) ?? 0) > 0xffff;
}
