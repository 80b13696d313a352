import { createLogger, type Logger } from "@logbridge/core";
import { describe, expect, test } from "vitest";
import winston from "winston";
import { asWinston, fromWinstonOptions, propagateToWinston, winstonSink, winstonSinks } from "../src/index.ts";
import { MESSAGE, MemoryTransport, theirs } from "./setting.ts";

const SECRET = "hunter2";
const { combine, errors, json, printf, simple } = winston.format;

const masked = (text: unknown): unknown => (typeof text === "string" ? text.replaceAll(SECRET, "***") : text);

/** Masks what winston's own infos have: the text, the stack, and fields by their names. */
const byName = winston.format((info) => {
  info.message = masked(info.message);
  if (info["stack"]) info["stack"] = masked(info["stack"]);
  if (info["password"]) info["password"] = "***";
  return info;
})();
const byKeys = winston.format((info) => {
  for (const key of Object.keys(info)) info[key] = key === "password" ? "***" : masked(info[key]);
  return info;
})();
const byCopy = winston.format((info) => {
  const { password, ...rest } = info;
  return Object.assign({}, rest, { message: masked(rest.message), stack: masked(rest["stack"]) }) as typeof info;
})();

const failure = (): Error => Object.assign(new Error(`login pw=${SECRET}`), { password: SECRET });
const SAYS: Record<string, (logger: Logger) => void> = {
  "an error alone": (logger) => logger.error(failure()),
  "a text and an error": (logger) => logger.error("it broke", failure()),
  "an error through a facade": (logger) => void asWinston(logger).error(failure() as never),
  "two errors through a facade": (logger) => void asWinston(logger).error("it broke", failure(), failure()),
};
const FORMATS: Record<string, winston.Logform.Format> = {
  "by name": combine(errors({ stack: true }), byName, json()),
  "by keys": combine(errors({ stack: true }), byKeys, json()),
  "behind JSON with spaces": combine(errors({ stack: true }), byName, json({ space: 2 })),
  "in simple()": combine(byName, simple()),
  "in a printf": combine(
    byName,
    printf((info) => `${String(info.message)} ${JSON.stringify(info["err"])}`),
  ),
};
const WAYS: Record<string, (format: winston.Logform.Format) => { logger: Logger; lines: string[] }> = {
  "fromWinstonOptions()": (format) => {
    const { logger: old, lines } = theirs({ format });
    const logger = createLogger();
    const { notTaken: _, ...configuration } = fromWinstonOptions(old);
    logger.configure(configuration);
    return { logger, lines };
  },
  "winstonSinks()": (format) => {
    const { logger: old, lines } = theirs({ format });
    const logger = createLogger();
    for (const sink of winstonSinks(old)) logger.add(sink);
    return { logger, lines };
  },
  "propagateToWinston()": (format) => {
    const { logger: old, lines } = theirs({ format });
    const logger = createLogger();
    logger.add(propagateToWinston(old));
    return { logger, lines };
  },
};

describe.each(Object.entries(WAYS))("what a logger's format hides of an error is hidden in `err`: %s", (way, make) => {
  describe.each(Object.entries(FORMATS))("%s", (_format, format) => {
    test.each(Object.entries(SAYS))("%s", async (_say, say) => {
      const { logger, lines } = make(format);
      say(logger);
      await logger.complete();
      expect(lines.join("\n")).not.toContain(SECRET);
      expect(lines.join("\n")).toMatch(/it broke|login pw=/);
    });
  });

  // A logger runs its format itself, and the copy is not seen from here: its README says so.
  test.skipIf(way === "propagateToWinston()")("a format that copies the info", async () => {
    const { logger, lines } = make(combine(byCopy, json()));
    logger.error("it broke", failure());
    await logger.complete();
    expect(lines.join()).not.toContain(SECRET);
    expect(JSON.parse(lines[0] as string)).toMatchObject({ message: "it broke", err: { type: "Error" } });
  });

  test("a format that hides nothing leaves all of it, and the properties are fields as in winston", async () => {
    const { logger, lines } = make(json());
    logger.error("it broke", Object.assign(new Error("no", { cause: new RangeError("inner") }), { disk: "sda" }));
    await logger.complete();
    expect(JSON.parse(lines[0] as string)).toMatchObject({
      message: "it broke",
      disk: "sda",
      err: { type: "Error", message: "no", disk: "sda", cause: { type: "RangeError", message: "inner" } },
    });
  });
});

test("a transport's own format, which masks deep in the error, is followed", () => {
  const deep = winston.format((info) => {
    const err = info["err"] as { message: string; password?: string; stack: string };
    err.message = err.stack = "***";
    err.password = "***";
    info.message = masked(info.message);
    info["stack"] = "***";
    info["password"] = "***";
    return info;
  })();
  const transport = new MemoryTransport({ format: combine(deep, json()) });
  const logger = createLogger();
  logger.add(winstonSink(transport));
  logger.error(failure());
  expect(transport.texts()).toHaveLength(1);
  expect(transport.texts().join()).not.toContain(SECRET);
});

describe("an object that is logged alone", () => {
  const hide = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, one] of Object.entries(value))
      if (key === "password") (value as Record<string, unknown>)[key] = "***";
      else hide(one);
  };
  const deep = winston.format((info) => {
    hide(info);
    return info;
  })();

  test.each(Object.entries(WAYS))("a mask of values reaches it: %s", async (way, make) => {
    const { logger, lines } = make(combine(deep, json()));
    const object = { user: "ann", login: { password: SECRET } };
    asWinston(logger).info(object as never);
    if (way !== "propagateToWinston()") logger.info(object);
    await logger.complete();
    expect(lines.join()).not.toContain(SECRET);
    expect(lines.join()).toContain("ann");
  });

  test("is readable where a format prints it as a text", async () => {
    const { logger: old, lines } = theirs({ format: printf((info) => String(info.message)) });
    const logger = createLogger();
    logger.add(propagateToWinston(old));
    asWinston(logger).info({ a: 1 } as never);
    await logger.complete();
    expect(lines).toEqual(["{ a: 1 }"]);
  });
});

test("getters in the application's metadata are read for each record, and one that throws loses nothing", async () => {
  let count = 0;
  const defaultMeta = {
    service: "shop",
    get rid() {
      return ++count;
    },
    get broken(): string {
      throw new Error("no");
    },
  };
  const rids = (lines: readonly string[]): unknown[] =>
    lines.map((line) => {
      const { service, rid, broken } = JSON.parse(line) as Record<string, unknown>;
      expect([service, broken]).toEqual(["shop", undefined]);
      return rid;
    });
  for (const way of Object.values(WAYS)) {
    const logger = createLogger();
    const { logger: old, lines } = theirs({ defaultMeta });
    const made = way === WAYS["fromWinstonOptions()"];
    const { notTaken: _, ...configuration } = fromWinstonOptions(old);
    if (made) logger.configure(configuration);
    else if (way === WAYS["winstonSinks()"]) for (const sink of winstonSinks(old)) logger.add(sink);
    else logger.add(propagateToWinston(old));
    count = 0;
    logger.info("one");
    logger.info("two");
    await logger.complete();
    expect(rids(lines)).toEqual([1, 2]);
  }
  const transport = new MemoryTransport();
  const logger = createLogger();
  logger.add(winstonSink(transport, { defaultMeta }));
  const facade = asWinston(createLogger());
  facade.add(transport as never);
  facade.defaultMeta = defaultMeta;
  count = 0;
  logger.info("one");
  facade.info("two");
  asWinston(logger).child(defaultMeta).info("three");
  expect(transport.infos.map((info) => [info["rid"], info["broken"]])).toEqual([
    [1, undefined],
    [2, undefined],
    [expect.any(Number), undefined],
  ]);
  expect(transport.infos[0]?.[MESSAGE]).toContain('"service":"shop"');
});
