import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LONGEST_LINE, TerminalLines } from "../src/streams/terminal-lines.ts";

function linesOf(...pieces: readonly string[]): string[] {
  const taken: string[] = [];
  const lines = new TerminalLines((line) => taken.push(line));
  for (const piece of pieces) lines.feed(piece);
  lines.end();
  return taken;
}

describe("lines of a text in pieces", () => {
  test("trailing white space and empty ends are cut, several lines in one write are several records, R-20c", () => {
    expect(linesOf("one  \n two\t\r\n\n  \nthree\n\n\n")).toEqual(["one", " two", "", "", "three"]);
    expect(linesOf("\n", "\n\n", " \n", "")).toEqual([]);
    expect(linesOf("\n\nbegins\n", "\n", "ends\n\n")).toEqual(["begins", "ends"]);
  });

  test("a line waits for its end, and the last one for the end of the text", () => {
    const taken: string[] = [];
    const lines = new TerminalLines((line) => taken.push(line));
    lines.feed("a");
    lines.feed("b");
    expect(taken).toEqual([]);
    lines.feed("c\nd");
    expect(taken).toEqual(["abc"]);
    lines.end();
    lines.end();
    expect(taken).toEqual(["abc", "d"]);
  });

  test("are the same however the text is cut", () => {
    const parts = fc.constantFrom(
      "a",
      "é🙂",
      "\n",
      "\r\n",
      " ",
      "\u001b[31m",
      "\u001b[0m",
      "\u001b]0;title\u0007",
      "\t",
      "\r",
      "\b",
      "\u001b[3C",
      "\u001b[2D",
      "\u001b[5G",
      "\u001b[K",
      "漢",
      "\v",
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), fc.infiniteStream(fc.nat(4)), (texts, cuts) => {
        const text = texts.join("").replace(/\n[\s]*\n/g, "\n");
        const pieces: string[] = [];
        for (let at = 0; at < text.length; ) {
          const length = 1 + (cuts.next().value as number);
          pieces.push(text.slice(at, at + length));
          at += length;
        }
        // Empty lines count only inside one piece, so that they are no part of this.
        const spoken = (lines: readonly string[]): string[] => lines.filter((line) => line !== "");
        expect(spoken(linesOf(...pieces))).toEqual(spoken(linesOf(text)));
      }),
    );
  });

  test("a line of 1 MiB is one, a longer one comes in pieces that lose nothing", () => {
    const whole = "x".repeat(LONGEST_LINE);
    expect(linesOf(`${whole}\n`)).toEqual([whole]);
    const pieces = linesOf(`${"x".repeat(LONGEST_LINE - 1)}🙂yz\n`);
    expect(pieces.map((piece) => piece.length)).toEqual([LONGEST_LINE - 1, 4]);
    expect(pieces.join("")).toBe(`${"x".repeat(LONGEST_LINE - 1)}🙂yz`);
  });
});

describe("what a terminal would show", () => {
  test("colours, titles and links are no part of a line", () => {
    expect(
      linesOf("\u001b[1;31mred\u001b[0m \u001b]8;;https://x.test\u001b\\link\u001b]8;;\u001b\\ \u009b2mdim\u0007\n"),
    ).toEqual(["red link dim"]);
  });

  test("a sequence that is cut, or never ends, hides no line", () => {
    expect(linesOf("a\u001b", "[3", "1mb\n")).toEqual(["ab"]);
    expect(linesOf("a\u001b]0;never ended\nb\n", "c\n")).toEqual(["a0;never ended", "b", "c"]);
    expect(linesOf(`\u001b[${"1;".repeat(5000)}`, "x\n").join("")).toContain("x");
    expect(linesOf("\u001b\u001b\u001b[", "\n", "x\n").at(-1)).toBe("x");
  });

  test("a bar that is drawn over itself is one line: its last state", () => {
    const bar = Array.from({ length: 1000 }, (_value, at) => `\r${"#".repeat(at % 50)} ${at / 10}%`);
    expect(linesOf("start\n", ...bar, "\r100% done", "\n", "end\n")).toEqual(["start", "100% done", "end"]);
    expect(linesOf("working\r", "       \r", "\n")).toEqual(["working"]);
    expect(linesOf("10%\b\b\b20%\n")).toEqual(["20%"]);
    expect(linesOf("a spinner", "\u001b[2K\u001b[1G", "done\n")).toEqual(["done"]);
  });

  test("a backspace moves, and what is printed then stands in the place of what was there", () => {
    expect(linesOf("|", "\b/", "\b-", "\b\n")).toEqual(["-"]);
    expect(linesOf("abc\b\b\n")).toEqual(["abc"]);
    expect(linesOf("abc\b\bX", "Y", "Z!\n")).toEqual(["aXYZ!"]);
    expect(linesOf("wrong\b \b\b \b", "te\n")).toEqual(["wrote"]);
    expect(linesOf("a\b\b\b\bb\n")).toEqual(["b"]);
    // What was erased does not come back by a move.
    const erased = "token: s3cr3t";
    expect(linesOf(`${erased}\u001b[1G\u001b[0K\u001b[3Gdone\n`)).toEqual(["  done"]);
    expect(linesOf(`${erased}\r\u001b[K\u001b[2Cdone\n`)).toEqual(["  done"]);
    expect(linesOf(`${erased}\u001b[2K\u001b[1G\u001b[2C\u001b[Ddone\n`)).toEqual([" done"]);
    expect(linesOf(`${erased}\u001b[2K\bdone\n`)).toEqual(["done"]);
    expect(linesOf(`${erased}\u001b[2K\r\u001b[5G\n`), "nothing has taken its place").toEqual([erased]);
    // A mark at the edge of what can be moved in.
    expect(linesOf(`${"a".repeat(100)}e\u0301${"b".repeat(255)}\bc\n`)).toEqual([
      `${"a".repeat(100)}e\u0301${"b".repeat(254)}c`,
    ]);
    expect(linesOf("100%\b\b\b\b\u001b[K5%\n")).toEqual(["5%"]);
    expect(linesOf("x\b", "next\n")).toEqual(["next"]);
    // Wide characters, marks and tabs by their columns.
    expect(linesOf("漢字\b\b!\n")).toEqual(["漢!"]);
    expect(linesOf("漢字\b\b\b!\n")).toEqual([" !字"]);
    expect(linesOf("🌍\b\b🌎\b\b\n")).toEqual(["🌎"]);
    expect(linesOf("ab\b", "\ud83c", "\udf0e\b\b", "\ud83c", "\udf0e!\n")).toEqual(["a🌎!"]);
    expect(linesOf("cafe\u0301s\b\bE\n")).toEqual(["cafEs"]);
    expect(linesOf("a\tb\b\b.\n")).toEqual(["a      .b"]);
  });

  test("columns that are gone to stand apart, and what is no newline separates words", () => {
    expect(linesOf("a\u001b[5Cb\n")).toEqual(["a     b"]);
    expect(linesOf("abc\u001b[10Gdef\n")).toEqual(["abc      def"]);
    expect(linesOf("\u001b[2Cname\u001b[20Gsize\u001b[K\n")).toEqual(["  name             size"]);
    expect(linesOf("[     ]\r\u001b[C##\n")).toEqual(["[##   ]"]);
    expect(linesOf("abc\u001b[2D_\n")).toEqual(["a_c"]);
    expect(linesOf("a\vb\fc\u0085d\u001bEe\n")).toEqual(["a b c d e"]);
    expect(linesOf("\f", "page 2\n")).toEqual(["page 2"]);
    expect(linesOf("abc\u001b[99C\n", "d\n")).toEqual(["abc", "d"]);
  });

  test("blanks behind a carriage return stand before what follows, however they are written", () => {
    expect(linesOf("\r", "  ", "text\n")).toEqual(["  text"]);
    expect(linesOf("\r  text\n")).toEqual(["  text"]);
    expect(linesOf("long line\r", "         \r", " text\n")).toEqual([" text"]);
    expect(linesOf("abcdef\r", "  ", "\u001b[CX\n")).toEqual(["  cXef"]);
  });

  test("moves are bounded, and do not make a text much longer", () => {
    const [far = ""] = linesOf("\u001b[999999999Gx\n");
    expect(far.length).toBeLessThan(1000);
    const long = "x".repeat(100_000);
    const [back = ""] = linesOf(`${long}\u001b[999999999Dy\n`);
    expect(back).toHaveLength(long.length);
    expect(back.indexOf("y")).toBeGreaterThan(99_000);
    const [grown = ""] = linesOf("ab\b", ...Array.from({ length: 5000 }, () => "漢 \b_"), "\n");
    expect(grown).toBe(`a${"漢_".repeat(5000)}`);
    expect(linesOf(`a\b${"x".repeat(LONGEST_LINE + 5)}\n`).map((line) => line.length)).toEqual([LONGEST_LINE, 5]);
    expect(linesOf(`e\b${"e"}${"\u0301".repeat(100_000)}\n`).join("").length).toBeLessThan(100);
  });

  test("rows that are painted again give their first and their last state", () => {
    const frame = (n: number): string => `\u001b[2K\u001b[1A\u001b[2K\u001b[1A\u001b[2K\u001b[Gone ${n}\ntwo ${n}\n`;
    const frames = Array.from({ length: 500 }, (_value, at) => frame(at + 1));
    expect(linesOf("one 0\ntwo 0\n", ...frames, "after\n")).toEqual(["one 0", "two 0", "one 500", "two 500", "after"]);
    expect(linesOf("one 0\ntwo 0\n", ...frames)).toEqual(["one 0", "two 0", "one 500", "two 500"]);
  });

  test("moving down from the last line begins a new one, and loses none", () => {
    expect(linesOf("a\u001b[Eb\n")).toEqual(["a", "b"]);
    expect(linesOf("c\u001b[B", "d\n")).toEqual(["c", "d"]);
    expect(linesOf("e\u001b[5E\u001b[2Kf\n")).toEqual(["e", "f"]);
    // A display whose first rows are made by moving: the first and the last state of each.
    const frames = Array.from({ length: 50 }, (_value, at) => `\u001b[2K\rone ${at}\u001b[E\u001b[2Ktwo ${at}\u001b[F`);
    expect(linesOf(...frames, "\u001b[2E", "end\n")).toEqual(["one 0", "one 49", "two 49", "end"]);
  });

  test("a line that somebody else prints ends the one that was begun, but none that is to be overwritten", () => {
    const lines: string[] = [];
    const reader = new TerminalLines((line) => void lines.push(line));
    reader.interrupt();
    reader.feed("Compiling... ");
    reader.interrupt();
    expect(lines).toEqual(["Compiling..."]);
    reader.feed("next\nspinner\u001b[2K\r");
    reader.interrupt();
    reader.feed("done\n");
    reader.feed("one\ntwo\n\u001b[2Arow");
    reader.interrupt();
    reader.feed(" 1\n");
    reader.end();
    expect(lines).toEqual(["Compiling...", "next", "done", "one", "two", "row 1"]);
  });

  test("moving up and down again is understood", () => {
    const painted = Array.from({ length: 100 }, (_value, at) => `\u001b[2A\u001b[2K\ra ${at}\r\u001b[2B`);
    expect(linesOf("a\nb\n", ...painted, "c\n")).toEqual(["a", "b", "a 99", "c"]);
  });
});
