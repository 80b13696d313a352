import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { runInNewContext } from "node:vm";
import { createLogger, LogbridgeError, LogbridgeTypeError, logger, parse } from "@logbridge/core";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from "vitest";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "logbridge-parse-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(text: string | Uint8Array): string {
  const path = join(folder, `${Math.random()}.log`);
  writeFileSync(path, text);
  return path;
}

async function all<T>(entries: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const entry of entries) found.push(entry);
  return found;
}

function scanned(text: string, pattern: RegExp): unknown[] {
  return [...text.matchAll(new RegExp(pattern.source, `${pattern.flags}g`))].map(({ groups }) =>
    Object.fromEntries(Object.entries(groups ?? {}).map(([name, value]) => [name, value ?? null])),
  );
}

const LINES = "10: A debug message\n20: An info\n";
const PATTERN = /(?<lvl>[0-9]+): (?<msg>.*)/;

describe("parse()", () => {
  test("L-PARSE-1: yields one object for each entry, with the named groups of the expression", async () => {
    expect(await all(parse(file(LINES), PATTERN))).toStrictEqual([
      { lvl: "10", msg: "A debug message" },
      { lvl: "20", msg: "An info" },
    ]);
  });

  test("L-PARSE-2: reads from a path or a file: URL", async () => {
    const path = file(LINES);
    expect(await all(logger.parse(path, PATTERN))).toHaveLength(2);
    expect(await all(logger.parse(pathToFileURL(path), PATTERN))).toHaveLength(2);
  });

  test("L-PARSE-3: reads from an open file, a Node stream, a Web stream and iterables of texts or bytes", async () => {
    const bytes = new TextEncoder().encode(LINES);
    const handle = await open(file(LINES));
    async function* later(): AsyncGenerator<string> {
      yield* LINES;
    }
    const web = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes);
        controller.close();
      },
    });
    const bare = { getReader: () => new Response(LINES).body?.getReader() } as unknown as ReadableStream<Uint8Array>;
    for (const source of [
      handle,
      Readable.from([LINES]),
      Readable.from([Buffer.from(LINES)]),
      web,
      bare,
      [LINES],
      [bytes],
      new Set([LINES.slice(0, 7), LINES.slice(7)]),
      later(),
    ])
      expect(await all(parse(source, PATTERN))).toStrictEqual([
        { lvl: "10", msg: "A debug message" },
        { lvl: "20", msg: "An info" },
      ]);
    // The file was opened by somebody else, who still can use it.
    expect((await handle.stat()).size).toBe(LINES.length);
    await handle.close();
  });

  test("L-PARSE-4: the pattern is a RegExp or its source as a string", async () => {
    const expected = await all(parse([LINES], PATTERN));
    expect(expected).toHaveLength(2);
    expect(await all(parse([LINES], PATTERN.source))).toStrictEqual(expected);
    for (const flags of ["g", "y", "gy", "u", "d", "s"])
      expect(await all(parse([LINES], new RegExp("(?<lvl>[0-9]+): (?<msg>[^\\n]*)", flags)))).toStrictEqual(expected);
    const shared = new RegExp(PATTERN, "g");
    shared.lastIndex = 9;
    expect(await all(parse([LINES], shared))).toStrictEqual(expected);
    expect(shared.lastIndex).toBe(9);
    expect(await all(parse([LINES], runInNewContext("/(?<lvl>[0-9]+): (?<msg>.*)/") as RegExp))).toStrictEqual(
      expected,
    );
  });

  test("L-PARSE-5: a map of converters changes the groups that it names", async () => {
    const cast = { lvl: Number.parseInt, msg: (text: string) => text.length, other: () => "unused" };
    expect(await all(parse<{ lvl: number; msg: number; other?: string }>([LINES], PATTERN, { cast }))).toStrictEqual([
      { lvl: 10, msg: 15 },
      { lvl: 20, msg: 7 },
    ]);
  });

  test("L-PARSE-6: a function changes the groups in place, and what it returns is not used", async () => {
    const cast = (groups: Record<string, unknown>): unknown => {
      groups["lvl"] = Number(groups["lvl"]);
      delete groups["msg"];
      return { other: 1 };
    };
    expect(await all(parse<{ lvl: number }>([LINES], PATTERN, { cast }))).toStrictEqual([{ lvl: 10 }, { lvl: 20 }]);
  });

  test("L-PARSE-8: it needs no handler and no logger", async () => {
    const { parse: detached } = createLogger();
    expect(await all(detached([LINES], PATTERN))).toHaveLength(2);
    expect(parse).toBeTypeOf("function");
  });

  test("L-PARSE-9: the worked example gives a date, a number and the message", async () => {
    const path = join(folder, "worked.log");
    const own = createLogger({ clock: () => Date.UTC(2018, 11, 9, 11, 23, 55), timeZone: "UTC" });
    own.add(path, { format: "{time:YYYY-MM-DDTHH:mm:ss}Z - {level.no} - {message}" });
    own.warning("Log example");
    await own.remove();
    const pattern = /(?<time>.*) - (?<level>[0-9]+) - (?<message>.*)/;
    const cast = { time: (text: string) => new Date(text), level: Number };
    expect(await all(own.parse<{ time: Date; level: number; message: string }>(path, pattern, { cast }))).toStrictEqual(
      [{ time: new Date(Date.UTC(2018, 11, 9, 11, 23, 55)), level: 30, message: "Log example" }],
    );
  });

  test("L-PARSE-10: the seed's examples give text, and a number with a cast", async () => {
    const [plain] = await all(parse([LINES], PATTERN));
    expect(plain).toStrictEqual({ lvl: "10", msg: "A debug message" });
    const [cast] = await all(parse<{ lvl: number; msg: string }>([LINES], PATTERN, { cast: { lvl: Number } }));
    expect(cast).toStrictEqual({ lvl: 10, msg: "A debug message" });
  });

  test("types: the entries have the given type, and the converters its keys", () => {
    expectTypeOf(parse("a", "b")).toEqualTypeOf<AsyncGenerator<Record<string, string | null>, void, undefined>>();
    expectTypeOf(logger.parse<{ lvl: number }>("a", "b", { cast: { lvl: Number } })).toEqualTypeOf<
      AsyncGenerator<{ lvl: number }, void, undefined>
    >();
    // @ts-expect-error the group is a number
    void (() => parse<{ lvl: number }>("a", "b", { cast: { lvl: String } }));
    // @ts-expect-error there is no such group
    void (() => parse<{ lvl: number }>("a", "b", { cast: { level: Number } }));
  });

  test("a group that took no part is null, and its converter is asked too", async () => {
    const pattern = /(?<l>[ab])(?<d>\d)?/;
    expect(await all(parse(["a1 b"], pattern))).toStrictEqual([
      { l: "a", d: "1" },
      { l: "b", d: null },
    ]);
    const cast = { d: (text: string | null) => text ?? "none" };
    expect((await all(parse<{ l: string; d: string }>(["b"], pattern, { cast })))[0]?.d).toBe("none");
  });

  test("a group may have the name of something in the prototype", async () => {
    const [entry] = await all(parse(["ab"], /(?<__proto__>a)(?<constructor>b)/));
    expect(Object.entries(entry ?? {})).toEqual([
      ["__proto__", "a"],
      ["constructor", "b"],
    ]);
    expect(Object.getPrototypeOf(entry)).toBe(Object.prototype);
  });

  test("what a converter throws ends the loop with that error", async () => {
    const cast = {
      lvl: () => {
        throw new RangeError("no level");
      },
    };
    await expect(all(parse<{ lvl: never; msg: string }>([LINES], PATTERN, { cast }))).rejects.toThrow(RangeError);
  });
});

describe("parse() in pieces", () => {
  test("UTF-8 is read right wherever it is cut, and a byte order mark is no text", async () => {
    const text = "\u{feff}é天🐞=1\nä=2\n";
    const bytes = new TextEncoder().encode(text);
    const single = [...bytes].map((byte) => Uint8Array.of(byte));
    expect(await all(parse(single, /(?<k>\S+)=(?<v>\d)\n/u, { chunk: 1 }))).toStrictEqual([
      { k: "é天🐞", v: "1" },
      { k: "ä", v: "2" },
    ]);
    expect(await all(parse(["é=", new TextEncoder().encode("天;")], /(?<k>.)=(?<v>.);/))).toStrictEqual([
      { k: "é", v: "天" },
    ]);
  });

  test("chunks make no difference to the entries: beginnings, word borders and look-behinds see what came before", async () => {
    for (const chunk of [1, 2, 3, 7, 64, 65_536, -1, 0]) {
      const found = (text: string, pattern: RegExp): Promise<unknown[]> => all(parse([...text], pattern, { chunk }));
      for (const [text, pattern] of [
        ["aXbXcX", /(?<x>^.|X)/],
        ["a".repeat(50), /(?<a>a{7})/],
        ["abcabcabc", /(?<c>abc)(?!a)/],
        ["foobar foo bar", /\b(?<w>foo)\b/],
        ["a1b1a1", /(?<=a)(?<d>1)/],
        ["one\ntwo\n", /^(?<line>.*)$/m],
        ["one\ntwo\n", /(?<line>[^\n]*)/],
        ["", /(?<a>x?)/],
        ["ab", /(?<a>x?)/],
        ["🐞🐞", /(?<a>x?)/u],
      ] as const)
        expect(await found(text, pattern), `${pattern} in pieces of ${chunk}`).toEqual(scanned(text, pattern));
    }
  });

  test("an entry that ends is given at the next one, long before the source ends", async () => {
    let given = 0;
    function* source(): Generator<string> {
      for (given = 1; given < 1000; given++) yield `${given}: message\n`;
    }
    const entries = parse(source(), PATTERN, { chunk: 1 });
    await entries.next();
    expect(given).toBe(2);
    await entries.return();
  });

  test("property: lines cut anywhere are the lines of the whole text", async () => {
    const line = fc
      .string({ unit: "binary", maxLength: 20 })
      .map((text) => text.replace(/[\n\r\u2028\u2029\ud800-\udfff\ufeff]/g, "-"));
    await fc.assert(
      fc.asyncProperty(
        fc.array(line),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 9 }),
        async (lines, chunk, cut) => {
          const text = lines.map((one, index) => `[${index}] ${one}\n`).join("");
          const bytes = new TextEncoder().encode(text);
          const pieces = Array.from({ length: Math.ceil(bytes.length / cut) }, (_, index) =>
            bytes.subarray(index * cut, (index + 1) * cut),
          );
          const found = await all(parse(pieces, /^\[(?<no>\d+)\] (?<text>.*)\n/m, { chunk }));
          expect(found).toEqual(lines.map((one, index) => ({ no: String(index), text: one })));
        },
      ),
    );
  });
});

describe("parse() and its source", () => {
  test("a stream is closed when the loop is left early, and when a converter throws", async () => {
    for (const leave of ["break", "throw"]) {
      const node = Readable.from([LINES, LINES, LINES]);
      let cancelled = 0;
      const web = {
        getReader: () =>
          new ReadableStream<string>({
            pull: (controller) => controller.enqueue(LINES),
            cancel: () => void cancelled++,
          }).getReader(),
      } as unknown as ReadableStream<string>;
      for (const source of [node, web]) {
        const cast = (): void => {
          if (leave === "throw") throw new Error("enough");
        };
        try {
          for await (const _ of parse(source, PATTERN, { cast, chunk: 1 })) break;
        } catch (error) {
          expect(error).toMatchObject({ message: "enough" });
        }
      }
      expect(node.destroyed).toBe(true);
      expect(cancelled).toBe(1);
    }
  });

  test.each([undefined, null, 42, {}, true, Symbol("s"), new Uint8Array(3), new URL("https://example.org/a.log"), ""])(
    "LB1050: %s cannot be read, and the call itself says so",
    (source) => {
      expect(() => parse(source as never, PATTERN)).toThrow(LogbridgeTypeError);
      expect(() => parse(source as never, PATTERN)).toThrow(/LB1050/);
    },
  );

  test("LB1050: a source that gives neither text nor bytes is refused at that piece", async () => {
    await expect(all(parse([LINES, 42 as never], PATTERN))).rejects.toThrow(/gave 42.*LB1050/);
  });

  test("LB1051: a pattern that is none, or is malformed, is refused; Python's way to name a group is recognised", () => {
    for (const pattern of [undefined, null, 42, {}])
      expect(() => parse([], pattern as never)).toThrow(
        expect.objectContaining({ code: "LB1051", name: "LogbridgeTypeError" }) as Error,
      );
    expect(() => parse([], "(?<a>")).toThrow(LogbridgeError);
    expect(() => parse([], "(?P<a>x)")).toThrow(/written \(\?<name>…\).*LB1051/);
  });

  test("LB1052: wrong options are refused", () => {
    for (const options of [null, 4, { cast: 3 }, { cast: { lvl: "int" } }, { chunk: 1.5 }, { chunk: "64K" }])
      expect(() => parse([], PATTERN, options as never)).toThrow(/LB1052/);
    expect(() => parse([], PATTERN, { casts: {} } as never)).toThrow(/unknown option "casts".*LB1002/);
  });

  test("LB1053: a file that cannot be read, or a stream that fails, ends the loop with an error that has its cause", async () => {
    await expect(all(parse(join(folder, "missing.log"), PATTERN))).rejects.toMatchObject({
      code: "LB1053",
      cause: { code: "ENOENT" },
    });
    const failing = new Readable({ read: () => failing.destroy(new Error("cable cut")) });
    await expect(all(parse(failing, PATTERN))).rejects.toThrow(/cable cut/);
  });
});
