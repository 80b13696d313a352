import { describe, expect, test } from "vitest";
import { escapeControls } from "../../src/format/escape.ts";
import { parseMarkup } from "../../src/format/markup.ts";
import { compiled, recordOf } from "./record.ts";

const line = (format: string, record = recordOf()): string => compiled(format)(record);
const CODED = { colorize: true, colouredMessage: () => parseMarkup("a <green>b</green>") };

describe("a format", () => {
  test("reads the fields of the record and their parts", () => {
    expect(line("{level}|{level.no}|{level.icon}|{name}:{function}:{line}:{column}|{file}|{file.path}|{module}")).toBe(
      "INFO|20|ℹ️|app/main:run:7:3|main.ts|/srv/app/main.ts|main",
    );
    expect(line("{process}|{process.name}|{thread}|{thread.name}|{elapsed}|{seq}|{time:HH:mm:ss.SSS}|{message}")).toBe(
      "42|node|0|main|12.5|1|11:04:05.123|hello",
    );
  });
  test("reaches into extra and into what was thrown", () => {
    const thrown = { type: "TypeError", value: { code: "E1" }, message: "no", stack: [] };
    expect(
      line(
        "{extra[user][id]} {extra.list[1]} {exception.type} {exception.value.code}",
        recordOf({ extra: { user: { id: 7 }, list: [1, 2] }, exception: thrown }),
      ),
    ).toBe("7 2 TypeError E1");
  });
  test("shapes values by specs, which may have fields of their own", () => {
    expect(line("[{level: <8}] [{line:05d}] [{message!r:>{extra[width]}}]", recordOf({ extra: { width: 9 } }))).toBe(
      "[INFO    ] [00007] [  'hello']",
    );
  });
  test("shows - for what the record does not know", () => {
    const unknown = recordOf({ name: null, function: null, line: null, file: null, exception: null, origin: null });
    expect(line("{name}:{function}:{line:05d} {file.path} {exception.type} {origin}", unknown)).toBe("-:-:- - - -");
  });
  test("puts the exception where it stands", () => {
    expect(compiled("{message}\n{exception}", { exceptionText: () => "Error: no\n" })(recordOf())).toBe(
      "hello\nError: no\n",
    );
  });
  test("says whether it needs the caller", () => {
    expect(compiled("{time} {level} {message} {extra}").needsCaller).toBe(false);
    for (const field of ["name", "function", "line", "column", "file", "module", "file.path"])
      expect(compiled(`{${field}}`).needsCaller).toBe(true);
    expect(compiled("{message: <{line}}").needsCaller).toBe(true);
  });
  test("keeps NUL characters apart from its fields", () => expect(line("\0{message}\0<b>\0</b>")).toBe("\0hello\0\0"));
});

describe("a value that the record does not have", () => {
  test("leaves its field as written, or is an error in strict use", () => {
    expect(line("{extra[user]} {extra[a][b]:>5}")).toBe("{extra[user]} {extra[a][b]:>5}");
    expect(() => compiled("{extra[user]}", { strict: true })(recordOf())).toThrow(/\{extra\[user\]\}.*LB1105/);
  });
  test("is shown as null where it is null", () =>
    expect(line("{extra[a]} {extra[b]}", recordOf({ extra: { a: null, b: undefined } }))).toBe("null undefined"));
  test("is shown without a spec that does not fit it, or is an error in strict use", () => {
    const record = recordOf({ extra: { n: "many" } });
    expect(line("{extra[n]:05d}", record)).toBe("many");
    expect(() => compiled("{extra[n]:05d}", { strict: true })(record)).toThrow(/LB1103/);
  });
  test("is not looked for by running a getter or reaching a prototype", () => {
    const extra = {
      get secret(): string {
        throw new Error("code of the user ran");
      },
    };
    expect(line("{extra[secret]} {extra[constructor]} {extra.toString}", recordOf({ extra }))).toBe(
      "{extra[secret]} {extra[constructor]} {extra.toString}",
    );
  });
});

describe("a format that cannot work is an error when it is compiled", () => {
  test.each([
    ["{nope}", "LB1104", "a record has time, elapsed, level"],
    ["{}", "LB1104", "{}"],
    ["{level.nope}", "LB1104", "level has name, no, icon"],
    ["{level.constructor}", "LB1104", "level has name, no, icon"],
    ["{name.length}", "LB1104", "{name.length}"],
    ["{time.year}", "LB1104", "{time:YYYY-MM-DD}"],
    ["{time!r}", "LB1104", "{time!r}"],
    ["{message: <{nope}}", "LB1104", "{nope}"],
    ["{message:d}", "LB1103", "{message:d}"],
    ["{line:s}", "LB1103", "{line:s}"],
    ["{extra[a]:zzz}", "LB1103", "{extra[a]:zzz}"],
    ["{message", "LB1101", '"{message"'],
    ["<nope>{message}</nope>", "LB1110", '"<nope>" at position 0'],
    ["<b>{message}", "LB1111", '"<b>" at position 0'],
    ["{time:%H}", "LB1121", '"%H"'],
  ])("%s", (format, code, text) => {
    expect(() => compiled(format)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(text) }));
  });
});

describe("colours", () => {
  test("of the default shape of a line [L-COL-17]", () => {
    expect(compiled("<green>{time:HH:mm}</green> <level>{message}</level>", { colorize: true })(recordOf())).toBe(
      "\x1b[32m11:04\x1b[0m \x1b[1mhello\x1b[0m",
    );
  });
  test("are the format's own: angle brackets in messages and fields are text [S-FMT-2]", () => {
    const record = recordOf({ message: "fetch <url> for 1 </red>", function: "<anonymous>", module: "<module>" });
    for (const colorize of [true, false])
      expect(compiled("{function} {module} {message}", { colorize })(record)).toBe(
        "<anonymous> <module> fetch <url> for 1 </red>",
      );
  });
  test("are checked where they are off too; the error says how to escape [S-FMT-3]", () => {
    expect(() => compiled("{level} <code>{message}</code>")).toThrow(/"<code>".*write "\\<code>"/);
    expect(line("{level} \\<code>{message}\\</code>")).toBe("INFO <code>hello</code>");
  });
  test("of a message are opened inside of those around it", () => {
    const format = compiled("<red>{message}</red> <level>{message}</level>", CODED);
    expect(format(recordOf({ message: "a b" }))).toBe(
      "\x1b[31ma \x1b[32mb\x1b[0m\x1b[31m\x1b[0m \x1b[1ma \x1b[32mb\x1b[0m\x1b[1m\x1b[0m",
    );
  });
  test("of a message are gone where a conversion asks for its text, and where a patcher changed it", () => {
    expect(compiled("{message!s}", CODED)(recordOf({ message: "a b" }))).toBe("a b");
    expect(compiled("{message}", CODED)(recordOf({ message: "changed" }))).toBe("changed");
  });
});

describe("text that the format takes from values", () => {
  test("is made harmless, the colours of a message are kept", () => {
    const record = recordOf({ message: "a\x1b[2J", extra: { user: "\x1b[1mroot" } });
    expect(compiled("\x07{message} {extra[user]} {extra[none]}", { safe: escapeControls })(record)).toBe(
      "\x07a\\x1b[2J \\x1b[1mroot {extra[none]}",
    );
    const coloured = compiled("{message}", {
      colorize: true,
      safe: escapeControls,
      colouredMessage: () => parseMarkup("<red>\r</red>"),
    });
    expect(coloured(recordOf({ message: "\r" }))).toBe("\x1b[31m\\r\x1b[0m");
  });
});
