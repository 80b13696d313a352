import { isHarmless } from "@logbridge/core";
import { flatObjectText } from "./flat-object.ts";

const PERCENT = "%";
const DIRECTIVE = "%s";
/** Templates are few; where a program makes them up as it goes, they are forgotten. */
const MOST_TEMPLATES = 200;

/** A template that is taken apart. */
interface Pieces {
  /** What stands around the directives. */
  readonly around: readonly string[];
  readonly isHarmless: boolean;
}

const templates = new Map<string, Pieces | null>();

/** Gives the text of arguments. */
export interface Print {
  (args: readonly unknown[]): string;
  /** By rules of its own, and not as values are mostly shown. */
  readonly isTold?: true;
}

/** A text that is filled. */
export interface Filled {
  readonly text: string;
  /** Nothing of it has to be looked at again: neither colours nor other control characters, and no second line. */
  readonly isHarmless: boolean;
}

/**
 * A text and values as every console fills it, where that is plain to see: no directive but `%s`, and each value a text or number, or
 * a small object behind.
 *
 * The parts are looked at and not the whole, which the engine would have to join for that.
 *
 * @param print who is asked otherwise
 * @returns `null` where the console's own rules have to be asked
 */
export function plainlyFilled(args: readonly unknown[], print: Print): Filled | null {
  const template = args[0] as string;
  if (args.length === 1) return { text: template, isHarmless: isHarmless(template) };
  if (print.isTold) return null;
  let text = template;
  let harmless: boolean;
  let next = 1;
  if (template.includes(PERCENT)) {
    const known = templates.get(template);
    const pieces = known === undefined ? piecesOf(template) : known;
    if (pieces === null || pieces.around.length > args.length) return null;
    const { around } = pieces;
    harmless = pieces.isHarmless;
    text = around[0] as string;
    for (; next < around.length; next++) {
      const value = bareText(args[next]);
      if (value === null) return null;
      harmless &&= isBareHarmless(args[next]);
      text += value + (around[next] as string);
    }
  } else harmless = isHarmless(template);
  for (; next < args.length; next++) {
    const value = args[next];
    const bare = bareText(value);
    const shown = bare ?? flatObjectText(value);
    if (shown === null) return null;
    harmless &&= bare === null ? isHarmless(shown) : isBareHarmless(value);
    text += ` ${shown}`;
  }
  return { text, isHarmless: harmless };
}

/** `null` where one of the directives is another one. */
function piecesOf(template: string): Pieces | null {
  const around = template.split(DIRECTIVE);
  const pieces = around.some((piece) => piece.includes(PERCENT)) ? null : { around, isHarmless: isHarmless(template) };
  if (templates.size >= MOST_TEMPLATES) templates.clear();
  templates.set(template, pieces);
  return pieces;
}

/** Consoles write negative zero with its sign. */
function bareText(value: unknown): string | null {
  if (typeof value === "string") return value;
  return typeof value === "number" && !Object.is(value, -0) ? String(value) : null;
}

function isBareHarmless(value: unknown): boolean {
  return typeof value === "number" || isHarmless(value as string);
}
