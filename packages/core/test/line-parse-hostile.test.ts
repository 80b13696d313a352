import fc from "fast-check";
import { expect, test } from "vitest";
import { createLogger, type LinePreset } from "../src/index.ts";
import { telling } from "./support/lines.ts";

const PRESETS: readonly LinePreset[] = ["brackets", "prefix", "json", "logfmt"];

/** Pieces that lines are made of, so that random texts come near to them. */
const PIECES = fc.constantFrom(
  ...'[ ] ( ) < > : - | = " \\ { } , . / # \t \n \u001b[31m ✖ ERROR warn info: level= msg= "level": 12:00:00 2024-01-02T03:04:05Z (node:1) npm __proto__ constructor'.split(
    " ",
  ),
  " ",
  "  ",
);
const TEXT = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.array(fc.oneof(PIECES, fc.string({ maxLength: 5 })), { maxLength: 30 }).map((pieces) => pieces.join("")),
);

test.each(PRESETS)("%s: no text breaks it, and each is one record whose line or message is that text", (preset) => {
  const { tell, records } = telling({ parse: preset });
  fc.assert(
    fc.property(TEXT, (text) => {
      records.length = 0;
      tell(text);
      const [record] = records;
      expect(records).toHaveLength(1);
      expect(record?.origin?.line ?? record?.message).toBe(text);
      expect(record?.level.no).toBeGreaterThanOrEqual(0);
      expect(Number.isFinite(record?.micros)).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test("brackets: the message is the end of the line, without colours", () => {
  const { tell, records } = telling({ parse: "brackets" });
  fc.assert(
    fc.property(TEXT, (text) => {
      records.length = 0;
      tell(text);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
      const plain = text.replace(/\u001b\[[0-9;]*m/g, "");
      const { message, origin } = records[0] as (typeof records)[0];
      if (origin?.line !== undefined) expect(plain.endsWith(message)).toBe(true);
    }),
    { numRuns: 400 },
  );
});

const VALUE = fc.string({ unit: "binary", maxLength: 40 });
const KEY = fc.stringMatching(/^[a-z][a-z0-9._]{0,10}$/);

test("what our own logfmt writes is read back to the letter", () => {
  const lines: string[] = [];
  const logger = createLogger();
  logger.add((text) => void lines.push(text.trimEnd()), { serialize: "logfmt", level: 0 });
  const { tell, records } = telling({ parse: "logfmt" });
  fc.assert(
    fc.property(VALUE, KEY, VALUE, (message, key, value) => {
      lines.length = 0;
      records.length = 0;
      const field = `x_${key.replaceAll(".", "_")}`;
      logger.bind({ [field]: value }).info(message.replace(/[{}%]/g, ""));
      tell(lines[0] as string);
      expect(records[0]?.message).toBe(message.replace(/[{}%]/g, ""));
      expect(records[0]?.extra[field]).toBe(value);
    }),
    { numRuns: 300 },
  );
});

test("what our own JSON writes is read back: flat and in Loguru's shape", () => {
  for (const serialize of ["flat", true] as const) {
    const lines: string[] = [];
    const logger = createLogger();
    logger.add((text) => void lines.push(text), { serialize, level: 0 });
    const { tell, records } = telling({ parse: "json" });
    logger.forModule("shop/cart").bind({ id: 7 }).warning("sold out");
    logger.forModule(null).error(new TypeError("refused"));
    for (const line of lines) tell(line);
    expect(records.map(({ level, message, name }) => [level.name, message, name])).toEqual([
      ["WARNING", "sold out", "shop/cart"],
      ["ERROR", "refused", null],
    ]);
    expect(records[1]?.exception).toMatchObject({ type: "TypeError", message: "refused" });
  }
});

test("keys of JSON and logfmt reach no prototype", () => {
  const { tell, records } = telling({ parse: ["json", "logfmt"] });
  tell(
    '{"level":30,"msg":"a","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"err":{"message":"m","stack":"s","__proto__":{"polluted":1}}}',
  );
  tell("level=info msg=b __proto__=x constructor=y toString=z");
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  expect(records.map(({ extra }) => Object.getPrototypeOf(extra) === Object.prototype)).toEqual([true, true]);
  expect(Object.keys(records[0]?.extra as object)).toEqual(["__proto__", "constructor"]);
  expect(Object.keys(records[1]?.extra as object)).toEqual(["__proto__", "constructor", "toString"]);
});

test("JSON that nests too deep or is too long is a text", () => {
  const { tell, records } = telling({ parse: "json" });
  const deep = `{"level":30,"msg":"a","x":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
  const long = `{"level":30,"msg":"${"a".repeat(5_000_000)}"}`;
  const fine = `{"level":40,"msg":"${"[{".repeat(100_000)}"}`;
  for (const text of [deep, long, fine]) tell(text);
  expect(records.map(({ message, level }) => [message.length, level.no])).toEqual([
    [deep.length, 20],
    [long.length, 20],
    [200_000, 30],
  ]);
});
