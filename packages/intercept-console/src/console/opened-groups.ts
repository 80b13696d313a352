import { hiddenSymbol } from "./hidden-part.ts";

/** How many groups a console has opened, as its indentation tells; 0 where it does not tell. */
export function openedGroups(console: object): number {
  const text = hiddenPart(console, "kGroupIndent", "kGroupIndentationString");
  const width = hiddenPart(console, "kGroupIndentWidth");
  if (typeof text !== "string" || typeof width !== "number" || width < 1) return 0;
  return Math.floor(text.length / width);
}

function hiddenPart(console: object, ...descriptions: readonly string[]): unknown {
  const symbol = hiddenSymbol(console, ...descriptions);
  return symbol && (console as Readonly<Record<symbol, unknown>>)[symbol];
}
