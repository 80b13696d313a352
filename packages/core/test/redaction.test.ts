import { createLogger, errorToHand, type HandlerOptions, type LogRecord, recordFromJSON } from "@logbridge/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compilePaths } from "../src/record/redact-paths.ts";
import { RedactingWalk } from "../src/record/redact-walk.ts";

const SECRET = "hunter2-secret";

interface Seen {
  readonly texts: string[];
  readonly records: LogRecord[];
  readonly logger: ReturnType<typeof createLogger>;
}

function redacting(redact: readonly string[], options: HandlerOptions = {}): Seen {
  const logger = createLogger();
  const texts: string[] = [];
  const records: LogRecord[] = [];
  logger.add(
    (text, record) => {
      texts.push(text);
      records.push(record);
    },
    { format: "{message}", level: 0, redact, ...options },
  );
  return { logger, texts, records };
}

const walked = (value: unknown, ...paths: string[]): unknown =>
  new RedactingWalk().root(value, compilePaths(paths, "test"));

/** Everything that a record says, the thrown value itself left out. */
const all = (record: LogRecord): string => JSON.stringify(record) + JSON.stringify(record.extra);

describe("a redact path", () => {
  test.each([
    ["password", { password: "x", user: { password: "y" } }, { password: "[REDACTED]", user: { password: "y" } }],
    ["user.card", { user: { card: 1, name: "a" } }, { user: { card: "[REDACTED]", name: "a" } }],
    ["users[*].name", { users: [{ name: "a", id: 1 }] }, { users: [{ name: "[REDACTED]", id: 1 }] }],
    ["users[1]", { users: ["a", "b"] }, { users: ["a", "[REDACTED]"] }],
    ["users.1", { users: ["a", "b"] }, { users: ["a", "[REDACTED]"] }],
    ['headers["x.token"]', { headers: { "x.token": 1, x: 2 } }, { headers: { "x.token": "[REDACTED]", x: 2 } }],
    ["['a*']", { "a*": 1, ab: 2 }, { "a*": "[REDACTED]", ab: 2 }],
    ["*.token", { a: { token: 1 }, token: 2 }, { a: { token: "[REDACTED]" }, token: 2 }],
    [
      "**.token",
      { token: 1, a: { b: [{ token: 2 }] }, c: { token: { d: 1 } } },
      { token: "[REDACTED]", a: { b: [{ token: "[REDACTED]" }] }, c: { token: "[REDACTED]" } },
    ],
    [
      "a.**.z",
      { a: { z: 1, b: { c: { z: 2 } } }, z: 3 },
      { a: { z: "[REDACTED]", b: { c: { z: "[REDACTED]" } } }, z: 3 },
    ],
    ["**.a.*.b", { a: { a: { x: { b: 1 } } } }, { a: { a: { x: { b: "[REDACTED]" } } } }],
    ["*", { a: 1, b: { c: 1 } }, { a: "[REDACTED]", b: "[REDACTED]" }],
    ["a", { a: null, b: undefined }, { a: "[REDACTED]", b: undefined }],
    ["a", { a: undefined }, { a: undefined }],
  ])("%s names what it says", (path, given, shown) => {
    expect(walked(given, path)).toEqual(shown);
  });

  test.each([
    ["", /position 0: a step has no name/],
    [".a", /position 0: a step has no name/],
    ["a.", /position 2: a step has no name/],
    ["a..b", /position 2: a step has no name/],
    ["a[", /position 1: brackets hold/],
    ["a[b]", /position 1: brackets hold/],
    ["a[0]b", /position 4: a dot or a bracket must stand here/],
    ["a]b", /must stand here/],
    ["pass*", /a \* stands for a whole step/],
    ["a. b", /begins or ends with a space/],
    [Array(70).fill("a").join("."), /more than 64 steps/],
  ])("%j is refused at add(), configure() and createLogger(), with its name", (path, message) => {
    const logger = createLogger();
    for (const attempt of [
      () => logger.add(() => {}, { redact: [path] }),
      () => logger.configure({ redact: [path] }),
      () => createLogger({ redact: [path] }),
    ]) {
      expect(attempt).toThrow(message);
      expect(attempt).toThrow(/LB1041/);
      expect(attempt).toThrow(JSON.stringify(path));
    }
  });

  test("is a text in a list", () => {
    const logger = createLogger();
    expect(() => logger.add(() => {}, { redact: [1 as never] })).toThrow(/redact\[0\] must be a path as text.*LB1040/);
    expect(() => logger.configure({ redact: "password" as never })).toThrow(/must be a list of paths.*LB1040/);
    expect(() => logger.add(() => {}, { redact: { paths: [] } as never })).toThrow(/LB1040/);
  });
});

describe("what is redacted", () => {
  test("is copied along the paths alone; the caller's objects stay as they are", () => {
    const shared = { deep: { list: [1, 2, 3] } };
    const given = { user: { password: SECRET, profile: shared }, other: shared };
    const before = structuredClone(given);
    const shown = walked(given, "user.password") as typeof given;
    expect(given).toEqual(before);
    expect(shown).not.toBe(given);
    expect(shown.other).toBe(shared);
    expect(shown.user.profile).toBe(shared);
    expect(walked(given, "user.nothing")).toBe(given);
  });

  test("keeps cycles and what is shared", () => {
    const node: Record<string, unknown> = { token: SECRET };
    node["self"] = node;
    node["list"] = [node, { up: node }];
    const shown = walked({ node }, "**.token") as { node: typeof node };
    expect(shown.node["self"]).toBe(shown.node);
    expect((shown.node["list"] as unknown[])[0]).toBe(shown.node);
    expect((shown.node["list"] as { up: unknown }[])[1]?.up).toBe(shown.node);
    expect(shown.node["token"]).toBe("[REDACTED]");
    expect(node["token"]).toBe(SECRET);
  });

  test("is found in Maps by key, in Sets, in class instances; functions and dates with such properties are hidden whole", () => {
    class User {
      password = SECRET;
      name = "ann";
      greet(): string {
        return `I am ${this.name}`;
      }
    }
    const shown = walked(
      {
        map: new Map<unknown, unknown>([
          ["token", SECRET],
          [{ token: SECRET }, 1],
        ]),
        set: new Set([{ token: SECRET }]),
        user: new User(),
        call: Object.assign(() => {}, { token: SECRET }),
        date: Object.assign(new Date(0), { token: SECRET }),
        plain: new Date(0),
      },
      "**.token",
      "*.password",
    ) as Record<"map" | "set" | "user" | "call" | "date" | "plain", unknown>;
    expect([...(shown["map"] as Map<unknown, unknown>)]).toEqual([
      ["token", "[REDACTED]"],
      [{ token: "[REDACTED]" }, 1],
    ]);
    expect([...(shown["set"] as Set<unknown>)]).toEqual([{ token: "[REDACTED]" }]);
    expect(shown["user"]).toBeInstanceOf(User);
    expect((shown["user"] as User).password).toBe("[REDACTED]");
    expect((shown["user"] as User).greet()).toBe("I am ann");
    expect(shown["call"]).toBe("[REDACTED]");
    expect(shown["date"]).toBe("[REDACTED]");
    expect(shown["plain"]).toEqual(new Date(0));
  });

  test("runs no getter and asks no proxy", () => {
    let ran = 0;
    const touched = (): never => {
      ran++;
      throw new Error("touched");
    };
    const given = {
      get token() {
        return touched();
      },
      inner: {
        get other() {
          return touched();
        },
      },
      proxy: new Proxy({ token: SECRET }, new Proxy({}, { get: touched }) as ProxyHandler<{ token: string }>),
    };
    const shown = walked(given, "**.token") as Record<string, unknown>;
    expect(shown).toEqual({ token: "[REDACTED]", inner: { other: "[Getter]" }, proxy: "[Proxy]" });
    expect(ran).toBe(0);
  });

  test("is hidden in what a toJSON method gives, too", () => {
    class Account {
      readonly #token: string;
      constructor(token: string) {
        this.#token = token;
      }
      toJSON(): object {
        return { token: this.#token, id: 1 };
      }
    }
    const { logger, records } = redacting(["**.token"]);
    logger.info("x", { account: new Account(SECRET) });
    expect(JSON.parse(JSON.stringify(records[0]?.extra))).toEqual({ account: { token: "[REDACTED]", id: 1 } });
    expect(all(records[0] as LogRecord)).not.toContain(SECRET);
  });

  test("is bounded: what lies deeper than `**` looks is hidden", () => {
    let deep: Record<string, unknown> = { token: SECRET };
    for (let depth = 0; depth < 100; depth++) deep = { deep };
    expect(JSON.stringify(walked(deep, "**.token"))).not.toContain(SECRET);
    const wide = Array.from({ length: 200_000 }, () => ({ token: SECRET }));
    expect(JSON.stringify(walked({ wide }, "**.token"))).not.toContain(SECRET);
  });

  test("is never there for any tree and any path into it, and all else stays", () => {
    const key = fc.constantFrom("a", "b", "c", "x.y", "0", "__proto__");
    const tree = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.integer(),
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(key, tie("tree"), { maxKeys: 3 }),
      ),
    })).tree;
    fc.assert(
      fc.property(
        fc.dictionary(key, tree, { maxKeys: 4 }),
        fc.array(key, { minLength: 1, maxLength: 4 }),
        (given, steps) => {
          const before = structuredClone(given);
          const path = steps.map((step) => `[${JSON.stringify(step)}]`).join("");
          const shown = walked(given, path);
          expect(given).toEqual(before);
          let at: unknown = given;
          let seen: unknown = shown;
          for (const step of steps) {
            const found = typeof at === "object" && at !== null ? Object.getOwnPropertyDescriptor(at, step) : undefined;
            if (!found?.enumerable) {
              expect(shown).toBe(given);
              return;
            }
            at = found.value;
            seen = Object.getOwnPropertyDescriptor(seen, step)?.value;
          }
          expect(seen).toBe("[REDACTED]");
        },
      ),
    );
  });
});

describe("the message of a redacting handler", () => {
  const paths = ["**.password", "pin"];
  const secret = { password: SECRET };
  const CALLS: Readonly<Record<string, (log: ReturnType<typeof createLogger>) => void>> = {
    "a named field": (log) => log.info("login {password}", secret),
    "a positional field": (log) => log.info("login {}", secret),
    "an attribute": (log) => log.info("login {[password]} {0.password}", secret),
    "a list": (log) => log.info("login {}", [secret]),
    "a nested value": (log) => log.info("login {user}", { user: secret }),
    "a nested attribute": (log) => log.info("login {user.password}", { user: secret }),
    "a conversion": (log) => log.info("login {!r} {!j} {!s}", secret, secret, secret),
    "a spec for numbers": (log) => log.info("pin {pin:08.2f}", { pin: 12345678 }),
    "a tagged template": (log) => log.info`login ${secret} and ${[secret]}`,
    "colour markup": (log) => log.opt({ colors: true }).info("<red>login</red> {} {password}", secret, secret),
    "colour markup with surplus arguments": (log) => log.opt({ colors: true }).info("<red>login</red>", [secret]),
    printf: (log) => log.info("login %o %j", secret, secret),
    "fields first": (log) => log.info(secret),
    "fields first with a text": (log) => log.info(secret, "login by {password}"),
    "surplus arguments": (log) => log.info("login", [secret], secret),
    "a value alone": (log) => log.info([secret]),
    "lazy values": (log) => log.opt({ lazy: true }).info("login {}", () => secret),
    "lazy fields": (log) => log.opt({ lazy: true }).info("login {password}", { password: () => SECRET }),
    "no capture": (log) => log.opt({ capture: false }).info("login {password}", secret),
    "the record": (log) =>
      log.bind(secret).opt({ record: true }).info("login {record[extra][password]} {record.extra}"),
    "raw output": (log) => log.opt({ raw: true }).info("login {}\n", secret),
    "an error's property": (log) => log.error("failed {!r}", Object.assign(new Error("x"), secret)),
    "an error alone": (log) => log.error(Object.assign(new Error("x"), secret)),
    "a second error": (log) => log.error("failed", new Error("x"), Object.assign(new Error("y"), secret)),
    "an error under a key": (log) => log.error("failed {err!r}", { err: Object.assign(new Error("x"), secret) }),
    "something thrown that is no error": (log) => log.opt({ exception: secret }).error("failed"),
    "an error's cause": (log) => log.error("failed", new Error("x", { cause: Object.assign(new Error("y"), secret) })),
    "a cause that is no error": (log) => log.error("failed", new Error("x", { cause: secret })),
    "inner errors": (log) => log.error(new AggregateError([Object.assign(new Error("y"), secret), secret], "many")),
    "context and bound values": (log) => log.contextualize(secret, () => log.bind({ deep: [secret] }).info("login")),
    "a patcher": (log) =>
      log
        .patch((record) => void ((record.extra as Record<string, unknown>)["password"] = SECRET))
        .info("login {password}", secret),
    "a patcher that changes the message": (log) =>
      log.patch((record) => void (record.message += ` as ${SECRET}`)).info("login {password}", secret),
  };

  test.each(Object.keys(CALLS))("holds no secret with %s, and no sink of any shape does", (name) => {
    for (const serialize of [false, true, "flat", "ecs", "gcp", "logfmt"] as const) {
      const { logger, texts, records } = redacting(paths, {
        serialize,
        format: "{message} {extra} {exception.value} {exception.properties}",
        backtrace: true,
        diagnose: false,
      });
      const plain: string[] = [];
      logger.add((text) => void plain.push(text), { serialize: true, format: "{message} {extra} {exception.value}" });
      CALLS[name]?.(logger);
      expect(texts).toHaveLength(1);
      expect(texts[0]).not.toMatch(/hunter2|12345678/);
      expect(all(records[0] as LogRecord)).not.toMatch(/hunter2|12345678/);
      expect(texts[0] + all(records[0] as LogRecord)).toContain("[REDACTED]");
      // The other handler has the record as it is.
      expect(plain[0]).toMatch(/hunter2|12345678/);
    }
  });

  test("says what the call said, without the secret", () => {
    const { logger, texts } = redacting(["password", "price", "card.number"]);
    logger.info("{user} {password} {card[number]} {price:.2f}", {
      user: "ann",
      password: SECRET,
      card: { number: 4111 },
      price: 5,
    });
    logger.info({ password: SECRET, id: 7 });
    logger.info("nothing {id}", { id: 7 });
    expect(texts).toEqual([
      "ann [REDACTED] [REDACTED] [REDACTED]\n",
      "{ password: '[REDACTED]', id: 7 }\n",
      "nothing 7\n",
    ]);
  });

  test("keeps the colours of the call", () => {
    const { logger, texts } = redacting(["password"], { colorize: true });
    logger.opt({ colors: true }).info("<red>{password}</red>", { password: SECRET });
    expect(texts).toEqual(["\x1b[31m[REDACTED]\x1b[0m\n"]);
  });

  test("evaluates lazy values once", () => {
    const { logger, records } = redacting(["password"]);
    let ran = 0;
    logger.opt({ lazy: true }).info("{}", () => ({ password: SECRET, ran: ++ran }));
    expect(ran).toBe(1);
    expect(records[0]?.message).toContain("ran: 1");
  });
});

describe("redaction", () => {
  test("for the whole logger is for every handler, and adds to that of a handler", () => {
    const logger = createLogger({ redact: ["password"] });
    const seen: LogRecord[] = [];
    logger.add((_text, record) => void seen.push(record));
    logger.add((_text, record) => void seen.push(record), { redact: ["token"] });
    logger.info("{password} {token}", { password: SECRET, token: "t0ken" });
    expect(seen.map(({ message }) => message)).toEqual(["[REDACTED] t0ken", "[REDACTED] [REDACTED]"]);
    logger.configure({ redact: null });
    logger.info("{password}", { password: SECRET });
    expect(seen[2]?.message).toBe(SECRET);
    logger.configure({ redact: ["**.password"] });
    logger.error(
      "{}",
      { a: { password: SECRET } },
      Object.assign(new Error("x"), { token: "t0ken", password: SECRET }),
    );
    expect(all(seen[4] as LogRecord)).not.toContain(SECRET);
    expect(all(seen[4] as LogRecord)).toContain("t0ken");
    expect(all(seen[5] as LogRecord)).not.toContain("t0ken");
    expect(errorToHand(seen[5]?.exception as never)).toMatchObject({ token: "[REDACTED]", password: "[REDACTED]" });
  });

  test("is before filter, patch and format of its handler", () => {
    const logger = createLogger();
    const asked: string[] = [];
    const texts: string[] = [];
    logger.add((text) => void texts.push(text), {
      redact: ["password"],
      filter: (record) => asked.push(JSON.stringify(record)),
      patch: (record) => {
        asked.push(JSON.stringify(record));
        record.extra = { ...record.extra, password: SECRET };
      },
      format: (record) => {
        asked.push(JSON.stringify(record));
        return "{message} {extra}\n";
      },
    });
    logger.info("{password}", { password: SECRET });
    expect(asked).toHaveLength(3);
    expect(asked.join("")).not.toContain(SECRET);
    expect(texts[0]).toBe("[REDACTED] { password: '[REDACTED]' }\n");
  });

  test("is for what onError and the report of a failure say, too", () => {
    const records: LogRecord[] = [];
    const logger = createLogger();
    logger.add(
      () => {
        throw new Error("full");
      },
      { redact: ["password"], onError: (_kind, failed) => void records.push(...failed) },
    );
    logger.info("{password}", { password: SECRET });
    expect(records[0]?.message).toBe("[REDACTED]");
  });

  test("is for what was held before the handlers came, too", async () => {
    const logger = createLogger();
    const early = logger.holdEarly();
    logger.info("{password} {}", { password: SECRET });
    logger.opt({ lazy: true }).info("{password}", { password: () => SECRET });
    const texts: string[] = [];
    logger.add((text) => void texts.push(text), { redact: ["password"], format: "{message}" });
    early.release();
    await logger.complete();
    expect(texts).toHaveLength(2);
    expect(texts.join("")).not.toContain(SECRET);
  });

  test("can be changed by update()", () => {
    const logger = createLogger();
    const texts: string[] = [];
    const id = logger.add((text) => void texts.push(text), { format: "{message}" });
    logger.info("{password}", { password: SECRET });
    logger.handler(id).update({ redact: ["password"] });
    logger.info("{password}", { password: SECRET });
    expect(texts).toEqual([`${SECRET}\n`, "[REDACTED]\n"]);
  });

  test("hides in a finished text what it hides in the fields: numbers and texts of four characters or more", () => {
    const { logger, records } = redacting(["**.password", "pin", "short"]);
    const data = {
      ...JSON.parse(JSON.stringify(createdRecord())),
      message: `login ${SECRET} { password: "it's\\nme" } 123456 abc`,
      args: [SECRET, { password: "it's\nme" }],
      extra: { user: { password: SECRET }, pin: 123456, short: "abc" },
    };
    logger.emit(recordFromJSON(data));
    expect(records[0]?.message).toBe('login [REDACTED] { password: "[REDACTED]" } [REDACTED] abc');
    expect(records[0]?.args[0]).toBe("[REDACTED]");
  });

  test("S-ERR-3: paths reach the properties of an error and of its causes on every handler, not its text", () => {
    const cause = Object.assign(new Error("inner"), { config: { token: SECRET } });
    const error = Object.assign(new Error("x", { cause }), { config: { token: SECRET, url: "/a" } });
    for (const redact of [["**.token"], ["config.token"]])
      for (const serialize of [false, true, "flat", "ecs", "gcp", "logfmt"] as const) {
        const { logger, texts, records } = redacting(redact, { serialize });
        logger.error(error, "failed");
        expect(texts[0]).not.toContain(SECRET);
        expect(all(records[0] as LogRecord)).not.toContain(SECRET);
        expect(records[0]?.exception?.properties).toEqual({ config: { token: "[REDACTED]", url: "/a" } });
        expect(records[0]?.exception?.cause?.properties).toEqual({ config: { token: "[REDACTED]" } });
        expect(records[0]?.exception?.stack.length).toBeGreaterThan(0);
        if (serialize !== true) expect(texts[0]).toContain("inner");
      }
    const { logger, texts } = redacting(["**.message", "**.stack", "message"]);
    logger.error(new Error(SECRET));
    expect(texts[0]).toContain(`Error: ${SECRET}`);
    expect(cause.config.token + error.config.token).toBe(SECRET + SECRET);
  });

  test("S-ERR-5: exception.value is the very object in every sink, and what is handed on is a copy of it", () => {
    class Failure extends TypeError {
      readonly token = SECRET;
    }
    const error = new Failure("x", { cause: Object.assign(new Error("y"), { token: SECRET }) });
    const { logger, records } = redacting(["token"], { serialize: true });
    const others: LogRecord[] = [];
    logger.add((_text, record) => void others.push(record));
    logger.error(error);
    expect(records[0]?.exception?.value).toBe(error);
    expect(others[0]?.exception?.value).toBe(error);
    const handed = errorToHand(records[0]?.exception as never) as Failure;
    expect(handed).not.toBe(error);
    expect(handed).toBeInstanceOf(Failure);
    expect(handed.token).toBe("[REDACTED]");
    expect((handed.cause as Failure).token).toBe("[REDACTED]");
    expect([handed.message, handed.stack, handed.name]).toEqual([error.message, error.stack, error.name]);
    expect(errorToHand(others[0]?.exception as never)).toBe(error);
    expect(error.token).toBe(SECRET);
  });

  test("copies errors of the platform whose parts are accessors", () => {
    const error = Object.assign(new DOMException("late", "TimeoutError"), { token: SECRET });
    const { logger, records } = redacting(["token"]);
    logger.error(error);
    expect(records[0]?.exception).toMatchObject({ type: "TimeoutError", message: "late" });
    expect(errorToHand(records[0]?.exception as never)).toMatchObject({ name: "TimeoutError", token: "[REDACTED]" });
  });

  test("costs nothing where it reaches nothing: the record is the same", () => {
    const { logger, records } = redacting(["password"]);
    const others: LogRecord[] = [];
    logger.add((_text, record) => void others.push(record));
    logger.error("x {}", 1, { id: 1 }, new Error("y"));
    expect(records[0]).toBe(others[0]);
  });

  test("keeps what else a record has", () => {
    const { logger, records } = redacting(["password"], { needs: { caller: true } });
    const others: LogRecord[] = [];
    logger.add((_text, record) => void others.push(record));
    logger.info("x", { password: SECRET });
    const { extra: _extra, ...shown } = records[0]?.toJSON() ?? {};
    const { extra: _other, ...given } = others[0]?.toJSON() ?? {};
    expect(shown).toEqual(given);
    expect(shown).toMatchObject({ file: { name: "redaction.test.ts" } });
    expect(records[0]?.seq).toBe(others[0]?.seq);
  });

  test("of a handler without caller does not capture a wrong one later", () => {
    const { logger, records } = redacting(["password"]);
    logger.info("x", { password: SECRET });
    expect(records[0]?.line).toBeNull();
  });
});

function createdRecord(): LogRecord {
  const { logger, records } = redacting([]);
  logger.info("x");
  return records[0] as LogRecord;
}
