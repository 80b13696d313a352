import { format, inspect } from "node:util";
import { isHarmless } from "@logbridge/core";
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { plainlyFilled } from "../src/console/filled.ts";
import { flatObjectText } from "../src/console/flat-object.ts";

const isNode = !("Bun" in globalThis) && !("Deno" in globalThis);

const before = { ...inspect.defaultOptions };
afterEach(() => {
  inspect.defaultOptions = before;
});

const simple = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
);
const value = fc.oneof({ weight: 8, arbitrary: simple }, { weight: 1, arbitrary: fc.anything() });
const name = fc.oneof(
  { weight: 20, arbitrary: fc.stringMatching(/^[a-zA-Z_]\w{0,8}$/) },
  { weight: 1, arbitrary: fc.string() },
  { weight: 1, arbitrary: fc.constantFrom("__proto__", "constructor", "toString") },
);

test.runIf(isNode)("a small object is shown as the console shows it, or left to it", () => {
  let shown = 0;
  fc.assert(
    fc.property(fc.dictionary(name, value, { noNullPrototype: true, maxKeys: 6 }), (object) => {
      const text = flatObjectText(object);
      if (text === null) return;
      shown++;
      expect(text).toBe(inspect(object));
    }),
    { numRuns: 3000 },
  );
  expect(shown).toBeGreaterThan(300);
});

test.runIf(isNode)("a text and values are filled as the console fills them, or left to it", () => {
  const template = fc.oneof(fc.string(), fc.constantFrom("a %s b", "%s", "%%", "100%", "%d of %s", "%s%s", "%"));
  fc.assert(
    fc.property(template, fc.array(value, { maxLength: 4 }), (text, values) => {
      const filled = plainlyFilled([text, ...values], format);
      if (filled !== null) expect(filled.text).toBe(format(text, ...values));
      if (filled?.isHarmless) expect(isHarmless(filled.text)).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test.runIf(isNode)("what code of the value decides is left to the console, and no getter runs", () => {
  const custom = { a: 1, [inspect.custom]: () => "custom" };
  const hidden = Object.defineProperty({ a: 1 }, "b", { value: 2 });
  const getter = {
    get a(): number {
      throw new Error("never read");
    },
  };
  const proxy = new Proxy(
    { a: 1 },
    {
      getPrototypeOf() {
        throw new Error("never asked");
      },
    },
  );
  for (const one of [
    proxy,
    custom,
    hidden,
    getter,
    { constructor: 1 },
    new (class Own {})(),
    Object.create(null),
    [],
    {},
  ])
    expect(flatObjectText(one)).toBeNull();
  expect(flatObjectText({ userId: 7, path: "/api", ms: 12.5 })).toBe("{ userId: 7, path: '/api', ms: 12.5 }");
});

test.runIf(isNode)("an application that shows values in another way is followed", () => {
  for (const changed of [{ compact: false }, { sorted: true }, { breakLength: 20 }, { numericSeparator: true }]) {
    inspect.defaultOptions = { ...before, ...changed };
    expect(flatObjectText({ userId: 7000 })).toBeNull();
  }
  inspect.defaultOptions = before;
  expect(flatObjectText({ userId: 7000 })).toBe("{ userId: 7000 }");
});
