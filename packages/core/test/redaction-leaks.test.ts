import { createLogger, type HandlerOptions, type Logger, type LogRecord } from "@logbridge/core";
import { describe, expect, test } from "vitest";
import { OPENED, PW } from "./support/opened-values.ts";
import { program } from "./support/program.ts";

const LEAK = /hunter2|104, ?117|68 75 6e/;

/** Logs once for each format and serializer into real sinks; gives all that was written and all that the records say. */
function written(use: (logger: Logger) => void, own: HandlerOptions = {}): string {
  const all: string[] = [];
  for (const serialize of [false, true, "flat", "ecs", "gcp", "logfmt"] as const) {
    const logger = createLogger({ redact: ["**.password"] });
    logger.add(
      (text, record) => {
        all.push(text, JSON.stringify(record), record.message, record.template);
      },
      { serialize, level: 0, format: "{message} {extra} {extra!r} {extra!j} {exception}", diagnose: false, ...own },
    );
    use(logger);
    expect(all.length).toBeGreaterThan(0);
  }
  return all.join("\n");
}

/** Shows a value in every way a call knows. */
function everyWay(make: () => unknown): (logger: Logger) => void {
  return (logger) => {
    const value = make();
    logger.info("a {}", value);
    logger.info("a {!r} {!s} {!j}", value, value, value);
    logger.info("a %o %O %j %s", value, value, value, value);
    logger.info("a", [value], { value });
    logger.info("a {value} {value!r}", { value });
    logger.info(value as never);
    logger.info`a ${value} ${[value]}`;
    logger.bind({ deep: [{ value }] }).info("a");
    logger.opt({ colors: true }).info("<red>a</red> {}", value);
  };
}

describe("what a patcher writes", () => {
  const patch = (record: LogRecord): void => {
    (record.extra as Record<string, unknown>)["password"] = PW;
    record.message += ` login ${PW}`;
  };

  test("is hidden by the paths of the logger when it is the patcher of a handler without paths", () => {
    expect(written((logger) => logger.info("a {}", 1), { patch })).not.toMatch(LEAK);
    expect(written((logger) => logger.info("a", { password: PW }), { patch })).not.toMatch(LEAK);
    expect(written((logger) => logger.info("a"), { patch, redact: ["other"] })).not.toMatch(LEAK);
  });

  test("is hidden in what stands in the place of an error's message, and in that of a cause", () => {
    const bad = (): Error => Object.assign(new Error("x"), { message: { password: PW, text: "bad" } });
    for (const thrown of [bad(), new Error("outer", { cause: bad() }), new AggregateError([bad()], "all")]) {
      const shown = written((logger) => logger.opt({ exception: thrown }).error("failed"));
      expect(shown).not.toMatch(LEAK);
      expect(shown).toContain("bad");
    }
  });

  test("hides no numbers that no path names", () => {
    const shown = written((logger) =>
      logger.info("a", { v: new Float32Array([1.5, Number.NaN]), map: new Map([[1, Number.NaN]]) }),
    );
    expect(shown).not.toContain("REDACTED");
  });

  test("is hidden in the message when the value came with the patcher alone", () => {
    expect(written((logger) => logger.patch(patch).info("a {}", 1))).not.toMatch(LEAK);
    expect(
      written((logger) => {
        logger.configure({ patcher: patch });
        logger.info("a");
      }),
    ).not.toMatch(LEAK);
    const shown = written((logger) => logger.patch((record) => void (record.message = "mine")).info("a {}", 1));
    expect(shown).toContain("mine");
  });

  test("is not in the report of a patcher that throws the record", async () => {
    const { stderr, stdout } = await program(`
      import { createLogger } from "@logbridge/core";
      const secret = { password: ${JSON.stringify(PW)} };
      for (const [redact, own] of [[["**.password"], {}], [[], { redact: ["**.password"] }]]) {
        const logger = createLogger({ redact });
        logger.add((text) => console.log(text), own);
        logger.patch((record) => { throw record; }).info("a {password}", secret);
        logger.patch((record) => { throw new Error(record.message); }).info("a {password}", secret);
      }
    `);
    expect(stderr.match(/LB2002/g)).toHaveLength(4);
    expect(stdout.match(/a \[REDACTED\]/g)).toHaveLength(4);
    expect(stderr + stdout).not.toMatch(LEAK);
  });
});

describe("what cannot be copied but inspected", () => {
  test.each(Object.keys(OPENED))("shows nothing of %s", (name) => {
    const make = OPENED[name] as () => unknown;
    expect(written(everyWay(make))).not.toMatch(LEAK);
    expect(written(everyWay(() => ({ inner: [make()] })))).not.toMatch(LEAK);
  });

  test("is shown as its kind; what no path reaches stays", () => {
    const logger = createLogger({ redact: ["**.password"] });
    const records: LogRecord[] = [];
    logger.add((_text, record) => void records.push(record));
    const bytes = Buffer.from("abc");
    const address = new URL("http://localhost/?q=1");
    logger.info("{} {}", Promise.resolve(1), new Map().keys(), { form: new FormData(), bytes, address });
    expect(records[0]?.message).toBe("[Promise] [Map Iterator]");
    expect(records[0]?.extra["form"]).toBe("[FormData]");
    expect(records[0]?.extra["bytes"]).toBe(bytes);
    expect(records[0]?.extra["address"]).toBe(address);
  });
});

describe("a toJSON method", () => {
  class User {
    password = PW;
    toJSON(): object {
      return { login: this.password };
    }
  }
  class Private {
    readonly #key = PW;
    password = PW;
    toJSON(): object {
      return { login: this.#key, deep: [`of ${this.#key}`] };
    }
  }

  test("runs on the redacted copy, and where it cannot, hidden values are hidden in what it gives", () => {
    expect(written(everyWay(() => new User()))).not.toMatch(LEAK);
    expect(written(everyWay(() => new Private()))).not.toMatch(LEAK);
    expect(written(everyWay(() => ({ password: PW, toJSON: () => ({ login: PW }) })))).not.toMatch(LEAK);
  });
});

describe("values that run code when they are read", () => {
  let ran = 0;
  const touched = (): string => {
    ran++;
    return "touched";
  };
  const accessors = {
    name: { get: touched },
    message: { get: touched },
    stack: { get: touched },
    cause: { get: touched },
  };
  class Computed extends Error {
    override get name(): string {
      return touched();
    }
    override get message(): string {
      return touched();
    }
    override get stack(): string {
      return touched();
    }
  }
  /** An error whose stack is written: test runners install code that asks an error for its parts then. */
  const failed = (error: Error = new Error("x")): Error => {
    void error.stack;
    return error;
  };
  const ERRORS: Readonly<Record<string, () => Error>> = {
    "own accessors": () => Object.defineProperties(failed(), accessors),
    "enumerable accessors": () =>
      Object.defineProperty(failed(new TypeError("x")), "message", {
        get: touched,
        enumerable: true,
        configurable: true,
      }),
    "inherited accessors": () => Object.setPrototypeOf(failed(), Computed.prototype) as Error,
    "an accessor of inner errors": () => Object.defineProperty(failed(), "errors", { get: touched }),
    "no insides of an error": () => Object.create(Computed.prototype) as Error,
  };

  test.each(Object.keys(ERRORS))("an error with %s runs none of them, at the top or below", (name) => {
    ran = 0;
    const make = ERRORS[name] as () => Error;
    for (const redact of [[], ["**.password"]]) {
      for (const serialize of [false, true, "flat", "ecs", "gcp", "logfmt"] as const) {
        const logger = createLogger({ redact });
        const texts: string[] = [];
        logger.add((text) => void texts.push(text), {
          serialize,
          format: "{message} {extra} {exception}",
          backtrace: true,
          diagnose: false,
        });
        everyWay(make)(logger);
        everyWay(() => ({ deep: [make()] }))(logger);
        everyWay(() => new Error("outer", { cause: make() }))(logger);
        logger.error(make());
        logger.error("failed", make(), make());
        expect(texts.length).toBeGreaterThan(20);
      }
    }
    expect(ran).toBe(0);
  });

  test("an error without accessors is inspected as ever", () => {
    const logger = createLogger();
    const messages: string[] = [];
    logger.add((_text, record) => void messages.push(record.message));
    const error = Object.assign(new TypeError("plain"), { code: 7 });
    logger.info("{}", [error]);
    expect(messages[0]).toContain("TypeError: plain");
    expect(messages[0]).toContain("code: 7");
  });

  test("a proxy among the values of printf is asked by no directive", () => {
    const asked: string[] = [];
    const handler = new Proxy(
      {},
      {
        get: (_target, trap) => {
          // An error of another realm is known by its prototype alone.
          if (trap !== "getPrototypeOf") asked.push(String(trap));
          return undefined;
        },
      },
    );
    const proxy = new Proxy({ a: 1 }, handler);
    const logger = createLogger();
    const messages: string[] = [];
    logger.add((_text, record) => void messages.push(record.message));
    logger.info("%s %d %i %f %j %j", proxy, proxy, proxy, proxy, proxy, { proxy });
    logger.info("%o %O", proxy, proxy, proxy);
    expect(asked).toEqual([]);
    // Node says of an inspected proxy that it is one from version 26 on.
    expect(messages[0]).toMatch(/^\[Proxy\] NaN NaN NaN "\[Proxy\]" \{"proxy":"(?:\{ a: 1 \}|Proxy\(\{ a: 1 \}\))"\}$/);
  });

  test("%j shows plain data and runs no getter", () => {
    ran = 0;
    const logger = createLogger();
    const messages: string[] = [];
    logger.add((_text, record) => void messages.push(record.message));
    logger.info("%j", {
      get a() {
        return touched();
      },
      b: 1,
    });
    expect(messages).toEqual(['{"a":"[Getter]","b":1}']);
    expect(ran).toBe(0);
  });
});
