import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { type AddOptions, createLogger, type LoggerOptions, type LogRecord } from "@logbridge/core";
import { describe, expect, test } from "vitest";

/** 28 January 2015, 07:21:23.045678 UTC. */
const AT = Date.UTC(2015, 0, 28, 7, 21, 23) + 45.678;
const UTC = { offsetSeconds: 0, name: "UTC" };

/** What one handler writes of what `use` logs at that instant. */
function written(
  options: AddOptions,
  use: (logger: ReturnType<typeof createLogger>) => void,
  logger: LoggerOptions = {},
): string[] {
  const made = createLogger({ clock: () => AT, timeZone: UTC, ...logger });
  const texts: string[] = [];
  made.add((text) => texts.push(text), { level: 0, ...options });
  use(made);
  return texts;
}

const line = (format: AddOptions["format"], logger: LoggerOptions = {}): string | undefined =>
  written({ format } as AddOptions, (made) => made.forModule("my.module").info("text"), logger)[0];

describe("the format of a handler", () => {
  test("L-ADD-FMT-1 L-ADD-FMT-4 L-ADD-FMT-10 is a template over the record; newline and exception follow by themselves", () => {
    const zone = { timeZone: { offsetSeconds: 28_800, name: "CST" } };
    expect(line("{time} - {level} - {message}", zone)).toBe("2015-01-28T15:21:23.045678+0800 - INFO - text\n");
    expect(line("{time} {level} {message}", zone)).toBe("2015-01-28T15:21:23.045678+0800 INFO text\n");
    const [text] = written({ format: "{message}" }, (logger) => logger.error("failed", new RangeError("too far")));
    expect(text).toMatch(/^failed\nRangeError: too far\n {2}[> ] at .*\n[\s\S]*\n$/);
  });
  test("L-ADD-FMT-2 L-ADD-FMT-3 may be a function that gives the template, and is then itself in charge of line end and exception", () => {
    const format = (record: LogRecord): string =>
      record.level.no >= 40 ? "{level}! {message}\n{exception}" : "{message}|";
    const texts = written({ format }, (logger) => {
      logger.info("a");
      logger.info("{b}");
      logger.error("c", new Error("d"));
    });
    expect(texts[0]).toBe("a|");
    expect(texts[1]).toBe("{b}|");
    expect(texts[2]).toMatch(/^ERROR! c\nError: d\n/);
    expect(written({ format: () => "{message}" }, (logger) => logger.error("c", new Error("d")))).toEqual(["c"]);
  });
  test("R-15c: markup that a function gives is read for each record", () => {
    const colors = new Map([["a", "red"]]);
    const format = ({ name }: LogRecord): string =>
      `<${colors.get(name ?? "") ?? "blue"}>[{name}]</> <bold>{message}</>\n`;
    const texts = written({ format, colorize: true }, (logger) => {
      logger.forModule("a").info("x");
      logger.forModule("b").info("<y>");
    });
    expect(texts).toEqual([
      "\u001b[31m[a]\u001b[0m \u001b[1mx\u001b[0m\n",
      "\u001b[34m[b]\u001b[0m \u001b[1m<y>\u001b[0m\n",
    ]);
  });
  test("L-ADD-FMT-5 shows one attribute of a field, or the field's own one", () => {
    expect(line("{level} {level.name} {level.no} {level.icon}")).toBe("INFO INFO 20 ℹ️\n");
    expect(line("{process}|{thread}|{thread.name}")).toBe(`${process.pid}|0|main\n`);
    expect(line("{file} {file.name} {file.path}")).toMatch(
      /^formats\.test\.ts formats\.test\.ts .*\/formats\.test\.ts\n$/,
    );
  });
  test("L-ADD-FMT-6 C-14a shapes fields by what follows the colon", () => {
    expect(line("[{level: <8}] [{level.no: >5}] [{message:*^8}] [{name:.2}]")).toBe(
      "[INFO    ] [   20] [**text**] [my]\n",
    );
    const texts = written({ format: "{time:YYYY-MM-DD HH:mm:ss,SSS} {name} {level:8s} {message}" }, (logger) => {
      logger.forModule("foo.bar").debug("This is a DEBUG message");
      logger.forModule("foo.bar").critical("This is a CRITICAL message");
    });
    expect(texts).toEqual([
      "2015-01-28 07:21:23,045 foo.bar DEBUG    This is a DEBUG message\n",
      "2015-01-28 07:21:23,045 foo.bar CRITICAL This is a CRITICAL message\n",
    ]);
  });
  test("L-ADD-FMT-7 L-ADD-FMT-8 shows one value of the context, or all of it", () => {
    const [text] = written({ format: "{extra[ip]} {extra[user][id]} {extra}" }, (logger) =>
      logger.bind({ ip: "192.168.0.1", user: { id: 7 } }).info("m"),
    );
    expect(text).toBe("192.168.0.1 7 { ip: '192.168.0.1', user: { id: 7 } }\n");
  });
  test("L-ADD-FMT-9 is each handler's own", () => {
    const logger = createLogger();
    const texts: string[] = [];
    logger.add((text) => texts.push(`1:${text}`), { format: "{message}" });
    logger.add((text) => texts.push(`2:${text}`), { format: "{level} {message}" });
    logger.warning("m");
    expect(texts).toEqual(["1:m\n", "2:WARNING m\n"]);
  });
  test("C-18b: a verbose and a simple one, with our fields", () => {
    expect(line("{level} {time} {module} {process:d} {thread:d} {message}")).toBe(
      `INFO 2015-01-28T07:21:23.045678+0000 formats.test ${process.pid} 0 text\n`,
    );
    expect(line("{level} {message}")).toBe("INFO text\n");
  });
  test("C-26b: the date 28/01/2015 07:21:23 by tokens", () =>
    expect(line("{time:DD/MM/YYYY HH:mm:ss}|{level}|{message}|")).toBe("28/01/2015 07:21:23|INFO|text|\n"));
});

describe("the time of a line", () => {
  test("S-TIM-1: has its offset by default, and is in UTC by !UTC; both name the same instant", () => {
    const zone = { timeZone: "America/Sao_Paulo" };
    const here = String(line("{time:YYYY-MM-DDTHH:mm:ss.SSSZ}", zone)).trim();
    const there = String(line("{time:YYYY-MM-DDTHH:mm:ss.SSSZ!UTC}", zone)).trim();
    expect(line("{time}", zone)).toMatch(/-0[23]00\n$/);
    expect(line("{time:!UTC}", zone)).toBe("2015-01-28T07:21:23.045678+0000\n");
    expect(here).toMatch(/-0[23]:00$/);
    expect(there).toMatch(/\+00:00$/);
    expect(Date.parse(here)).toBe(Date.parse(there));
    expect(line("{time!UTC}", zone)).toBe("2015-01-28T07:21:23.045678+0000\n");
  });
  test("S-TIM-4: is in the zone that each handler's format names", () => {
    const logger = createLogger({ clock: () => AT });
    const texts: string[] = [];
    logger.add((text) => texts.push(text), { format: "{time:YYYY-MM-DD HH:mm:ss ZZ!UTC}" });
    logger.add((text) => texts.push(text), { format: "{time:YYYY-MM-DD HH:mm:ss ZZ!Asia/Kolkata}" });
    logger.info("m");
    expect(texts).toEqual(["2015-01-28 07:21:23 +0000\n", "2015-01-28 12:51:23 +0530\n"]);
  });
});

describe("a module without a name", () => {
  test("R-22a: has the name null, and the format shows -", () => {
    const records: LogRecord[] = [];
    const logger = createLogger();
    const texts: string[] = [];
    logger.add(
      (text, record) => {
        texts.push(text);
        records.push(record);
      },
      { format: "{name: <5}|{name}" },
    );
    logger.forModule(null).info("m");
    expect(records[0]?.name).toBeNull();
    expect(texts).toEqual(["-    |-\n"]);
  });
  test("R-22b L-DIS-4: is switched off by disable(null), and by no other name", () => {
    const texts = written({ format: "{message}" }, (logger) => {
      const log = logger.forModule(null);
      logger.disable("");
      log.info("1");
      logger.disable(null);
      log.info("2");
      logger.enable("");
      log.info("3");
      logger.forModule("named").info("4");
      logger.enable(null);
      log.info("5");
    });
    expect(texts).toEqual(["1\n", "4\n", "5\n"]);
  });
  test("R-22c: gets one from a patcher, and filter and format work", () => {
    const texts = written({ format: "{name} {message}", filter: "my_module" }, (logger) => {
      const log = logger.forModule(null);
      log.info("1");
      log
        .patch((record) => {
          record.name = "my_module";
        })
        .info("2");
    });
    expect(texts).toEqual(["my_module 2\n"]);
  });
  test("R-22d: no filter by name lets it through but one for null; a map has no say over it", () => {
    const passes = (filter: AddOptions["filter"]): boolean =>
      written({ format: "{message}", filter } as AddOptions, (logger) => logger.forModule(null).info("m")).length === 1;
    expect(passes("")).toBe(false);
    expect(passes("a")).toBe(false);
    expect(passes({ "": false })).toBe(true);
    expect(passes(new Map([[null, "INFO"]]))).toBe(true);
    expect(passes(new Map([[null, false]]))).toBe(false);
  });
});

describe("colours", () => {
  const format = "<red>{message}</red>";
  test("L-ADD-COL-1 L-ADD-COL-2 R-23b: are kept by colorize: true and taken out by false, whatever the sink", () => {
    const log = (logger: ReturnType<typeof createLogger>): void => logger.info("m");
    expect(written({ format, colorize: true }, log)).toEqual(["\u001b[31mm\u001b[0m\n"]);
    expect(written({ format, colorize: false }, log)).toEqual(["m\n"]);
  });
  test("L-ADD-COL-3: are decided by the stream where colorize is not given: is it a terminal that has them?", () => {
    class Terminal extends Writable {
      text = "";
      readonly isTTY: boolean;
      readonly hasColors: () => boolean;
      constructor(isTTY: boolean, colors: boolean) {
        super({ decodeStrings: false });
        this.isTTY = isTTY;
        this.hasColors = () => colors;
      }
      override _write(text: string, _encoding: string, done: () => void): void {
        this.text += text;
        done();
      }
    }
    const shown = [new Terminal(true, true), new Terminal(true, false), new Terminal(false, true)].map((stream) => {
      const logger = createLogger();
      logger.add(stream, { format });
      logger.info("m");
      return stream.text;
    });
    expect(shown).toEqual(["\u001b[31mm\u001b[0m\n", "m\n", "m\n"]);
  });
  test("L-ADD-COL-4: do not get into a file, nor do their tags", () => {
    const folder = mkdtempSync(join(tmpdir(), "logbridge-colours-"));
    try {
      const file = join(folder, "app.log");
      const logger = createLogger();
      logger.add(file, { format: "<red>{level}</red> <level>{message}</level>" });
      logger.opt({ colors: true }).info("<b>m</b>");
      void logger.remove();
      expect(readFileSync(file, "utf8")).toBe("INFO m\n");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
