import { LogbridgeError } from "../diagnostics.ts";
import { readyPattern } from "../ready-pattern.ts";
import { ansiOfTag, RESET } from "./ansi.ts";
import { type Field, type Filled, fillField, type Template } from "./template.ts";

const BRACE_AT_END = readyPattern(/[{}]$/);

/** One piece of coloured text. */
export interface Token {
  readonly kind: "text" | "raw" | "ansi" | "level" | "close";
  readonly value: string;
}

/** A text with its colours. */
export type Markup = readonly Token[];

const TAG = readyPattern(/(\\*)(<(\/?)((?:[fb]g\s)?[^<>\s]*)>)/g);

/** An opening tag that waits for its closing one. */
interface OpenTag {
  readonly tag: string;
  readonly token: Token;
  /** Where it stands, for the error when it is never closed. */
  readonly place: Place;
}

/** A position in the text that errors quote. */
interface Place {
  readonly at: number;
  readonly whole: string;
}

function described({ at, whole }: Place): string {
  return `at position ${at} of ${JSON.stringify(whole)}`;
}

/** Reads markup piece by piece; tags may open in one piece and close in another. */
export class MarkupReader {
  readonly #tokens: Token[] = [];
  readonly #open: OpenTag[] = [];

  /** Text that is no markup, whatever it holds. */
  raw(text: string): void {
    if (text !== "") this.#tokens.push({ kind: "text", value: text });
  }

  /** Text whose control characters are meant. */
  meant(text: string): void {
    if (text !== "") this.#tokens.push({ kind: "raw", value: text });
  }

  /** A place in the text, for what is put there later. */
  place(): Token {
    const token: Token = { kind: "text", value: "" };
    this.#tokens.push(token);
    return token;
  }

  /** The literal parts of a template as markup, or as text; `field` puts what belongs in a field's place. */
  feedTemplate(template: Template, field: (field: Field) => void, isMarkup = true): void {
    let offset = 0;
    for (const part of template.parts) {
      if (typeof part !== "string") {
        field(part);
        offset += part.source.length;
        continue;
      }
      if (isMarkup) this.feed(part, template.source, offset);
      else this.raw(part);
      // Where a part ends with a brace, that brace was written twice.
      offset += BRACE_AT_END.test(part) ? part.length + 1 : part.length;
    }
  }

  /**
   * A piece of markup.
   *
   * @param whole the text that errors quote
   * @param offset where the piece stands in it
   * @throws LogbridgeError LB1110, LB1111, LB1112
   */
  feed(text: string, whole: string = text, offset = 0): void {
    let position = 0;
    for (const match of text.matchAll(TAG)) {
      const [matched, slashes, markup, closing, tag] = match as unknown as [string, string, string, string, string];
      this.raw(text.slice(position, match.index));
      position = match.index + matched.length;
      const kept = "\\".repeat(Math.floor(slashes.length / 2));
      if (slashes.length % 2 === 1) {
        this.raw(kept + markup);
        continue;
      }
      this.raw(kept);
      const place = { at: offset + match.index + slashes.length, whole };
      if (closing) this.#close(tag, markup, place);
      else this.#openTag(tag, markup, place);
    }
    this.raw(text.slice(position));
  }

  /** The tags that are open here. */
  current(): readonly Token[] {
    return this.#open.map(({ token }) => token);
  }

  /** All tokens. @throws LogbridgeError LB1111 where a tag is left open and `balanced` is asked for */
  done(balanced: boolean): Markup {
    const left = this.#open[0];
    if (balanced && left)
      throw new LogbridgeError(
        "LB1111",
        `the opening tag "<${left.tag}>" ${described(left.place)} has no corresponding closing tag`,
      );
    return this.#tokens;
  }

  #openTag(tag: string, markup: string, place: Place): void {
    const isLevel = tag === "level" || tag === "lvl";
    const ansi = isLevel ? "" : ansiOfTag(tag);
    if (ansi === null)
      throw new LogbridgeError(
        "LB1110",
        `the tag "${markup}" ${described(place)} is no known colour directive; write "\\${markup}" for a text that stands for itself`,
      );
    const token: Token = { kind: isLevel ? "level" : "ansi", value: ansi };
    this.#open.push({ tag, token, place });
    this.#tokens.push(token);
  }

  #close(tag: string, markup: string, place: Place): void {
    const last = this.#open[this.#open.length - 1];
    if (last && (tag === "" || tag === last.tag)) {
      this.#open.pop();
      this.#tokens.push({ kind: "close", value: RESET }, ...this.current());
      return;
    }
    const where = `the closing tag "${markup}" ${described(place)}`;
    if (this.#open.some((open) => open.tag === tag))
      throw new LogbridgeError("LB1112", `${where} violates nesting rules; close "<${last?.tag}>" first`);
    throw new LogbridgeError(
      "LB1111",
      `${where} has no corresponding opening tag; write "\\${markup}" for a text that stands for itself`,
    );
  }
}

/**
 * Reads a text with colour tags.
 *
 * @throws LogbridgeError LB1110 for an unknown tag, LB1111 for an unbalanced one, LB1112 for wrong nesting; each quotes it
 * @example
 * stripMarkup(parseMarkup("<red>a</red>")); // "a"
 */
export function parseMarkup(text: string): Markup {
  const reader = new MarkupReader();
  reader.feed(text);
  return reader.done(true);
}

/** A coloured template with its values: tags in the values stay text. */
export interface FilledMarkup extends Omit<Filled, "text"> {
  readonly markup: Markup;
}

/** Fills a template whose literal parts are markup, or text. @throws as `parseMarkup`, and as `fillTemplate` when strict */
export function fillMarkup(
  template: Template,
  args: readonly unknown[],
  named: Readonly<Record<string, unknown>> | null,
  strict: boolean,
  isMarkup = true,
): FilledMarkup {
  const reader = new MarkupReader();
  const taken = new Set<number>();
  const state = { missing: false, raw: false };
  const fill = (field: Field): void => {
    const text = fillField(field, args, named, strict, taken, state);
    if (state.raw) reader.meant(text);
    else reader.raw(text);
  };
  reader.feedTemplate(template, fill, isMarkup);
  return { markup: reader.done(true), taken, missing: state.missing };
}

/** Options of `renderMarkup`. */
export interface RenderOptions {
  readonly colorize: boolean;
  readonly levelAnsi: string;
  /** The tags around the place where the text stands: they are opened again after each closing tag. */
  readonly outer?: readonly Token[];
}

/** A coloured text as a terminal or a file gets it. */
export function renderMarkup(markup: Markup, { colorize, levelAnsi: level, outer }: RenderOptions): string {
  if (!colorize) return stripMarkup(markup);
  const reopened = outer?.map((token) => (token.kind === "level" ? level : token.value)).join("") ?? "";
  let text = "";
  for (const token of markup) {
    text += token.kind === "level" ? level : token.value;
    if (token.kind === "close") text += reopened;
  }
  return text;
}

/** The text without its colours. */
export function stripMarkup(markup: Markup): string {
  let text = "";
  for (const token of markup) if (token.kind === "text" || token.kind === "raw") text += token.value;
  return text;
}

/**
 * Text that comes out as written when it is read as markup. A backslash at its end would still escape a tag that follows
 * at once; give such texts as values of a `{}` field, which are never read as markup.
 *
 * @example
 * logger.opt({ colors: true }).info(`<red>${escapeMarkup(title)}</red>`);
 */
export function escapeMarkup(text: string): string {
  return text.replace(TAG, (_whole, slashes: string, markup: string) => `${slashes}${slashes}\\${markup}`);
}

/**
 * The ANSI prefix of a level's colour.
 *
 * @param color markup of opening tags, as `<red><bold>`
 * @throws LogbridgeError LB1110, LB1111, LB1113
 * @example
 * levelAnsi("<red><bold>"); // "\x1b[31m\x1b[1m"
 */
export function levelAnsi(color: string): string {
  const reader = new MarkupReader();
  reader.feed(color.trim());
  const markup = reader.done(false);
  if (markup.some((token) => token.kind === "level"))
    throw new LogbridgeError(
      "LB1113",
      `the colour ${JSON.stringify(color)} of a level cannot use <level>: it would mean itself`,
    );
  return renderMarkup(markup, { colorize: true, levelAnsi: "" });
}
