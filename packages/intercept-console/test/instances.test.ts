import nodeConsole, { Console as NodeConsole } from "node:console";
import { Writable } from "node:stream";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { interceptConsole } from "@logbridge/intercept-console";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { Application } from "./support/application.ts";
import { keeping } from "./support/records.ts";

let app: Application;
beforeAll(() => {
  app = new Application();
  app.write("main.js", MAIN);
});
afterAll(() => app.remove());

/** Consoles of every kind, made before and after; `OPTIONS` says how they are taken in, nothing that they are not. */
const MAIN = `
import { writeFileSync } from "node:fs";
import * as named from "node:console";
import { createRequire } from "node:module";
import { createLogger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";
const early = new console.Console(process.stdout);
const { Console: taken } = console;
const described = () => Object.getOwnPropertyDescriptor(console, "Console");
const before = described();
const records = [];
const logger = createLogger();
logger.add({ needs: { text: false, caller: true }, write: (_text, record) => records.push(record) }, { level: 0 });
const options = process.env.OPTIONS ? JSON.parse(process.env.OPTIONS) : null;
const interception = options && interceptConsole({ logger, ...options });
class Own extends console.Console {
  log(...args) { super.log("own:", ...args); }
}
const made = [
  new console.Console(process.stdout), console.Console(process.stdout), new Own(process.stdout), new named.Console(process.stdout),
  new (createRequire(import.meta.url)("node:console").Console)({ stdout: process.stdout, stderr: process.stderr }),
];
for (const [at, one] of made.entries()) {
  one.log("log %d", at);
  one.table(["table " + at]);
  one.group("group " + at); one.error("in"); one.groupEnd();
}
const kinds = made.map((one) => one instanceof console.Console && one instanceof taken);
early.log("early"); new taken(process.stdout).log("by a reference"); console.log("global"); named.log("by name");
interception?.restore();
const after = made[0].log;
made[0].log("restored"); new console.Console(process.stdout).log("made later"); console.log("global again");
const again = described();
const same = Object.keys(before).every((key) => before[key] === again[key]) && named.Console === console.Console && named.log === console.log;
if (options) writeFileSync("told.json", JSON.stringify({ kinds, same, name: after.name, said: records.map(({ message, line, origin }) => [origin.level.name, message, origin.depth ?? 0, line !== null]) }));
`;

const OF_EACH = [0, 1, 2, 3, 4].flatMap((at) => [
  ["log", `log ${at}`, 0, true],
  ["table", expect.stringContaining(`table ${at}`) as string, 0, true],
  ["group", `group ${at}`, 0, true],
  ["error", "in", 1, true],
]);

const publishes = Number(process.versions.node.split(".")[0]) >= 22;

describe('console: "all"', () => {
  const run = (options: object | null) => {
    const outcome = app.run("main.js", options ? { OPTIONS: JSON.stringify(options) } : {});
    expect(outcome.code, outcome.stderr).toBe(0);
    return outcome;
  };
  const told = (): {
    readonly said: readonly unknown[];
    readonly kinds: readonly boolean[];
    readonly same: boolean;
    readonly name: string;
  } => JSON.parse(app.read("told.json")) as never;

  test("takes in the global console and each that is made from then on, silently in replace mode", () => {
    const { stdout, stderr } = run({ console: "all", mode: "replace" });
    const { said, kinds, same, name } = told();
    expect(said).toEqual([...OF_EACH, ["log", "global", 0, true], ["log", "by name", 0, true]]);
    expect(kinds).toEqual([true, true, true, true, true]);
    expect(stdout).toBe("early\nby a reference\nrestored\nmade later\nglobal again\n");
    expect(stderr).toBe("");
    expect([same, name]).toEqual([true, "log"]);
  });

  test("prints in tee mode what is printed without us, and hears those made before where Node tells of them, none twice", () => {
    const plain = run(null);
    const tee = run({ console: "all", mode: "tee" });
    expect(tee).toEqual(plain);
    const earlier = [
      ["log", "early", 0, true],
      ["log", "by a reference", 0, true],
    ];
    expect(told().said).toEqual([
      ...OF_EACH,
      ...(publishes ? earlier : []),
      ["log", "global", 0, true],
      ["log", "by name", 0, true],
    ]);
  });
});

afterEach(() => vi.resetModules());

function memory(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

test("two copies of the package that take all consoles get each call once, and leave nothing behind", async () => {
  vi.resetModules();
  const copy = await import("@logbridge/intercept-console");
  expect(copy.interceptConsole).not.toBe(interceptConsole);
  const before = Object.getOwnPropertyDescriptor(nodeConsole, "Console");
  const [a, b] = [keeping(), keeping()];
  const first = interceptConsole({ logger: a.logger, console: "all" });
  const second = copy.interceptConsole({ logger: b.logger, console: "all" });
  const made = new nodeConsole.Console(memory());
  const own = Object.getOwnPropertyDescriptor(made, "log");
  made.log("both");
  first.restore();
  made.log("one");
  second.restore();
  made.log("none");
  expect(a.messages()).toEqual(["both"]);
  expect(b.messages()).toEqual(["both", "one"]);
  expect(Object.getOwnPropertyDescriptor(nodeConsole, "Console")).toEqual(before);
  expect(Object.getOwnPropertyDescriptor(made, "log")).not.toEqual(own);
});

test("consoles that nobody holds any more are let go", async () => {
  const { logger } = keeping();
  const interception = interceptConsole({ logger, console: "all" });
  const gone = ((): WeakRef<object>[] =>
    Array.from({ length: 200 }, () => new WeakRef(new nodeConsole.Console(memory()))))();
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  for (let turn = 0; turn < 3; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    collect();
  }
  expect(gone.filter((one) => one.deref() !== undefined).length).toBeLessThan(20);
  interception.restore();
});

test("a console that cannot be patched is given to the application all the same", () => {
  const { logger, messages } = keeping();
  const errors = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const interception = interceptConsole({ logger, console: "all" });
  class Sealed extends NodeConsole {
    constructor() {
      super(memory());
      Object.freeze(this);
    }
  }
  const sealed = new Sealed();
  expect(() => sealed.log("x")).not.toThrow();
  interception.restore();
  errors.mockRestore();
  expect(messages().length).toBeLessThan(2);
});

test("another word than all is refused", () => {
  expect(() => interceptConsole({ console: "every" as never })).toThrow(
    expect.objectContaining({ code: "LB1541", message: expect.stringContaining('"all"') as string }),
  );
});
