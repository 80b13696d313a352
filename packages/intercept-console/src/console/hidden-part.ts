/**
 * What a console of Node's class keeps under a symbol, of which there is only the description.
 *
 * @returns the first that is there, by any of these descriptions: versions of Node differ
 */
export function hiddenSymbol(console: object, ...descriptions: readonly string[]): symbol | undefined {
  for (let at: object | null = console; at; at = Object.getPrototypeOf(at) as object | null) {
    const found = Object.getOwnPropertySymbols(at).find((symbol) => descriptions.includes(symbol.description ?? ""));
    if (found) return found;
  }
  return undefined;
}
