import { flatObjectText } from "./flat-object.ts";

const PERCENT = "%";
const LETTER_S = 115;

/**
 * A text and values as every console fills it, where that is plain to see: no directive but `%s`, and each value a text or number, or
 * a small object behind.
 *
 * @returns `null` where the console's own rules have to be asked
 */
export function plainlyFilled(args: readonly unknown[]): string | null {
  const template = args[0] as string;
  if (args.length === 1) return template;
  let text = "";
  let next = 1;
  let from = 0;
  for (let at = template.indexOf(PERCENT); at >= 0; at = template.indexOf(PERCENT, from)) {
    const value = template.charCodeAt(at + 1) === LETTER_S && next < args.length ? bareText(args[next++]) : null;
    if (value === null) return null;
    text += template.slice(from, at) + value;
    from = at + 2;
  }
  text += from === 0 ? template : template.slice(from);
  for (; next < args.length; next++) {
    const value = bareText(args[next]) ?? flatObjectText(args[next]);
    if (value === null) return null;
    text += ` ${value}`;
  }
  return text;
}

/** Consoles write negative zero with its sign. */
function bareText(value: unknown): string | null {
  if (typeof value === "string") return value;
  return typeof value === "number" && !Object.is(value, -0) ? String(value) : null;
}
