import { expect, test, vi } from "vitest";
import { platform } from "#platform";
import { createLogger, type InterceptOptions, type LineParsers, openPort, type ParsedLine } from "../src/index.ts";
import { telling } from "./support/lines.ts";

const BRACKETS = /^\[(?<level>\w+)\] (?:\((?<name>\w+)\) )?(?<message>.*)/s;

/** What is said on stderr while `run` runs. */
function reports(run: () => void): readonly string[] {
  const said: string[] = [];
  const stderr = vi.spyOn(platform, "writeStderr").mockImplementation((text) => void said.push(text));
  try {
    run();
  } finally {
    stderr.mockRestore();
  }
  return said;
}

test("a pattern finds level, name and message; what it does not find stays as it was", () => {
  const { tell, records } = telling({ parse: BRACKETS });
  tell("[warn] (db) slow", { name: "lib" });
  tell("[ERROR] refused", { name: "lib" });
  tell("no head", { name: "lib" });
  expect(records.map(({ level, name, message }) => [level.name, level.no, name, message])).toEqual([
    ["WARNING", 30, "db", "slow"],
    ["ERROR", 40, "lib", "refused"],
    ["INFO", 20, "lib", "no head"],
  ]);
});

test("further groups are fields, and one called time is the time where it can be read", () => {
  const { tell, records } = telling({
    parse: /^(?<time>\S+) (?<level>\w+) req=(?<req>\d+)(?: (?<user>\w+))?: (?<message>.*)/,
  });
  tell("2024-01-02T03:04:05Z info req=7: done");
  tell("later info req=8 ada: done");
  expect(records[0]?.time.toISOString()).toBe("2024-01-02T03:04:05.000Z");
  expect(records.map(({ extra }) => extra)).toEqual([{ req: "7" }, { req: "8", user: "ada", time: "later" }]);
});

test("without a found message the text stays, and only then there is no line in the origin", () => {
  const { tell, records } = telling({ parse: [/^ERR (?<level>\w+)/, /^(?<level>\w+): (?<message>.*)/] });
  tell("ERR fatal all of it");
  tell("error: part of it");
  expect(records.map(({ message, level, origin }) => [message, level.name, origin])).toEqual([
    ["ERR fatal all of it", "CRITICAL", { name: "lines", level: { name: "said" } }],
    ["part of it", "ERROR", { name: "lines", level: { name: "said" }, line: "error: part of it" }],
  ]);
});

test("a function gives any part; null and undefined say that the line is not its own", () => {
  const at = Date.UTC(2024, 0, 2);
  const error = new TypeError("no");
  const parse = (text: string): ParsedLine | null | undefined => {
    if (text === "mine") return { level: 33, name: "fn", message: "ours", fields: { a: 1 }, timeMs: at, error };
    return text === "odd" ? undefined : null;
  };
  const { tell, records } = telling({ parse });
  tell("mine", { fields: { b: 2 } });
  tell("odd");
  tell("other");
  expect(records[0]).toMatchObject({
    level: { name: "Level 33", no: 33 },
    name: "fn",
    message: "ours",
    extra: { a: 1, b: 2 },
  });
  expect(records[0]?.time.getTime()).toBe(at);
  expect(records[0]?.exception?.value).toBe(error);
  expect(records.slice(1).map(({ message, level }) => [message, level.name])).toEqual([
    ["odd", "INFO"],
    ["other", "INFO"],
  ]);
});

test("of several parsers the first that finds something decides", () => {
  const { tell, records } = telling({ parse: ["json", BRACKETS, () => ({ level: "TRACE" })] });
  tell('{"level":"error","msg":"a"}');
  tell("[warn] b");
  tell("c");
  expect(records.map(({ level, message }) => [level.name, message])).toEqual([
    ["ERROR", "a"],
    ["WARNING", "b"],
    ["TRACE", "c"],
  ]);
});

test("levels of the logger's own come first, in patterns and in presets", () => {
  const { logger, tell, records } = telling({ parse: [BRACKETS, "brackets"] });
  logger.level("AUDIT", { no: 35, icon: "A" });
  tell("[audit] a");
  tell("AUDIT: b");
  expect(records.map(({ level }) => level)).toEqual([
    { name: "AUDIT", no: 35, icon: "A" },
    { name: "AUDIT", no: 35, icon: "A" },
  ]);
});

test("a level that nobody knows changes nothing, and is kept in extra.level", () => {
  const { tell, records } = telling({ parse: BRACKETS });
  tell("[grave] (db) lost");
  tell("[grave] lost", { fields: { level: "theirs" } });
  expect(records.map(({ level, name, message, extra }) => [level.name, name, message, extra])).toEqual([
    ["INFO", "db", "lost", { level: "grave" }],
    ["INFO", null, "lost", { level: "theirs" }],
  ]);
});

test("colours around a level hinder neither a pattern nor a preset", () => {
  const { tell, records } = telling({ parse: [/^(?<level>\w+): (?<message>.*)/, "brackets"] });
  tell("\u001b[31merror\u001b[39m: red");
  tell("[\u001b[1;33mWARN\u001b[0m] \u001b[2myellow\u001b[22m");
  expect(records.map(({ level, message }) => [level.name, message])).toEqual([
    ["ERROR", "red"],
    ["WARNING", "yellow"],
  ]);
});

test("patterns with the flags g and y begin at the start each time, and the application's own keeps its place", () => {
  for (const flags of ["g", "y", "gy"]) {
    const pattern = new RegExp(/\[(?<level>\w+)\] (?<message>.*)/.source, flags);
    pattern.lastIndex = 3;
    const { tell, records } = telling({ parse: pattern });
    for (let turn = 0; turn < 3; turn++) tell("[error] x");
    tell("- [error] x");
    expect(records.map(({ level }) => level.no)).toEqual([40, 40, 40, flags.includes("y") ? 20 : 40]);
    expect(pattern.lastIndex).toBe(3);
  }
});

test("a line that is lifted reaches a handler above its call, and one that is lowered does not", () => {
  const { tell, records, port } = telling({ parse: "brackets" }, "ERROR");
  expect([port.wants(5), port.wants(20)]).toEqual([true, true]);
  tell("[ERROR] lifted");
  tell("[DEBUG] lowered", { level: { name: "ERROR", no: 40 } });
  tell("plain", { level: { name: "ERROR", no: 40 } });
  tell("plain and low");
  expect(records.map(({ message }) => message)).toEqual(["lifted", "plain"]);
});

test("with no handler nobody wants anything, with a parser or without", () => {
  const logger = createLogger();
  for (const parse of [undefined, "brackets"] as const) {
    const port = openPort({ name: "lines", packages: [], mode: "replace" }, { ...(parse && { parse }) }, logger);
    expect(port.wants(50)).toBe(false);
    port.close();
    expect(port.wants(50)).toBe(false);
  }
});

test.each<[InterceptOptions, string, string, boolean]>([
  [{ mode: "tee" }, "INFO", "[DEBUG] below the handlers", true],
  [{ mode: "replace" }, "INFO", "[DEBUG] below the handlers, as silent as a level that follows", true],
  [{ mode: "replace", level: "WARNING" }, "INFO", "[INFO] below the option, printed", false],
  [{ mode: "tee", level: "WARNING" }, "INFO", "[INFO] below the option", true],
])("%o with a handler at %s: %s", (options, level, text, taken) => {
  const { tell, records } = telling({ ...options, parse: "brackets" }, level);
  expect(tell(text, { level: { name: "ERROR", no: 40 } })).toBe(taken);
  expect(records).toEqual([]);
  expect(tell("[CRITICAL] above")).toBe(true);
  expect(records.map(({ message }) => message)).toEqual(["above"]);
});

test("a foreign level that follows ours lets everything through to the parser", () => {
  const logger = createLogger();
  const thresholds: (readonly [boolean, number])[] = [];
  for (const parse of ["json", undefined] as const) {
    const port = openPort({ name: "lines", packages: [], mode: "replace" }, { ...(parse && { parse }) }, logger);
    port.follow((threshold) => thresholds.push([parse !== undefined, threshold]));
  }
  logger.add(() => {}, { level: "ERROR" });
  expect(thresholds).toEqual([
    [true, Number.POSITIVE_INFINITY],
    [false, Number.POSITIVE_INFINITY],
    [true, 0],
    [false, 40],
  ]);
});

test("a name that was found goes before the option, which goes before the library's", () => {
  const { tell, records } = telling({ parse: BRACKETS, name: "option" });
  tell("[info] (found) x", { name: "lib" });
  tell("[info] x", { name: "lib" });
  expect(records.map(({ name }) => name)).toEqual(["found", "option"]);
});

test("names that were found can be switched off", () => {
  const { logger, tell, records } = telling({ parse: BRACKETS });
  logger.disable("noisy");
  tell("[error] (noisy) x");
  tell("[error] (other) x");
  expect(records.map(({ name }) => name)).toEqual(["other"]);
});

test("redaction and patchers apply to what was found, in the message and the line too", () => {
  const logger = createLogger({
    redact: ["**.password"],
    patcher: (record) => void (record.extra["patched"] = record.level.name),
  });
  const records: string[] = [];
  logger.add({ needs: { text: false }, write: (_text, record) => void records.push(JSON.stringify(record)) });
  const port = openPort({ name: "lines", packages: [], mode: "tee" }, { parse: ["json", "logfmt"] }, logger);
  const lines = [
    '{"level":40,"msg":"login with hunter2","user":{"password":"hunter2"}}',
    'level=warn msg="hunter2 it is" password=hunter2',
  ];
  const hook = (): void => {
    for (const message of lines)
      port.deliver({ target: port, level: { name: "INFO", no: 20 }, message, origin: { name: "lines" } }, hook);
  };
  hook();
  expect(records).toHaveLength(2);
  expect(records.join("")).not.toContain("hunter2");
  expect(records.map((text) => (JSON.parse(text) as { extra: object }).extra)).toEqual([
    { user: { password: "[REDACTED]" }, patched: "WARNING" },
    { password: "[REDACTED]", patched: "WARNING" },
  ]);
});

test("the head is cut off the template too, and the values stay", () => {
  const { tell, records } = telling({ parse: "brackets" });
  tell("[WARN] user ada", { template: "[WARN] user %s", args: ["ada"] });
  tell("[WARN] user ada", { template: "%s user %s", args: ["[WARN]", "ada"] });
  tell("user ada", { template: "user %s", args: ["ada"] });
  expect(records.map(({ message, template, args }) => [message, template, args])).toEqual([
    ["user ada", "user %s", ["ada"]],
    ["user ada", "user ada", ["[WARN]", "ada"]],
    ["user ada", "user %s", ["ada"]],
  ]);
});

test("an error of the call goes before one in its text", () => {
  const { tell, records } = telling({ parse: "json" });
  const error = new Error("the call's");
  tell('{"level":"error","msg":"x","err":{"type":"Error","message":"the line\'s"}}', { error });
  expect(records[0]?.exception?.value).toBe(error);
});

test.each<[string, unknown]>([
  [
    "throws",
    () => {
      throw new Error("broken");
    },
  ],
  ["answers a text", () => "ERROR"],
  ["answers a list", () => ["ERROR"]],
  [
    "answers a promise",
    async () => {
      throw new Error("later");
    },
  ],
  ["answers a part that is none", () => ({ lvl: "ERROR" })],
  ["answers a level that is none", () => ({ level: Number.NaN })],
  ["answers a level that is an object", () => ({ level: {} })],
  ["answers a name that is none", () => ({ name: 7 })],
  ["answers a message that is none", () => ({ message: {} })],
  ["answers fields that are none", () => ({ fields: [1] })],
  ["answers a time that is none", () => ({ timeMs: Number.POSITIVE_INFINITY })],
  [
    "answers with a getter that throws",
    () => ({
      get level(): string {
        throw new Error("broken");
      },
    }),
  ],
])("a function that %s costs the parse and nothing else, and is reported once", (_what, parse) => {
  const { tell, records } = telling({ parse: [parse, BRACKETS] as LineParsers });
  const said = reports(() => {
    tell("[error] x");
    tell("[error] y");
  });
  expect(records.map(({ level, message }) => [level.name, message])).toEqual([
    ["ERROR", "x"],
    ["ERROR", "y"],
  ]);
  expect(said).toHaveLength(1);
  expect(said[0]).toContain("LB1411");
});

test("a parser that logs by the way it parses is not asked about its own words", () => {
  const parse = (text: string): ParsedLine => {
    tell(`parsing ${text}`);
    return { level: "ERROR" };
  };
  const { tell, records } = telling({ parse });
  tell("x");
  expect(records.map(({ message, level }) => [message, level.name])).toEqual([
    ["parsing x", "INFO"],
    ["x", "ERROR"],
  ]);
});

test.each<[unknown, string]>([
  ["xml", '"xml"'],
  [7, "7"],
  [null, "null"],
  [{}, "{}"],
  [[], "an empty list"],
  [["json", "xml"], "option parse[1] must be"],
  [/no groups/, "named groups level, name, message"],
  [/(?<lvl>\w+)/, "named groups level, name, message"],
  ["toString", '"toString"'],
])("another parse is refused when the interception begins: %o", async (parse, said) => {
  const { checkInterceptOptions } = await import("../src/index.ts");
  const check = (): void => checkInterceptOptions({ parse } as InterceptOptions, "interceptIt", []);
  expect(check).toThrow(expect.objectContaining({ code: "LB1410", name: "LogbridgeTypeError" }));
  expect(check).toThrow(/^interceptIt\(\): option parse/);
  expect(check).toThrow(said);
});

test("integers that are none of JavaScript's numbers stay as texts, digit for digit", () => {
  const { tell, records } = telling({ parse: "json" });
  tell(
    '{"level":"info","msg":"a 12345678901234567890 \\" 1","id":12345678901234567890,"ids":[-9007199254740993,9007199254740991,1e21,0.1234567890123456],"9007199254740993":1}',
  );
  expect(records[0]?.message).toBe('a 12345678901234567890 " 1');
  expect(records[0]?.extra).toEqual({
    id: "12345678901234567890",
    ids: ["-9007199254740993", 9007199254740991, 1e21, 0.1234567890123456],
    "9007199254740993": 1,
  });
});

test("what this library writes as flat JSON comes in as it was", () => {
  const { tell, records } = telling({ parse: "json" });
  const lines: string[] = [];
  for (const caller of [false, true]) {
    const child = createLogger();
    child.add((text) => void lines.push(text), { serialize: "flat", level: 0, needs: { caller } });
    child.error("save failed", { id: 3, file: "a.txt" }, Object.assign(new TypeError("disk full"), { code: "ENOSPC" }));
    child.info("plain");
  }
  for (const line of lines) tell(line, { name: "worker" });
  const shown = records.map(({ level, message, name, extra, exception }) => {
    const { origin, ...fields } = extra;
    return [level.name, message, name, fields, exception?.type, exception?.message, Object.keys(origin ?? {})];
  });
  const place = ["file", "line", "function"];
  expect(shown).toEqual([
    ["ERROR", "save failed", "worker", { id: 3, file: "a.txt" }, "TypeError", "disk full", []],
    ["INFO", "plain", "worker", {}, undefined, undefined, []],
    ["ERROR", "save failed", expect.any(String), { id: 3, file: "a.txt" }, "TypeError", "disk full", place],
    ["INFO", "plain", expect.any(String), {}, undefined, undefined, place],
  ]);
  // A line of somebody else with these keys is read as before.
  tell('{"time":"2024-01-02T03:04:05Z","level":"INFO","message":"m","name":"n","extra":{"a":1},"more":true}');
  expect(records.at(-1)?.extra).toEqual({ extra: { a: 1 }, more: true });
});

test("what a parser throws is not shown where values are redacted: it may repeat the text", () => {
  const logger = createLogger({ redact: ["**.password"] });
  logger.add(() => {});
  const parse = (text: string): null => {
    throw new Error(`cannot parse ${text}`);
  };
  const port = openPort({ name: "lines", packages: [], mode: "replace" }, { parse }, logger);
  const said = reports(() => {
    const level = { name: "INFO", no: 20 };
    port.deliver({ target: port, level, message: "hunter2", origin: { name: "lines" } }, () => {});
    port.fail(new Error("of hunter2"));
  });
  port.close();
  expect(said.map((text) => text.slice(0, 16))).toEqual(["logbridge LB1411", "logbridge LB1409"]);
  expect(said.join("")).not.toContain("hunter2");
});

test("a level of java.util.logging is one in any letters where the line says that it is a level", () => {
  const { tell, records } = telling({ parse: ["json", "brackets"] });
  for (const text of ['{"level":"fine","msg":"a"}', '{"level":"FINEST","msg":"a"}', "FINE: a", "[FINER] a"]) tell(text);
  expect(records.map(({ level }) => level.name)).toEqual(["DEBUG", "TRACE", "DEBUG", "TRACE"]);
});
