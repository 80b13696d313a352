import { flatObjectText } from "./flat-object.ts";

const PERCENT = "%";
const DIRECTIVE = "%s";
/** Templates are few; where a program makes them up as it goes, they are forgotten. */
const MOST_TEMPLATES = 200;
const templates = new Map<string, readonly string[] | null>();

/**
 * A text and values as every console fills it, where that is plain to see: no directive but `%s`, and each value a text or number, or
 * a small object behind.
 *
 * @returns `null` where the console's own rules have to be asked
 */
export function plainlyFilled(args: readonly unknown[]): string | null {
  const template = args[0] as string;
  let text: string | null = template;
  let next = 1;
  if (args.length > 1 && template.includes(PERCENT)) {
    const known = templates.get(template);
    const pieces = known === undefined ? piecesOf(template) : known;
    if (pieces === null) return null;
    text = filled(pieces, args);
    next = pieces.length;
  }
  if (text === null) return null;
  for (; next < args.length; next++) {
    const value = bareText(args[next]) ?? flatObjectText(args[next]);
    if (value === null) return null;
    text += ` ${value}`;
  }
  return text;
}

/** What stands around the directives; `null` where one of them is another one. */
function piecesOf(template: string): readonly string[] | null {
  const pieces = template.split(DIRECTIVE);
  const plain = pieces.some((piece) => piece.includes(PERCENT)) ? null : pieces;
  if (templates.size >= MOST_TEMPLATES) templates.clear();
  templates.set(template, plain);
  return plain;
}

function filled(pieces: readonly string[], args: readonly unknown[]): string | null {
  if (pieces.length > args.length) return null;
  let text = pieces[0] as string;
  for (let at = 1; at < pieces.length; at++) {
    const value = bareText(args[at]);
    if (value === null) return null;
    text += value + (pieces[at] as string);
  }
  return text;
}

/** Consoles write negative zero with its sign. */
function bareText(value: unknown): string | null {
  if (typeof value === "string") return value;
  return typeof value === "number" && !Object.is(value, -0) ? String(value) : null;
}
