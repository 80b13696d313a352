import { inspect } from "node:util";
import { createLogger, type LogRecord } from "@logbridge/core";
import {
  asConsole,
  asObjectFirst,
  asStringFirst,
  interceptConsole,
  interceptDebug,
} from "@logbridge/intercept-console";
import createDebug from "debug";
import { afterEach, describe, expect, test } from "vitest";
import { nodeConsole } from "./support/consoles.ts";

const SECRET = "hunter2secret";
const HEX = Buffer.from(SECRET).toString("hex").match(/../g)?.join(" ") as string;
const NUMBERS = [...Buffer.from(SECRET)].slice(0, 6).join(",");
const password = Symbol("password");

const undo: (() => void)[] = [];
afterEach(() => {
  for (const one of undo.splice(0).reverse()) one();
});

/** Everything that a record of this logger shows, by every way. */
function shown() {
  const logger = createLogger({ redact: ["**.password"] });
  const texts: string[] = [];
  const records: LogRecord[] = [];
  logger.add(
    (text, record) => {
      texts.push(text, inspect(record.toJSON(), { depth: 9, showHidden: true }));
      records.push(record);
    },
    { level: 0, format: "{message} {extra} {exception}" },
  );
  logger.add((text) => void texts.push(text), { level: 0, serialize: true });
  return { logger, records, text: () => texts.join("\n") };
}

function expectNothingOf(text: string): void {
  expect(text).not.toBe("");
  expect(text).not.toContain(SECRET);
  expect(text).not.toContain(HEX.slice(0, 17));
  expect(text.replace(/[\sn]/g, "")).not.toContain(NUMBERS);
}

class Bearer {
  password = SECRET;
  [inspect.custom](): string {
    return `Bearer<${this.password}>`;
  }
}

class Shut {
  #key = 1;
  password = SECRET;
  [inspect.custom](): string {
    return `${this.#key} ${this.password}`;
  }
}

/** Values that hold the secret under the path, by their kinds. */
const bearers: readonly (readonly [string, () => unknown])[] = [
  ["an object", () => ({ user: "ann", password: SECRET })],
  ["a symbol's property", () => ({ [password]: SECRET })],
  ["a hidden property", () => Object.defineProperty({ user: "ann" }, "password", { value: SECRET })],
  ["a list", () => [{ password: SECRET }]],
  ["a Map", () => new Map([["password", SECRET]])],
  ["a Set", () => new Set([{ password: SECRET }])],
  [
    "an instance",
    () =>
      new (class Account {
        password = SECRET;
      })(),
  ],
  ["what prints itself", () => new Bearer()],
  ["what prints itself from private parts", () => new Shut()],
  ["a function", () => Object.assign(() => {}, { password: SECRET })],
  ["a proxy", () => new Proxy({ password: SECRET }, {})],
  ["an error", () => Object.assign(new Error("refused"), { password: SECRET })],
  ["a Buffer", () => ({ password: Buffer.from(SECRET) })],
  ["an Uint8Array", () => ({ password: new Uint8Array(Buffer.from(SECRET)) })],
  ["a Float64Array", () => ({ password: new Float64Array(Buffer.from(SECRET)) })],
  ["an ArrayBuffer", () => ({ password: new Uint8Array(Buffer.from(SECRET)).buffer })],
  ["an address", () => ({ password: new URL(`https://hooks.example/services/${SECRET}`) })],
  ["a symbol", () => ({ password: Symbol(SECRET) })],
  ["a DataView", () => ({ password: new DataView(new Uint8Array(Buffer.from(SECRET)).buffer) })],
];

describe.each(bearers)("a secret in %s is in no part of the record", (_kind, make) => {
  test("of a console", () => {
    const { logger, text } = shown();
    const { target: console } = nodeConsole();
    undo.push(() => interception.restore());
    const interception = interceptConsole({ logger, console });
    console.log(make());
    console.log("text", make());
    console.log(make(), "text");
    console.log("%s %o %O %j", make(), make(), make(), make());
    console.dir(make(), { showHidden: true, getters: true, depth: null });
    console.trace("text", make());
    console.assert(false, "refused", make());
    console.table([make()] as object[]);
    console.group("of %o", make());
    console.groupEnd();
    console.group(make());
    console.groupEnd();
    console.time("timer");
    console.timeLog("timer", make());
    expectNothingOf(text());
  });

  test("of a console whose texts are parsed", () => {
    const { logger, text } = shown();
    const { target: console } = nodeConsole();
    const interception = interceptConsole({ logger, console, parse: ["brackets", "json"] });
    undo.push(() => interception.restore());
    console.log("[ERROR] [app] text", make());
    console.log("[ERROR] %o", make());
    expectNothingOf(text());
  });

  test("of debug", () => {
    const { logger, text } = shown();
    const interception = interceptDebug(createDebug, { logger, mode: "replace" });
    undo.push(
      () => interception.restore(),
      () => void createDebug.disable(),
    );
    createDebug.enable("app");
    const debug = createDebug("app");
    debug(make());
    debug(make(), "text");
    debug("text", make());
    debug("%o %O %j %s", make(), make(), make(), make());
    expectNothingOf(text());
  });

  test("of the facades", () => {
    const { logger, text } = shown();
    asConsole(logger).log("text", make());
    asConsole(logger).dir(make(), { showHidden: true });
    asStringFirst(logger).info("text %o", make(), make());
    asObjectFirst(logger).info(make() as object, "text %s", make());
    asObjectFirst(logger).info(make() as object);
    expectNothingOf(text());
  });
});

test("what getters give at console.dir() is hidden, and the text around it is as it was", () => {
  const { logger, records, text } = shown();
  const { target: console } = nodeConsole();
  const interception = interceptConsole({ logger, console });
  undo.push(() => interception.restore());
  const account = {
    get password() {
      return SECRET;
    },
    name: "ann",
  };
  console.dir(account, { getters: true });
  expect(records[0]?.message).toBe("{ password: '[REDACTED]', name: 'ann' }");
  expectNothingOf(text());
});

test.each([
  ["many texts", () => Array.from({ length: 20_000 }, (_, at) => `${SECRET}${at}`)],
  ["what is very deep", () => Array.from({ length: 25 }).reduce((inner) => [inner], SECRET as unknown)],
])("nothing of %s is shown, and a text that cannot be made anew is hidden whole", (_what, make) => {
  const { logger, records, text } = shown();
  const { target: console } = nodeConsole();
  const heard = [interceptConsole({ logger, console }), interceptDebug(createDebug, { logger, mode: "replace" })];
  undo.push(
    () => heard.forEach((one) => void one.restore()),
    () => void createDebug.disable(),
  );
  console.log("%j", { password: make() });
  createDebug.enable("app");
  createDebug("app")("of %j", { password: make() });
  expect(records.map(({ message }) => message)).toEqual(['{"password":"[REDACTED]"}', "[REDACTED]"]);
  expectNothingOf(text());
});

test("a message is printed anew from what may be shown: short values are hidden too, and equal texts elsewhere stay", () => {
  const { logger, records } = shown();
  const { target: console } = nodeConsole();
  const interception = interceptConsole({ logger, console });
  undo.push(() => interception.restore());
  console.log("pin 123 of %s", "ann", { password: 123, pins: [1] }, [{ password: "ab" }]);
  expect(records[0]?.message).toBe(
    "pin 123 of ann { password: '[REDACTED]', pins: [ 1 ] } [ { password: '[REDACTED]' } ]",
  );
  console.error("refused", Object.assign(new TypeError("no"), { password: "ab" }), { password: 7 });
  expect(records[1]?.message).toBe("refused { password: '[REDACTED]' }");
  expect(records[1]?.exception?.value).toBeInstanceOf(TypeError);
  console.trace({ password: "ab" });
  expect(records[2]?.message).toMatch(/^Trace: { password: '\[REDACTED\]' }\n {4}at /);
});

test("what comes first at debug is among the arguments, unless it is fields or an error", () => {
  const { logger, records } = shown();
  const interception = interceptDebug(createDebug, { logger, mode: "replace" });
  undo.push(
    () => interception.restore(),
    () => void createDebug.disable(),
  );
  createDebug.enable("app");
  const debug = createDebug("app");
  debug([1, 2], 3);
  debug(new Map([["a", 1]]));
  debug({ a: 1 });
  debug(new Error("no"));
  expect(records.map(({ args }) => args)).toEqual([[[1, 2], 3], [new Map([["a", 1]])], [], []]);
});
