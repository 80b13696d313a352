/** How long an entry may be, and how far nothing more is expected of one that has ended. Larger for a larger `chunk`. */
const LONGEST = 1024 * 1024;
/** So much of what was taken is kept before the next entry, for `^`, `\b` and look-behinds. */
const CONTEXT = 1024;
/** Up to here a rest without an end is looked through again with every piece; from here on only when it has doubled. */
const SMALL = 16 * 1024;

/**
 * The part of a text that is in memory while entries are looked for.
 *
 * An entry is taken when another follows it, so that what comes later can no longer change it: a greedy group that
 * reaches the end of what was read waits for more. What is behind the last entry stays for the next search, at most
 * `LONGEST` characters of it.
 */
export class ParseWindow {
  readonly #pattern: RegExp;
  readonly #chunk: number;
  readonly #longest: number;
  #text = "";
  /** Where the next search begins. */
  #from = 0;
  /** How long the text must be before the next search. */
  #wanted: number;

  /** @param chunk how many characters are to come before the pattern is tried again; all of them for 0 and below */
  constructor(pattern: RegExp, chunk: number) {
    this.#pattern = pattern;
    this.#chunk = chunk > 0 ? chunk : Number.POSITIVE_INFINITY;
    this.#longest = Math.max(LONGEST, 4 * this.#chunk);
    this.#wanted = this.#chunk;
  }

  /** Adds a piece; true when it is time to look for entries. */
  add(piece: string): boolean {
    this.#text += piece;
    return this.#text.length >= this.#wanted;
  }

  /** The entries that are certain; with `last` those at the end of the text too. */
  *entries(last: boolean): Generator<RegExpExecArray> {
    const pattern = this.#pattern;
    const text = this.#text;
    let held: RegExpExecArray | null = null;
    /** Where what is not certain yet begins. */
    let open = text.length;
    let at = this.#from;
    while (at <= text.length) {
      pattern.lastIndex = at;
      const found = pattern.exec(text);
      if (!found) break;
      if (held) {
        yield held;
        this.#from = at;
      }
      held = found;
      const end = endOf(found);
      if (!last && end === text.length) break;
      at = found[0] === "" ? afterCharacter(text, end, pattern.unicode) : end;
    }
    if (held) {
      const end = endOf(held);
      if (last || (end < text.length && text.length - end > this.#longest)) {
        yield held;
        this.#from = at;
      } else open = held.index;
    }
    this.#trim(open);
  }

  /** Lets go of what no entry can begin in. */
  #trim(open: number): void {
    const { length } = this.#text;
    if (length - this.#from > this.#longest) this.#from = Math.max(this.#from, Math.min(open, length - this.#longest));
    const cut = Math.max(0, this.#from - CONTEXT);
    this.#text = this.#text.slice(cut);
    this.#from -= cut;
    const rest = this.#text.length - this.#from;
    this.#wanted = this.#text.length + Math.max(this.#chunk, rest > SMALL ? rest : 0);
  }
}

function endOf(found: RegExpExecArray): number {
  return found.index + found[0].length;
}

/** Behind an empty entry the search goes on with the next character. */
function afterCharacter(text: string, at: number, unicode: boolean): number {
  const point = unicode ? (text.codePointAt(at) ?? 0) : 0;
  return at + (point > 0xffff ? 2 : 1);
}
