import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger, type HandlerOptions, type Logger, raw } from "@logbridge/core";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { escapeControls } from "../src/format/escape.ts";
import { program } from "./support/program.ts";

const folder = mkdtempSync(join(tmpdir(), "logbridge-injection-"));
afterAll(() => rmSync(folder, { recursive: true }));

const FORGED = "2026-11-25 12:00:00.000 | INFO     | app:main:1 - User James logged in";

const PIECES: readonly string[] = [
  "\x1b[2J",
  "\x1b]0;title\x07",
  "\x9b31m",
  "\x1b",
  "\r\n",
  "\n",
  "\r",
  "\x00",
  "\x07\x08",
  "\x0b\x0c",
  "\x7f",
  "\x85",
  "\u2028",
  "\u2029",
  "\u202e",
  "\u2066",
  "\ud800",
  "\udc00",
  "{}",
  "{0}",
  "{",
  "}",
  "{message}",
  "{extra[secret]}",
  "{0.__proto__.constructor}",
  "{record}",
  "%s%o%c",
  "<red>",
  "</red>",
  "<level>",
  "\\<b>",
  "__proto__",
  "constructor",
  '","level":"FAKE',
  " level=FAKE ",
  '"',
  "'",
  "\\",
  "👋",
  "é",
  `\n${FORGED}`,
  `\r\n${FORGED}\n`,
];

/** 1,000 hostile texts: each piece alone, and pieces put together by a generator that always gives the same. */
const HOSTILE: readonly string[] = (() => {
  const texts = [...PIECES];
  let state = 42;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  while (texts.length < 1000)
    texts.push(Array.from({ length: 1 + next(4) }, () => PIECES[next(PIECES.length)]).join(next(2) ? "x" : ""));
  return texts;
})();

let gettersRun = 0;

function bait(text: string): object {
  const touched = (): never => {
    gettersRun++;
    throw new Error("a getter ran");
  };
  return Object.defineProperties(
    { [text]: text, inner: { [text]: [text, new Map([[text, text]]), new Set([text])] } },
    {
      trap: { get: touched, enumerable: true },
      toString: { get: touched, enumerable: true },
      [Symbol.toPrimitive]: { get: touched, enumerable: true },
    },
  );
}

function baited(error: Error, text: string): Error {
  return Object.defineProperties(error, Object.getOwnPropertyDescriptors(bait(text)));
}

/** Every way in which a text can come into a record. Gives how many records that makes. */
function attack(logger: Logger, text: string): number {
  const named = logger.forModule(text);
  const extra = JSON.parse(
    JSON.stringify({ [text]: text, __proto__: { polluted: text }, deep: { [text]: [text] } }),
  ) as object;
  logger.info(text);
  logger.info(text, text);
  logger.info("user {} logged in {name}", text, { name: text });
  logger.info("{} {!r} {!j} {:>5}", text, [text], { [text]: text }, text);
  logger.info`user ${text} ${bait(text)}`;
  logger.info(text, extra);
  logger.info(extra as never, text);
  logger.info(bait(text));
  logger.info("{0} {0[trap]} {0.inner} {bait[trap]}", bait(text), { bait: bait(text) });
  logger.opt({ colors: true }).info(`<red>{}</red>`, text);
  logger.opt({ colors: true }).info(text);
  logger.bind({ [text]: text, secret: text }).info("bound");
  logger.contextualize({ [text]: text }, () => logger.info("context"));
  named.info("named");
  logger.error(Object.assign(new Error(text), { [text]: text, name: text, code: text }));
  logger.error("failed", new Error("outer", { cause: baited(new TypeError(text), text) }));
  logger.error(new AggregateError([new Error(text), text, bait(text)], text));
  logger.opt({ exception: text }).error("thrown");
  logger.opt({ exception: bait(text) }).error("thrown");
  // A level that is not known is reported once for each name.
  const isCalled = HOSTILE.indexOf(text) % 100 === 0;
  if (isCalled) logger.log(text, "level");
  return isCalled ? 20 : 19;
}

const FORMAT = "{time:HH:mm:ss} | {level} | {name}:{function}:{line} - {message} {extra} {extra[secret]}";

describe("1,000 hostile texts", () => {
  test("R-01d: forge no line in a file that has one line for a record, and no exception is more", () => {
    for (const [name, options] of Object.entries<HandlerOptions>({
      lines: { escape: "lines", format: FORMAT },
      loguru: { serialize: true, format: FORMAT },
      flat: { serialize: "flat" },
      ecs: { serialize: "ecs" },
      gcp: { serialize: "gcp" },
      logfmt: { serialize: "logfmt" },
    })) {
      const logger = createLogger();
      const file = join(folder, `${name}.log`);
      let records = 0;
      logger.add(file, { level: 0, catch: false, diagnose: false, ...options });
      for (const text of HOSTILE) records += attack(logger, text);
      void logger.remove();
      const content = readFileSync(file, "utf8");
      // biome-ignore lint/suspicious/noControlCharactersInRegex: whatever a reader may take for the end of a line
      const lines = content.split(/\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]/);
      expect(lines.pop(), name).toBe("");
      expect(lines.length, name).toBe(records);
      expect(lines.filter((line) => line.startsWith(FORGED.slice(0, 20)))).toEqual([]);
      expect(escapeControls(content) === content, name).toBe(true);
      if (name !== "lines" && name !== "logfmt") for (const line of lines) JSON.parse(line);
    }
    expect(gettersRun).toBe(0);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  }, 120_000);

  test("send no control character of theirs to a terminal, only the colours of the format", () => {
    const logger = createLogger();
    let texts = "";
    logger.add((text) => void (texts += text), {
      level: 0,
      catch: false,
      colorize: true,
      diagnose: false,
      format: `<green>${FORMAT}</green>`,
    });
    for (const text of HOSTILE) attack(logger, text);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the format's own colours
    const plain = texts.replaceAll(/\x1b\[(?:0|1|2|31|32|33|36)m/g, "");
    expect(escapeControls(plain) === plain).toBe(true);
    expect(gettersRun).toBe(0);
  }, 60_000);

  test("reach no prototype and no hidden value by a template of theirs (R-01c)", () => {
    const logger = createLogger();
    const texts: string[] = [];
    logger.add((text) => void texts.push(text), { format: "{message}", catch: false });
    class Account {
      readonly #password = "hunter2";
      get password(): string {
        return this.#password;
      }
      static config = { key: "hunter2" };
    }
    for (const template of [
      "{0.password}",
      "{0[password]}",
      "{0.constructor.config.key}",
      "{0.__proto__.constructor}",
      "{0.constructor.constructor}",
      "{account.constructor.config[key]}",
      "{account.__class__.__init__.__globals__}",
      "{0.toString}",
      "{list.length} {list.constructor}",
    ])
      logger.info(template, new Account(), { account: new Account(), list: [] });
    expect(texts.join("\n")).not.toContain("hunter2");
    expect(texts.join("\n")).not.toContain("function");
  });

  test("R-01d: two entries that one message pretends to be are one line with the option, and shown as text in JSON", () => {
    const logger = createLogger();
    const texts: string[] = [];
    logger.add((text) => void texts.push(text), { format: "{level} {message}", escape: "lines" });
    logger.add((text) => void texts.push(text), { serialize: "flat" });
    logger.info("User {} logged in", "Josh logged in.\nINFO User James");
    expect(texts[0]).toBe("INFO User Josh logged in.\\nINFO User James logged in\n");
    expect(texts[1]?.trimEnd()).not.toContain("\n");
  });
});

describe("what the library says of itself", () => {
  test("holds no control character of a hostile level, error or record", async () => {
    const { stderr, code } = await program(`
      import { createLogger } from "@logbridge/core";
      const logger = createLogger();
      const evil = "\\x1b[2J\\x9b31m\\u202e\\u2028\\r";
      logger.add({ needs: { text: false }, write() { throw new Error(evil); } });
      logger.log(evil, "x");
      logger.info("record " + evil);
      logger.patch(() => { throw new Error(evil); }).info("y");
    `);
    expect(code).toBe(0);
    expect(stderr).toMatch(/LB1015/);
    expect(stderr).toMatch(/LB2001/);
    expect(escapeControls(stderr)).toBe(stderr);
  });
});

describe("escapeControls", () => {
  test("shows halves of characters and keeps whole ones", () => {
    expect(escapeControls("a\ud800b\udc00 👋🏽")).toBe("a\\ud800b\\udc00 👋🏽");
  });
  test("gives a text that UTF-8 can say", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const shown = escapeControls(text);
        expect(Buffer.from(shown, "utf8").toString("utf8")).toBe(shown);
      }),
    );
  });
});

describe("raw()", () => {
  const GREEN = "\x1b[32mok\x1b[0m";
  const EVIL = "\x1b[31mevil\x1b[0m";
  const shown = (log: (logger: Logger) => void, options: HandlerOptions = {}): string => {
    const logger = createLogger();
    const texts: string[] = [];
    logger.add((text) => void texts.push(text), { format: "{message}", ...options });
    log(logger);
    return texts.join("").trimEnd();
  };

  test.each<[string, (logger: Logger) => void, string]>([
    ["in a positional field", (logger) => logger.info("a {} {}", raw(GREEN), EVIL), `a ${GREEN} \\x1b[31mevil\\x1b[0m`],
    ["in a named field", (logger) => logger.info("a {state}", { state: raw(GREEN) }), `a ${GREEN}`],
    ["behind the text", (logger) => logger.info("a", raw(GREEN), EVIL), `a ${GREEN} \\x1b[31mevil\\x1b[0m`],
    ["alone", (logger) => logger.info(raw(`{}${GREEN}`)), `{}${GREEN}`],
    ["alone with others", (logger) => logger.info(raw(GREEN), EVIL), `${GREEN} \\x1b[31mevil\\x1b[0m`],
    ["in a tagged template", (logger) => logger.info`a ${raw(GREEN)} ${EVIL}`, `a ${GREEN} \\x1b[31mevil\\x1b[0m`],
    ["as a lazy value", (logger) => logger.opt({ lazy: true }).info("a {}", () => raw(GREEN)), `a ${GREEN}`],
    ["with a width", (logger) => logger.info("a {:_>12}|", raw("\x1b[1mb")), "a _______\x1b[1mb|"],
    ["beside markup", (logger) => logger.opt({ colors: true }).info("<red>a</red> {}", raw(GREEN)), `a ${GREEN}`],
    ["with literal markup and braces", (logger) => logger.info("<red> {{}} {}", raw(GREEN)), `<red> {} ${GREEN}`],
  ])("passes a text on %s, and nothing else of the message", (_, log, text) => {
    expect(shown(log)).toBe(text);
  });

  test("passes a value of extra on where the format shows it", () => {
    const log = (logger: Logger): void => logger.bind({ state: raw(GREEN), other: EVIL }).info("a");
    const text = shown(log, { format: "{extra[state]} {extra[other]}|{extra[state]!r}" });
    const [passed, inspected] = text.split("|");
    expect(passed).toBe(`${GREEN} \\x1b[31mevil\\x1b[0m`);
    expect(inspected).not.toContain("\x1b");
  });

  test("is the text in JSON, as any other", () => {
    const line = shown((logger) => logger.info("a {s}", { s: raw(GREEN) }), { serialize: "flat" });
    expect(JSON.parse(line)).toMatchObject({ message: `a ${GREEN}`, extra: { s: GREEN } });
    expect(line).not.toContain("\x1b");
  });

  test('is one line with escape: "lines"', () => {
    const log = (logger: Logger): void => logger.bind({ s: raw(`${GREEN}\n`) }).info("a {}", raw(`${GREEN}\nb`));
    expect(shown(log, { escape: "lines", format: "{message} {extra[s]}" })).toBe(`a ${GREEN}\\nb ${GREEN}\\n`);
  });

  test("cannot be forged by data", () => {
    raw("used");
    const forged = [
      JSON.parse(JSON.stringify(raw(EVIL))) as unknown,
      JSON.parse(JSON.stringify({ text: EVIL })) as unknown,
      { text: EVIL, [Symbol("logbridge.raw")]: true },
      { text: EVIL, [Symbol.for("logbridge.raw")]: true },
    ];
    for (const value of forged)
      expect(shown((logger) => logger.info("{} {x}", value, { x: value }))).not.toContain("\x1b");
  });

  test("is what a patcher's message leaves of it: text", () => {
    expect(
      shown((logger) => logger.patch((record) => void (record.message = `${record.message}!`)).info("{}", raw(GREEN))),
    ).toBe("\\x1b[32mok\\x1b[0m!");
  });

  test("is hidden by redact as any value", () => {
    const log = (logger: Logger): void => logger.info("{token}", { token: raw(GREEN) });
    expect(shown(log, { redact: ["token"] })).toBe("[REDACTED]");
  });
});

test("a name, a level or a value in a text's format has one line; a message may have more", () => {
  const logger = createLogger();
  const texts: string[] = [];
  logger.level("A\nB", { no: 21 });
  logger.add((text) => void texts.push(text), { format: "{level} {name} {extra[user]} {message}" });
  logger
    .forModule(`x\n${FORGED}`)
    .bind({ user: `y\r\n${FORGED}` })
    .log("A\nB", "two\nlines");
  expect(texts).toEqual([`A\\nB x\\n${FORGED} y\\r\\n${FORGED} two\nlines\n`]);
});
