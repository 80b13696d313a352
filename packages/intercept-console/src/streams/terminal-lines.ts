import { TerminalLine } from "./terminal-line.ts";

/** The longest line that is kept whole, in UTF-16 units: what goes on without end is given in pieces of this length. */
export const LONGEST_LINE: number = 1024 * 1024;

/** An escape sequence that was begun and is not finished by then is none. */
const LONGEST_ESCAPE = 4096;
const MOST_ROWS = 1000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;
/** A terminal goes on in another row: what stands around them are two words. */
const SEPARATORS: ReadonlySet<string> = new Set(["\v", "\f", "\u0085", "\u001bD", "\u001bE"]);
// Text, a move, or a sequence. What a terminal would take for the text of a title or a link ends at the line at the latest: it must not hide lines.
const TOKENS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[^\x00-\x08\x0a-\x1f\x7f-\x9f]+|\n|\r|\x08+|(?:\x1b\[|\x9b)([0-?]*)[ -/]*([@-~])|\x1b[\]PX^_][^\x07\x1b\x9c\r\n]*(?:\x07|\x1b\\|\x9c)|\x1b[ -/]*[0-~]|[\s\S]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const BEGUN = /(?:(?:\x1b\[|\x9b)[0-?]*[ -/]*|\x1b[\]PX^_][^\x07\x1b\x9c\r\n]*\x1b?|\x1b[ -/]*)$/;

/**
 * Takes one line.
 *
 * @param earlier when the line was printed, in milliseconds since 1970, where that was not by the text that was fed last
 */
export type TakeLine = (line: string, earlier?: number) => void;

interface Row {
  readonly text: string;
  readonly printed: number;
}

/**
 * Makes lines of a text that comes in pieces, as a terminal would show it in the end: without colours and other sequences, and of
 * what is overwritten the last state alone.
 *
 * A carriage return or an erased line begins the line anew; a backspace and its like only move. Rows that are painted again, above the last line, are held until a line is
 * printed below them or the text ends, so that a progress display gives its first and its last state and no thousand lines.
 */
export class TerminalLines {
  readonly #take: TakeLine;
  readonly #line = new TerminalLine();
  /** When the unfinished line was printed. */
  #since = 0;
  /** The beginning of a sequence. */
  #escape = "";
  /** How many rows above the last line the cursor stands. */
  #above = 0;
  readonly #painted = new Map<number, Row>();
  #taken = 0;
  #empty = 0;

  constructor(take: TakeLine) {
    this.#take = take;
  }

  /** Takes the next piece. */
  feed(text: string): void {
    // Empty lines count between others of the same piece only: at its ends they say nothing.
    this.#taken = 0;
    this.#empty = 0;
    if (this.#escape === "" && !CONTROLS.test(text)) this.#feedPlain(text);
    else this.#feedTerminal(this.#escape + text);
    if (!this.#line.isEmpty) this.#since = Date.now();
  }

  /** No newline comes any more: gives what is left. */
  end(): void {
    this.#escape = "";
    const line = this.#line.text.trimEnd();
    if (line !== "") this.#painted.set(this.#above, { text: line, printed: this.#since });
    this.#begin();
    this.#above = 0;
    this.#givePainted();
  }

  /** Stands there a text to which the next one is added? What the next one overwrites, in this line or in rows above, is none. */
  get isBegun(): boolean {
    return !this.#line.isEmpty && !this.#line.isReturned && this.#above === 0;
  }

  /** Somebody else prints a line of its own here, below which this text goes on: what was begun ends. */
  interrupt(): void {
    if (!this.isBegun) return;
    const line = this.#line.text.trimEnd();
    const since = this.#since;
    this.#begin();
    this.#givePainted();
    if (line !== "") this.#take(line, since);
  }

  /** Gives up the line that was begun, after the rows above it: its text, as far as it could be read. */
  takeBegun(): string {
    const begun = this.#line.text;
    this.#escape = "";
    this.#begin();
    this.#above = 0;
    this.#givePainted();
    return begun;
  }

  #feedPlain(text: string): void {
    let from = 0;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
      this.#print(text.slice(from, at));
      this.#newline();
      from = at + 1;
    }
    this.#print(from === 0 ? text : text.slice(from));
  }

  #feedTerminal(text: string): void {
    const begun = BEGUN.exec(text)?.[0] ?? "";
    this.#escape = begun.length > LONGEST_ESCAPE ? "" : begun;
    const whole = text.slice(0, text.length - this.#escape.length);
    for (const [token, parameters, command] of whole.matchAll(TOKENS)) {
      if (command !== undefined) this.#obey(command, Number.parseInt(parameters as string, 10));
      else if (token === "\n") this.#newline();
      else if (token === "\r") this.#line.return();
      else if (token[0] === "\b") this.#line.move(-token.length);
      else if (SEPARATORS.has(token)) this.#separate();
      else if (!CONTROLS.test(token)) this.#print(token);
    }
  }

  /** The sequences that move between rows or in one, or begin one anew; colours and the rest change nothing that could be read. */
  #obey(command: string, parameter: number): void {
    const count = Number.isNaN(parameter) ? 0 : parameter;
    if (command === "A" || command === "F") this.#move(Math.max(count, 1));
    else if (command === "B" || command === "E") this.#move(-Math.max(count, 1));
    else if (command === "K" && count === 2) this.#erase();
    else if ((command === "K" || command === "J") && count === 0) this.#line.eraseRight();
    else this.#moveInLine(command, count);
  }

  #moveInLine(command: string, count: number): void {
    if (command === "C" || command === "a") this.#line.move(Math.max(count, 1));
    else if (command === "D") this.#line.move(-Math.max(count, 1));
    else if (command === "G" || command === "`") {
      if (count > 1) this.#line.moveTo(count - 1);
      else this.#line.return();
    } else if (command === "H" || command === "f") this.#line.return();
  }

  #separate(): void {
    if (!this.#line.isEmpty) this.#print(" ");
  }

  #move(rows: number): void {
    const line = this.#line.text.trimEnd();
    if (line !== "") this.#painted.set(this.#above, { text: line, printed: Date.now() });
    this.#begin();
    const above = this.#above + rows;
    this.#above = Math.min(Math.max(above, 0), MOST_ROWS);
    // Below the last line a new one begins, as behind a newline.
    if (above < 0) this.#givePainted();
  }

  #erase(): void {
    this.#line.erase();
    this.#painted.delete(this.#above);
  }

  #print(text: string): void {
    if (text === "") return;
    this.#line.print(text);
    while (this.#line.length > LONGEST_LINE) this.#givePiece();
  }

  #givePiece(): void {
    const line = this.#line.text;
    const last = line.charCodeAt(LONGEST_LINE - 1);
    // Both halves of a character stay together.
    const end = last >= 0xd800 && last <= 0xdbff ? LONGEST_LINE - 1 : LONGEST_LINE;
    this.#line.set(line.slice(end));
    this.#give(line.slice(0, end));
  }

  #newline(): void {
    const line = this.#line.text.trimEnd();
    this.#begin();
    if (this.#above > 0) {
      if (line !== "") this.#painted.set(this.#above, { text: line, printed: Date.now() });
      this.#above--;
      return;
    }
    if (line !== "") this.#painted.delete(0);
    this.#givePainted();
    if (line !== "") this.#give(line);
    else if (this.#taken > 0) this.#empty++;
  }

  #begin(): void {
    this.#line.clear();
  }

  #give(line: string): void {
    for (; this.#empty > 0; this.#empty--) this.#take("");
    this.#taken++;
    this.#take(line);
  }

  /** Gives the rows that were painted again, from the top. */
  #givePainted(): void {
    if (this.#painted.size === 0) return;
    const rows = [...this.#painted].sort(([one], [other]) => other - one);
    this.#painted.clear();
    for (const [, { text, printed }] of rows) this.#take(text, printed);
  }
}
