import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  escapeMarkup,
  fillMarkup,
  levelAnsi,
  parseMarkup,
  renderMarkup,
  stripMarkup,
} from "../../src/format/markup.ts";
import { parseTemplate } from "../../src/format/template.ts";

const shown = (text: string): string => renderMarkup(parseMarkup(text), { colorize: true, levelAnsi: "\x1b[7m" });

describe("markup", () => {
  test("encloses text in colours [L-COL-1]", () => expect(shown("a<red>b</red>c")).toBe("a\x1b[31mb\x1b[0mc"));
  test("closes the last tag by </> [L-COL-2]", () =>
    expect(shown("<red>a<b>b</>c</>")).toBe("\x1b[31ma\x1b[1mb\x1b[0m\x1b[31mc\x1b[0m"));
  test("takes the level's colour [L-COL-3]", () =>
    expect(shown("<level>a</level><lvl>b</lvl>")).toBe("\x1b[7ma\x1b[0m\x1b[7mb\x1b[0m"));
  test("is gone where colours are off", () => expect(stripMarkup(parseMarkup("<red>a</red>\\<b>"))).toBe("a<b>"));
  test("reads a tag behind a backslash as text [L-COL-5]", () =>
    expect(shown("\\<blue>a\\</blue>")).toBe("<blue>a</blue>"));
  test.each([
    "black k 30",
    "red r 31",
    "green g 32",
    "yellow y 33",
    "blue e 34",
    "magenta m 35",
    "cyan c 36",
    "white w 37",
  ])("knows %s in its four forms [L-COL-8] [L-COL-9] [L-COL-10] [L-COL-11] [L-COL-12]", (line) => {
    const [name, letter, code] = line.split(" ") as [string, string, string];
    const number = Number(code);
    for (const tag of [name, letter]) expect(levelAnsi(`<${tag}>`)).toBe(`\x1b[${number}m`);
    for (const tag of [name, letter]) expect(levelAnsi(`<${tag.toUpperCase()}>`)).toBe(`\x1b[${number + 10}m`);
    for (const tag of [`light-${name}`, `l${letter}`]) expect(levelAnsi(`<${tag}>`)).toBe(`\x1b[${number + 60}m`);
    for (const tag of [`light-${name}`, `l${letter}`])
      expect(levelAnsi(`<${tag.toUpperCase()}>`)).toBe(`\x1b[${number + 70}m`);
  });
  test.each([
    ["fg 86", "38;5;86"],
    ["bg 42", "48;5;42"],
    ["fg #00005f", "38;2;0;0;95"],
    ["bg #fff", "48;2;255;255;255"],
    ["fg #abc", "38;2;170;187;204"],
    ["fg 0,95,0", "38;2;0;95;0"],
    ["bg 72,119,65", "48;2;72;119;65"],
  ])("knows the colour <%s> [L-COL-13] [L-COL-14] [L-COL-15]", (tag, code) =>
    expect(levelAnsi(`<${tag}>`)).toBe(`\x1b[${code}m`),
  );
  test.each([
    "bold b 1",
    "dim d 2",
    "italic i 3",
    "underline u 4",
    "blink l 5",
    "reverse v 7",
    "hide h 8",
    "strike s 9",
    "normal n 22",
  ])("knows the style %s [L-COL-16]", (line) => {
    const [name, letter, code] = line.split(" ") as [string, string, string];
    for (const tag of [name, letter]) expect(levelAnsi(`<${tag}>`)).toBe(`\x1b[${code}m`);
  });
});

describe("an error in markup", () => {
  test.each([
    ["a <nope>b</nope>", "LB1110", '"<nope>" at position 2'],
    ["a </red>", "LB1111", '"</red>" at position 2'],
    ["ab <red>c", "LB1111", '"<red>" at position 3'],
    ["<red><b>a</red></b>", "LB1112", '"</red>" at position 9'],
  ])("quotes the tag, its place and the text: %s [L-COL-4]", (text, code, tag) => {
    expect(() => parseMarkup(text)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(`${tag} of ${JSON.stringify(text)}`) }),
    );
  });
  test("counts positions in the whole template, fields and doubled braces included", () => {
    const fill = (): unknown => fillMarkup(parseTemplate("{{}} {}\\\\<nope>"), [1], null, true);
    expect(fill).toThrow('"<nope>" at position 9 of "{{}} {}\\\\\\\\<nope>"');
  });
  test("is a level's colour that refers to the level", () => {
    expect(() => levelAnsi("<red><level>")).toThrow(expect.objectContaining({ code: "LB1113" }));
  });
});

describe("a coloured message with values", () => {
  test("leaves markup in its values alone [L-COL-7]", () => {
    const { markup, taken } = fillMarkup(parseTemplate("<red>{}</red> {name}"), ["<b>x</b>"], { name: "</red>" }, true);
    expect(stripMarkup(markup)).toBe("<b>x</b> </red>");
    expect(renderMarkup(markup, { colorize: true, levelAnsi: "" })).toBe("\x1b[31m<b>x</b>\x1b[0m </red>");
    expect(taken).toEqual(new Set([0]));
  });
  test("shows a field that cannot be filled as written, where that is not an error", () => {
    const { markup, missing } = fillMarkup(parseTemplate("<b>{gone:<5}</b>"), [1], null, false);
    expect([stripMarkup(markup), missing]).toEqual(["{gone:<5}", true]);
  });
});

describe("escapeMarkup", () => {
  test("makes any text come out as it was [L-COL-6]", () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom("<red>", "</red>", "</>", "<fg 1>", "\\", "<", ">", "<nope>", "<level>"),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join("");
        return stripMarkup(parseMarkup(escapeMarkup(text))) === text && shown(escapeMarkup(text)) === text;
      }),
    );
  });
});

describe("tags in any depth", () => {
  /** A text with tags around its parts, as it is written and as it reads. */
  const { tree } = fc.letrec<{ tree: { written: string; text: string } }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      // The last character keeps a `<` of one text from becoming a tag with what the next one begins with.
      fc.string().map((text) => ({ written: escapeMarkup(`${text}>`), text: `${text}>` })),
      fc
        .tuple(
          fc.constantFrom("red", "b", "lvl", "level", "bg 12", "fg #fff", "LIGHT-CYAN", "n"),
          fc.boolean(),
          fc.array(tie("tree"), { maxLength: 4 }),
        )
        .map(([tag, short, inner]) => ({
          written: `<${tag}>${inner.map(({ written }) => written).join("")}</${short ? "" : tag}>`,
          text: inner.map(({ text }) => text).join(""),
        })),
    ),
  }));
  test("strip to their text, and colour nothing but it", () => {
    fc.assert(
      fc.property(tree, ({ written, text }) => {
        const markup = parseMarkup(written);
        const coloured = renderMarkup(markup, { colorize: true, levelAnsi: "\x1b[7m" });
        const codes = markup.filter(({ kind }) => kind !== "text").length;
        expect(stripMarkup(markup)).toBe(text);
        expect(renderMarkup(markup, { colorize: false, levelAnsi: "\x1b[7m" })).toBe(text);
        expect(coloured.length >= text.length + 4 * codes).toBe(true);
      }),
    );
  });
});
