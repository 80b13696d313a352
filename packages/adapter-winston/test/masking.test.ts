import { describe, expect, test } from "vitest";
import winston from "winston";
import { asWinston, interceptWinston, logbridgeTransport } from "../src/index.ts";
import { LEVEL, ours, theirs } from "./setting.ts";

const SECRET = "hunter2";
const { combine, errors, json, logstash, metadata, printf, timestamp } = winston.format;

/** What a logger of that format says, and everything in the record that anybody can read. */
function taken(format: winston.Logform.Format, say: (logger: winston.Logger) => void) {
  const { logger, lines } = theirs({ format });
  const all = ours();
  const interception = interceptWinston(logger, { logger: all.logger });
  say(logger);
  interception.restore();
  const [record] = all.records;
  if (!record) throw new Error("no record");
  const { exception, message, extra } = record;
  return {
    record,
    line: lines[0] ?? "",
    text: JSON.stringify(record.toJSON()) + deepText([exception, message, extra]),
  };
}

/** Every text in it, hidden properties and causes included. */
function deepText(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value !== "object" || value === null || seen.has(value)) return String(value);
  seen.add(value);
  return Reflect.ownKeys(value)
    .map((key) => deepText(Object.getOwnPropertyDescriptor(value, key)?.value, seen))
    .join("\n");
}

function failure(): Error {
  const cause = Object.assign(new RangeError("upstream said no"), {
    config: { headers: { Authorization: SECRET } },
  });
  return Object.assign(new TypeError("save failed", { cause }), { password: SECRET });
}

const GIVEN: [string, (logger: winston.Logger) => void][] = [
  ["as the info", (logger) => void logger.error(failure() as never)],
  ["behind a text", (logger) => void logger.error("it broke:", failure())],
  ["as the message", (logger) => void logger.log({ level: "error", message: failure() as never })],
];

describe("what a format leaves of an error", () => {
  test.each(GIVEN)(
    "only level and message: class, message and stack, no properties, causes alike (%s)",
    (_way, say) => {
      const format = winston.format((info) => ({
        level: info.level,
        message: String(info.message),
        [LEVEL]: info.level,
      }))();
      const { record, text } = taken(combine(errors(), format), say);
      expect(text).not.toContain(SECRET);
      expect(record.exception).toMatchObject({ type: "TypeError", message: "save failed" });
      expect(record.exception?.stack.length).toBeGreaterThan(0);
      expect(record.exception?.cause).toMatchObject({ type: "RangeError", message: "upstream said no" });
      expect(record.exception?.cause?.stack.length).toBeGreaterThan(0);
    },
  );

  test.each(GIVEN.slice(0, 2))("a stack that is deleted stays deleted (%s)", (_way, say) => {
    const drop = winston.format((info) => {
      delete info["stack"];
      return info;
    })();
    expect(taken(combine(drop, json()), say).record.exception?.stack).toEqual([]);
  });

  test("a deep mask covers the causes", () => {
    const deep = (value: unknown): unknown =>
      typeof value === "object" && value !== null
        ? Object.fromEntries(
            Object.entries(value).map(([key, one]) => [key, /pass|auth/i.test(key) ? "••" : deep(one)]),
          )
        : value;
    const mask = winston.format((info) => {
      for (const key of Object.keys(info)) info[key] = key === "password" ? "••" : deep(info[key]);
      return info;
    })();
    const { record, text } = taken(combine(mask, json()), (logger) => logger.error("it broke:", failure()));
    expect(text).not.toContain(SECRET);
    expect(record.exception?.properties).toEqual({ password: "••" });
    expect(record.exception?.cause).toMatchObject({ type: "RangeError", message: "upstream said no" });
  });

  test("a text that is masked in the message is masked in stack, causes and inner errors", () => {
    const mask = winston.format((info) => {
      info.message = String(info.message).replaceAll(SECRET, "••");
      return info;
    })();
    const cause = new AggregateError([new Error(`inner ${SECRET}`)], `no such user: ${SECRET}`);
    const { record, text } = taken(combine(mask, json()), (logger) =>
      logger.error("it broke:", new Error(`login of ${SECRET} failed`, { cause })),
    );
    expect(text).not.toContain(SECRET);
    expect(record.exception?.cause?.message).toBe("no such user: [Redacted]");
  });

  test("what is left as it is stays the error itself", () => {
    const error = failure();
    const { record } = taken(json(), (logger) => logger.error("it broke:", error));
    expect(record.exception?.value).toBe(error);
  });

  test("an error whose format moves its parts is as they left it", () => {
    const { record } = taken(combine(metadata(), json()), (logger) => logger.error("it broke:", failure()));
    expect(record.exception).toMatchObject({ type: "TypeError", properties: { password: SECRET } });
    expect(record.exception?.stack.length).toBeGreaterThan(0);
  });

  test("an error that a placeholder takes was seen by no format: secrets in its causes are hidden", () => {
    const { text, record } = taken(json(), (logger) => logger.error("broken: %s", failure()));
    expect(text).not.toContain(SECRET);
    expect(record.exception?.cause?.type).toBe("RangeError");
  });
});

describe("json({ replacer })", () => {
  const format = json({ replacer: (key, value) => (/password|Authorization/.test(key) ? "***" : value) });

  test("what the line hides the record hides", () => {
    const { record, text, line } = taken(format, (logger) =>
      logger.info("login", {
        password: SECRET,
        user: { name: "ada", password: SECRET },
        at: new Date(0),
        list: [1, { password: SECRET }],
      }),
    );
    expect(line).toContain('"password":"***"');
    expect(text).not.toContain(SECRET);
    expect(record.extra).toEqual({
      password: "***",
      user: { name: "ada", password: "***" },
      at: new Date(0),
      list: [1, { password: "***" }],
    });
  });

  test.each(GIVEN.slice(0, 2))("on errors too (%s)", (_way, say) => {
    expect(taken(format, say).text).not.toContain(SECRET);
  });

  test("in the message", () => {
    const hide = json({
      replacer: (_key, value) => (typeof value === "string" ? value.replaceAll(SECRET, "***") : value),
    });
    const { record, text } = taken(hide, (logger) => logger.info(`user ${SECRET}`, { deep: { of: SECRET } }));
    expect(text).not.toContain(SECRET);
    expect(record.message).toBe("user ***");
  });

  test("what it leaves out is left out; what comes after the line, or has a line of another make, stays", () => {
    const drop = json({ replacer: (key, value) => (key === "password" ? undefined : value) });
    expect(taken(drop, (logger) => logger.info("login", { password: SECRET })).record.extra).toEqual({});
    const late = winston.format((info) => Object.assign(info, { late: true }))();
    expect(taken(combine(json(), late), (logger) => logger.info("x", { a: 1 })).record.extra).toEqual({
      a: 1,
      late: true,
    });
    const other = printf((info) => JSON.stringify({ severity: info.level, text: info.message }));
    expect(taken(other, (logger) => logger.info("x", { a: 1 })).record.extra).toEqual({ a: 1 });
  });

  test("values that JSON writes in its own way stay what they are", () => {
    const circular: Record<string, unknown> = { a: 1 };
    circular["self"] = circular;
    const fields = {
      at: new Date(0),
      big: 12n,
      map: new Map([[1, 2]]),
      bytes: Buffer.from("x"),
      nan: Number.NaN,
      circular,
      none: undefined,
      url: new URL("https://x.org/"),
    };
    const { record } = taken(json(), (logger) => logger.info("x", fields));
    for (const key of ["at", "big", "map", "bytes", "nan", "circular", "url"] as const)
      expect(record.extra[key]).toBe(fields[key]);
  });
});

describe("logstash()", () => {
  test("the message stays", () => {
    const { record, line } = taken(combine(timestamp(), logstash()), (logger) => logger.info("order paid", { id: 7 }));
    expect(line).toContain('"@message":"order paid"');
    expect(record.message).toBe("order paid");
    expect(record.extra).toEqual({ id: 7 });
  });

  test.each(GIVEN.slice(0, 2))("and that of an error (%s)", (_way, say) => {
    const { record } = taken(logstash(), say);
    expect(record.message).toContain("save failed");
    expect(record.exception).toMatchObject({ type: "TypeError", message: "save failed" });
  });

  test("as an earlier format has masked it", () => {
    const mask = winston.format((info) =>
      Object.assign(info, { message: String(info.message).replaceAll(SECRET, "••") }),
    )();
    const { record, text } = taken(combine(mask, logstash()), (logger) => logger.info(`user ${SECRET}`));
    expect(record.message).toBe("user ••");
    expect(text).not.toContain(SECRET);
  });
});

test("a line is printed as without us, whatever is read from it", () => {
  expect(taken(json(), (logger) => logger.info("x", { b: 1, a: 2 })).line).toBe(
    '{"a":2,"b":1,"level":"info","message":"x"}',
  );
});

describe("errors that winston keeps from the format", () => {
  const mask = winston.format((info) => {
    info.message = String(info.message).replaceAll(SECRET, "••");
    if (typeof info["stack"] === "string") info["stack"] = info["stack"].replaceAll(SECRET, "••");
    if (info["password"]) info["password"] = "••";
    return info;
  })();
  const SAYS: [string, (logger: winston.Logger) => void][] = [
    ["behind a %", (logger) => void logger.error("%s failed", errorOf())],
    ["behind a % that a text fills", (logger) => void logger.error("%s failed", "login", errorOf())],
    ["as the second argument", (logger) => void logger.error("login", "failed", errorOf())],
  ];
  const errorOf = (): Error => Object.assign(new TypeError(`pw=${SECRET}`), { password: SECRET, req: { a: SECRET } });
  const deep = winston.format((info) => {
    const req = info["req"] as { a?: string } | undefined;
    if (req) req.a = "••";
    return info;
  })();

  test.each(SAYS)("%s: it runs on them by themselves", (_way, say) => {
    for (const format of [combine(mask, deep, json()), combine(winston.format.splat(), mask, deep, json())]) {
      const { record, text } = taken(format, say);
      expect(text).not.toContain(SECRET);
      expect(record.exception).toMatchObject({ type: "TypeError", message: "pw=••" });
    }
  });

  test.each(SAYS)("%s: behind logbridgeTransport(), and through a facade with a format", (_way, say) => {
    const { logger, records } = ours();
    say(winston.createLogger({ format: combine(mask, deep, json()), transports: [logbridgeTransport({ logger })] }));
    const facade = asWinston(logger);
    facade.format = combine(mask, deep);
    say(facade);
    expect(records).toHaveLength(2);
    expect(deepText(records.map(({ exception, message, extra }) => [exception, message, extra]))).not.toContain(SECRET);
  });

  test("class and frames alone where it drops or fails", () => {
    const filter = winston.format((info) => (info["stack"] ? false : info))();
    const { record, text } = taken(combine(filter, json()), (logger) => logger.error("%s failed", errorOf()));
    expect(text).not.toContain(SECRET);
    expect(record.exception).toMatchObject({ type: "TypeError", message: "[Redacted]" });
    expect(record.exception?.stack.length).toBeGreaterThan(0);
  });

  test("one that it leaves alone is the application's own", () => {
    const error = new TypeError("no");
    expect(taken(json(), (logger) => logger.error("%s failed", error)).record.exception?.value).toBe(error);
  });
});

describe("causes and inner errors that a format replaces", () => {
  test.each<[string, (cause: Error) => unknown]>([
    ["by another error", () => new Error("upstream ••")],
    ["by a text", () => "upstream ••"],
    ["by a plain object", () => ({ message: "upstream ••" })],
  ])("%s", (_way, other) => {
    const mask = winston.format((info) => Object.assign(info, { cause: other(info["cause"] as Error) }))();
    const cause = Object.assign(new RangeError(`upstream ${SECRET}`), { token: SECRET });
    const { record, text } = taken(combine(errors({ stack: true, cause: true }), mask, json()), (logger) =>
      logger.error(new Error("save failed", { cause }) as never),
    );
    expect(text).not.toContain(SECRET);
    expect(record.exception).toMatchObject({ message: "save failed" });
    expect(record.exception?.cause?.message).toMatch(/^upstream /);
  });

  test("inner errors", () => {
    const mask = winston.format((info) => {
      const { errors: inner } = info as { errors?: Error[] };
      return Object.assign(info, { errors: inner?.map((one) => new Error(one.message.replaceAll(SECRET, "••"))) });
    })();
    const { record, text } = taken(combine(mask, json()), (logger) =>
      logger.error(new AggregateError([new Error(`upstream ${SECRET}`)], "save failed") as never),
    );
    expect(text).not.toContain(SECRET);
    expect(record.exception?.errors).toHaveLength(1);
  });
});
