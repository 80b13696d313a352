import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LogbridgeError } from "../../src/diagnostics.ts";
import { fillTemplate, parseTemplate } from "../../src/format/template.ts";

const filled = (
  text: string,
  args: readonly unknown[],
  named: Readonly<Record<string, unknown>> | null = null,
): string => fillTemplate(parseTemplate(text), args, named, false).text;

const filledStrictly = (
  text: string,
  args: readonly unknown[],
  named: Readonly<Record<string, unknown>> | null = null,
): string => fillTemplate(parseTemplate(text), args, named, true).text;

describe("a template", () => {
  test("says how many positions and which names it reaches", () => {
    const template = parseTemplate("{} {:{}} {who.name} {n:{width}}");
    expect(template.positional).toBe(3);
    expect(template.names).toEqual(["who", "n", "width"]);
  });
  test("keeps each field as it was written, with its parts read", () => {
    expect(parseTemplate("a{user[0].id!r:>{w}}").parts[1]).toMatchObject({
      source: "{user[0].id!r:>{w}}",
      head: "user",
      path: [0, "id"],
      conversion: "r",
    });
  });
  test("comes back from its parts", () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom("{}", "{a}", "{a.b[c]!r:>10}", "{{", "}}", "{x:{y}}", "{", "}"),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const text = pieces.join("");
        let template: ReturnType<typeof parseTemplate>;
        try {
          template = parseTemplate(text);
        } catch (error) {
          return error instanceof LogbridgeError && error.message.includes(JSON.stringify(text));
        }
        const written = template.parts.map((part) =>
          typeof part === "string" ? part.replace(/[{}]/g, "$&$&") : part.source,
        );
        return written.join("") === text;
      }),
    );
  });
  test("whose braces are doubled is the text itself", () => {
    fc.assert(
      fc.property(fc.string(), (text) => filledStrictly(text.replace(/[{}]/g, "$&$&"), [1], { a: 1 }) === text),
    );
  });
  test.each([
    ["{", "position 0"],
    ["ok {a} }", "position 7"],
    ["ok {0} {}", "position 7"],
    ["{a!x}", "position 2"],
    ["{a[b}", "position 0"],
    ["{:{:{}}}", "position 4"],
  ])("that is malformed is quoted with the place of the fault: %s", (text, place) => {
    expect(() => parseTemplate(text)).toThrow(
      expect.objectContaining({ code: "LB1101", message: expect.stringContaining(JSON.stringify(text)) }),
    );
    expect(() => parseTemplate(text)).toThrow(place);
  });
});

describe("filling a template", () => {
  test("takes positions, names, attributes and indices", () => {
    expect(
      filled("{1} {0} {user.name} {list[1]} {map[key]}", ["a", "b"], {
        user: { name: "Ann" },
        list: [1, 2],
        map: new Map([["key", 3]]),
      }),
    ).toBe("b a Ann 2 3");
  });
  test("leaves what cannot be filled as it was written, and says so", () => {
    const result = fillTemplate(parseTemplate("{0} {1} {gone} {0.x:>3} {0:d}"), ["a"], { here: 1 }, false);
    expect(result).toEqual({ text: "a {1} {gone} {0.x:>3} {0:d}", missing: true, taken: new Set([0]) });
  });
  test("throws in strict use, naming the field", () => {
    expect(() => filledStrictly("{gone}", [])).toThrow(/\{gone\}.*LB1102/);
    expect(() => filledStrictly("{0:d}", ["a"])).toThrow(/LB1103/);
    expect(() => filledStrictly("{0:d}", [null])).toThrow(TypeError);
  });
  test("names the positions that nested specs took too", () => {
    expect(fillTemplate(parseTemplate("{:>{}}"), ["a", 3, "rest"], null, false)).toMatchObject({
      text: "  a",
      taken: new Set([0, 1]),
    });
  });
  test("shows an object on one line, as the console would", () => {
    expect(filled("{}", [{ a: { b: [1, "x"] } }])).toBe("{ a: { b: [ 1, 'x' ] } }");
  });
  test("converts to text, source, ASCII and JSON", () => {
    expect(filled("{0!s} {0!r} {0!a} {0!j}", ["é"])).toBe("é 'é' '\\xe9' \"é\"");
    expect(filled("{!j}", [{ n: 1n, at: new Date(0) }])).toBe('{"n":"1","at":"1970-01-01T00:00:00.000Z"}');
  });
});

describe("what a template may touch", () => {
  test("are own enumerable data properties: no getter runs", () => {
    let ran = 0;
    const spied = {
      get secret() {
        ran++;
        return "!";
      },
    };
    expect(filled("{0.secret} {0} {0!r} {0!j}", [spied])).toContain("{0.secret}");
    expect(ran).toBe(0);
  });
  test("is nothing of a prototype", () => {
    class Account {
      id = 7;
      token(): string {
        return "secret";
      }
    }
    expect(filled("{0.id} {0.token} {0.constructor} {0.__proto__} {1.length}", [new Account(), [1]])).toBe(
      "7 {0.token} {0.constructor} {0.__proto__} {1.length}",
    );
    expect(filled("{constructor} {toString} {a}", [], { a: 1 })).toBe("{constructor} {toString} 1");
  });
  test("is no code of a proxy, a Map of the user's own, toString or toJSON that throws", () => {
    const fail = (): never => {
      throw new Error("code of the user ran");
    };
    const proxy = new Proxy(
      { a: 1 },
      { get: fail, getOwnPropertyDescriptor: fail, getPrototypeOf: fail, has: fail, ownKeys: fail },
    );
    class OwnMap extends Map<string, number> {
      override has = fail;
      override get = fail;
    }
    expect(filledStrictly("{0[a]}", [new OwnMap([["a", 1]])])).toBe("1");
    expect(filled("{0.a}", [proxy])).toBe("{0.a}");
    expect(
      filled("{0!s}{0!r}{0!j}", [{ toString: fail, valueOf: fail, [Symbol.toPrimitive]: fail, toJSON: fail }]),
    ).not.toContain("{0");
  });
  test("never throws in lenient use, whatever the values are", () => {
    const template = parseTemplate("{} {a} {:>5} {!r} {!j} {:d} {n[x]}");
    fc.assert(
      fc.property(
        fc.array(fc.anything(), { maxLength: 6 }),
        fc.dictionary(fc.constantFrom("a", "n"), fc.anything()),
        (args, named) => {
          expect(typeof fillTemplate(template, args, named, false).text).toBe("string");
        },
      ),
    );
  });
});
