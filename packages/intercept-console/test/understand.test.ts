import { createLogger, type LogRecord } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";
import { describe, expect, test } from "vitest";
import { type Understood, understand as understandWhole } from "../src/map.ts";
import { nodeConsole } from "./support/consoles.ts";
import { keeping } from "./support/records.ts";

const error = new Error("disk full");

/** Without what only redaction and formats ask for. */
function understand(args: readonly unknown[]): Understood {
  const { printed, reprint, harmless, ...said } = understandWhole(args);
  return said;
}

test("a text with values is filled as the console fills it, and the values stay", () => {
  expect(understand(["user %s has %d orders", "ada", 3])).toEqual({
    message: "user ada has 3 orders",
    template: "user %s has %d orders",
    args: ["ada", 3],
  });
});

test("a text alone is not read for directives", () => {
  expect(understand(["100 %% of %s {}"]).message).toBe("100 %% of %s {}");
});

test("an error behind a text is the exception and not in the text", () => {
  expect(understand(["save failed", error, 7])).toEqual({
    message: "save failed 7",
    template: "save failed",
    args: [7],
    error,
  });
  expect(understand(["50%% done", error])).toMatchObject({ message: "50% done", error });
});

test("an error that a directive took stays in the text, and is the exception too", () => {
  const { message, args, error: thrown } = understand(["failed: %s", error]);
  expect(message).toContain("failed: Error: disk full");
  expect(args).toEqual([error]);
  expect(thrown).toBe(error);
});

test("an error alone gives its message; what stands behind it is no template", () => {
  expect(understand([error])).toEqual({ message: "disk full", template: undefined, args: [], error });
  expect(understand([error, "while %s", 1])).toMatchObject({ message: "while %s 1", args: ["while %s", 1], error });
});

test("an error whose message is not its own has it all the same, and one without any is called by its class", () => {
  let runs = 0;
  class Computed extends Error {
    override get message(): string {
      runs++;
      return "computed";
    }
  }
  class Empty extends Error {}
  class Shared extends Error {}
  Shared.prototype.message = "shared";
  expect(understand([new DOMException("This operation was aborted", "AbortError")]).message).toBe(
    "This operation was aborted",
  );
  expect(understand([new Shared()]).message).toBe("shared");
  expect(understand([new Error()]).message).toBe("Error");
  expect(understand([new Empty("")]).message).toBe("Empty");
  const computed = new Computed();
  // The engine, or who prints stacks here, asks for it where the title of the stack is written.
  expect(computed.stack).toBeDefined();
  const asked = runs;
  expect(understand([computed]).message).toMatch(/^(?:computed|Computed)$/);
  expect(runs).toBe(asked);
});

test("what stands behind the text keeps its place: undefined, and what is given twice", () => {
  const given = { user: 7 };
  expect(understand(["x", undefined, [1]]).args).toEqual([undefined, [1]]);
  expect(understand(["id", undefined, null, 7]).args).toEqual([undefined, null, 7]);
  expect(understand([undefined, null]).args).toEqual([undefined, null]);
  expect(understand(["failed", undefined, error, given])).toMatchObject({ args: [undefined], fields: given, error });
  expect(understand(["a", given, given])).toMatchObject({ args: [given], fields: given });
  expect(understand([given, 5, given, 7])).toMatchObject({ args: [5, given, 7], fields: given });
  expect(understand(["a", error, error, 7])).toMatchObject({ message: "a 7", args: [error, 7], error });
  expect(understand(["%s", error, error]).args).toEqual([error]);
});

test("a plain object at the end, or first, is in the fields and in the text", () => {
  expect(understand(["login", { user: 7 }])).toEqual({
    message: "login { user: 7 }",
    template: "login",
    args: [],
    fields: { user: 7 },
  });
  expect(understand([{ user: 7 }, "login"])).toMatchObject({
    message: "{ user: 7 } login",
    args: ["login"],
    fields: { user: 7 },
  });
  expect(understand(["%o", { user: 7 }])).toMatchObject({ args: [{ user: 7 }] });
  expect(understand(["%o", { user: 7 }]).fields).toBeUndefined();
});

test("an error under err or error is the exception, as in our own calls", () => {
  const { fields, error: thrown } = understand(["save failed", { err: error, id: 7 }]);
  expect(thrown).toBe(error);
  expect(fields).toEqual({ id: 7 });
});

test("the fields are copied as the record gets them: getters are not run, __proto__ stays a key", () => {
  let runs = 0;
  const given = Object.defineProperty(JSON.parse('{"__proto__": {"polluted": 1}}') as object, "secret", {
    enumerable: true,
    get: () => ++runs,
  });
  const { target } = nodeConsole();
  const { logger, records } = keeping();
  interceptConsole({ logger, console: target });
  target.log("x", given);
  const changed: Record<string, unknown> = { state: "as it was" };
  target.log("y", changed);
  changed["state"] = "changed";
  const { extra } = records[0] as LogRecord;
  expect(Object.keys(extra)).toEqual(["__proto__", "secret"]);
  expect(extra["secret"]).toBe("[Getter]");
  expect("polluted" in extra).toBe(false);
  expect(runs).toBe(0);
  expect(records[1]?.extra).toEqual({ state: "as it was" });
});

test("nothing is an empty text", () => {
  expect(understand([])).toEqual({ message: "", template: undefined, args: [] });
  expect(understand([undefined]).message).toBe("undefined");
});

test("colours are in neither the text nor its template; the values keep them", () => {
  const red = "\u001b[31mred\u001b[39m";
  expect(understand([red])).toEqual({ message: "red", template: "red", args: [] });
  expect(understand([`${red} %s`, red])).toEqual({ message: "red red", template: "red %s", args: [red] });
  expect(understand([red, { red }, error])).toMatchObject({
    message: String.raw`red { red: '\x1B[31mred\x1B[39m' }`,
    fields: { red },
  });
  expect(understand([[red]]).args).toEqual([[red]]);
  // What moves the cursor is no colour: the formats of handlers write it in letters.
  expect(understand(["\u001b[2Jgone"]).message).toBe("\u001b[2Jgone");
});

describe("a text that is harmless as it was printed", () => {
  const plain = "user ada\u001b[2J";

  test("is looked at again where a patcher has put another one in its place", () => {
    const lines: string[] = [];
    const logger = createLogger();
    logger.add((text) => lines.push(text), { format: "{message}" });
    const patched = logger.patch((record) => {
      record.message = plain;
    });
    const interception = interceptConsole({ logger: patched });
    console.log("user %s", "ada");
    interception.restore();
    expect(lines).toEqual(["user ada\\x1b[2J\n"]);
  });

  test("is one line only if all its parts are", () => {
    const lines: string[] = [];
    const logger = createLogger();
    logger.add((text) => lines.push(text), { format: "{message}", escape: "lines" });
    const interception = interceptConsole({ logger });
    console.log("a %s", "b\nINFO forged");
    console.log("a\nb %s", 1);
    console.log("a", "b\rc", 1);
    console.log("héllo %s", "wörld");
    console.log("%s", "\u202egnp.exe");
    console.log("a", "\ud800");
    interception.restore();
    expect(lines).toEqual([
      "a b\\nINFO forged\n",
      "a\\nb 1\n",
      "a b\\rc 1\n",
      "héllo wörld\n",
      "\\u202egnp.exe\n",
      "a \\ud800\n",
    ]);
  });
});
