import { replaceCharacters } from "../format/pieces.ts";
import { parseTemplate, type Template } from "../format/template.ts";
import { readyPattern } from "../ready-pattern.ts";

const BRACES = readyPattern(/[{}]/g);

const BRACE = readyPattern(/[{}]/);

const parsedTemplates = new Map<string, Template | null>();
const MOST_TEMPLATES = 1000;

/**
 * A message's template, parsed once; `null` where it is malformed.
 *
 * @throws LogbridgeError LB1101 for a malformed one, only when strict
 */
export function parsedTemplate(text: string, strict: boolean): Template | null {
  if (!BRACE.test(text)) return LITERAL;
  const known = parsedTemplates.get(text);
  if (known !== undefined && !(known === null && strict)) return known;
  let parsed: Template | null;
  try {
    parsed = parseTemplate(text);
  } catch (error) {
    if (strict) throw error;
    parsed = null;
  }
  if (parsedTemplates.size >= MOST_TEMPLATES) parsedTemplates.clear();
  parsedTemplates.set(text, parsed);
  return parsed;
}

const LITERAL: Template = parseTemplate("");

/** A text without braces: there is nothing to fill. */
export function isLiteral(template: Template): boolean {
  return template === LITERAL;
}

/** A text that is no template: its braces stand for themselves. */
export function plainTemplate(text: string): string {
  return BRACE.test(text) ? replaceCharacters(text, BRACES, (brace) => brace + brace) : text;
}
