import { columnsOf } from "../console/width.ts";

/** A terminal is not wider: the cursor goes no further back in a line, and not further beyond its end. */
const WIDEST = 256;
/** As many marks on one character are a text, more are an attack. */
const LONGEST_CELL = 32;
const TAB = 8;
const FIRST_HALF = /^[\ud800-\udbff]$/;
const SECOND_HALF = /^[\udc00-\udfff]$/;

/**
 * A line as a terminal shows it whose cursor moves: what is printed stands in the place of what was there.
 *
 * While the cursor stands at the end, which is almost always, it is a string that grows; from the first move on its last columns are cells.
 */
export class TerminalLine {
  /** All of it, or what stands before the cells. */
  #text = "";
  /** By column; "" is covered by what stands to the left: a wide character or a tab. */
  #cells: string[] | null = null;
  /** Where the cursor stands among the cells. */
  #column = 0;
  #returned = false;
  /** What stands there since the return is erased, and shown only because nothing has taken its place yet. */
  #erased = false;
  /** What was printed since the return, of which nothing is to be seen yet. */
  #blanks = "";

  get text(): string {
    return this.#cells ? this.#text + this.#cells.join("") : this.#text;
  }

  get isEmpty(): boolean {
    return this.#text === "" && (this.#cells === null || this.#cells.length === 0);
  }

  /** How long it is at least. */
  get length(): number {
    return this.#text.length + (this.#cells?.length ?? 0);
  }

  /** Does what comes next stand in the place of the whole? */
  get isReturned(): boolean {
    return this.#returned || (this.#cells !== null && this.#column === 0 && this.#text === "");
  }

  clear(): void {
    this.set("");
  }

  /** Another text in its place, with the cursor at the end. */
  set(text: string): void {
    this.#text = text;
    this.#cells = null;
    this.#returned = false;
    this.#erased = false;
    this.#blanks = "";
  }

  print(text: string): void {
    let shown = text;
    if (this.#returned) {
      // Blanks wipe what was there; it is shown until something else is.
      if (text.trim() === "") {
        this.#blanks = (this.#blanks + text).slice(0, WIDEST);
        return;
      }
      shown = this.#blanks + text;
      this.clear();
    }
    if (this.#cells) for (const character of shown) this.#put(this.#cells, character);
    else this.#text += shown;
  }

  /** What comes next begins the line anew: what a shorter text would leave of a longer one is no part of it. */
  return(): void {
    this.#returned = true;
    this.#blanks = "";
  }

  /** Erases all of it; what comes next begins the line anew. */
  erase(): void {
    this.return();
    this.#erased = true;
  }

  /** Moves the cursor by so many columns, to the left where it is less than 0. */
  move(columns: number): void {
    if (this.#erased) {
      this.#blanks = " ".repeat(Math.min(Math.max(this.#blanks.length + columns, 0), WIDEST));
      return;
    }
    const cells = this.#moving();
    const furthest = Math.max(cells.length, WIDEST);
    this.#column = Math.min(Math.max(this.#column + columns, 0), furthest);
  }

  /** Moves the cursor to a column, counted from 0. */
  moveTo(column: number): void {
    if (this.#erased) this.#blanks = "";
    else this.#moving();
    this.#column = 0;
    this.move(column);
  }

  /** Erases what stands at the cursor and to its right. */
  eraseRight(): void {
    if (this.#returned) this.#erased = true;
    else if (this.#cells) this.#cells.length = Math.min(this.#cells.length, this.#column);
  }

  #moving(): string[] {
    const cells = this.#cells ?? this.#begin();
    if (!this.#returned) return cells;
    this.#returned = false;
    this.#column = 0;
    for (const character of this.#blanks) this.#put(cells, character);
    this.#blanks = "";
    return cells;
  }

  /** Its last columns become cells, and the cursor stands behind them. */
  #begin(): string[] {
    const text = this.#text;
    let from = Math.max(text.length - WIDEST, 0);
    // Both halves of a character stay together, and marks with what they stand on.
    const least = Math.max(from - LONGEST_CELL, 0);
    while (from > least && isJoined(text.charAt(from))) from--;
    const cells: string[] = [];
    this.#cells = cells;
    this.#column = 0;
    this.#text = text.slice(0, from);
    for (const character of text.slice(from)) this.#put(cells, character);
    return cells;
  }

  #put(cells: string[], printed: string): void {
    while (cells.length < this.#column) cells.push(" ");
    const character = SECOND_HALF.test(printed) ? this.#joined(cells, printed) : printed;
    const width = character === "\t" ? TAB - (this.#column % TAB) : widthOf(character);
    if (width === 0) {
      this.#mark(cells, character);
      return;
    }
    for (let at = this.#column; at < this.#column + width; at++) uncover(cells, at);
    cells[this.#column] = character;
    for (let at = this.#column + 1; at < this.#column + width; at++) cells[at] = "";
    this.#column += width;
    if (cells.length > 2 * WIDEST && this.#column === cells.length) this.#settle(cells);
  }

  /** The halves of a character may come one by one; the first has taken a column. */
  #joined(cells: readonly string[], half: string): string {
    const before = cells[this.#column - 1];
    if (before === undefined || !FIRST_HALF.test(before)) return half;
    this.#column--;
    return before + half;
  }

  /** What takes no column belongs to what stands before it. */
  #mark(cells: string[], character: string): void {
    let at = this.#column - 1;
    while (at > 0 && cells[at] === "") at--;
    const cell = cells[at];
    if (cell !== undefined && cell.length < LONGEST_CELL) cells[at] = cell + character;
  }

  /** The cursor does not come back to the first of them. */
  #settle(cells: string[]): void {
    let count = cells.length - WIDEST;
    while (cells[count] === "") count++;
    this.#text += cells.splice(0, count).join("");
    this.#column -= count;
  }
}

function isJoined(unit: string): boolean {
  return SECOND_HALF.test(unit) || widthOf(unit) === 0;
}

function widthOf(character: string): number {
  return character >= " " && character <= "~" ? 1 : columnsOf(character);
}

/** What stands at this column, and beyond it, leaves blanks in the others. */
function uncover(cells: string[], column: number): void {
  if (column >= cells.length) return;
  let from = column;
  while (from > 0 && cells[from] === "") from--;
  let to = column + 1;
  while (to < cells.length && cells[to] === "") to++;
  if (to - from > 1) cells.fill(" ", from, to);
}
