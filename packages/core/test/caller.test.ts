import { runInThisContext } from "node:vm";
import { afterEach, describe, expect, test } from "vitest";
import { platform } from "#platform";
import { type Caller, captureCaller, moduleNameOf } from "../src/record/caller.ts";

function info(depth = 0): Caller | null {
  return captureCaller({ skip: info, depth });
}

/** The line of the code that calls it, as the engine and the source maps of the test run tell it. */
function here(): number {
  const frame = /caller\.test\.ts:(\d+)/.exec(new Error().stack?.split("\n")[2] ?? "");
  return Number(frame?.[1]);
}

/** A function that stands on the first line of a file that is nowhere. */
function evaluated(filename: string): (call: typeof info) => unknown {
  return runInThisContext("(call) => call()", { filename }) as (call: typeof info) => unknown;
}

const statics = Error as unknown as { prepareStackTrace?: unknown; stackTraceLimit?: unknown };

describe("a captured caller", () => {
  const preparation = statics.prepareStackTrace;
  const limit = statics.stackTraceLimit;
  afterEach(() => {
    statics.prepareStackTrace = preparation;
    statics.stackTraceLimit = limit;
  });

  test("names function, file, line, module and module name", () => {
    function saveInvoice(): [Caller | null, number] {
      return [info(), here()];
    }
    const [caller, line] = saveInvoice();
    expect(caller).toMatchObject({
      functionName: "saveInvoice",
      fileName: "caller.test.ts",
      module: "caller.test",
      name: "test/caller.test",
      line,
    });
    expect(caller?.path).toMatch(/packages[\\/]core[\\/]test[\\/]caller\.test\.ts$/);
    expect(caller?.column).toBeGreaterThan(0);
  });

  test("is further up with a depth [L-OPT-11]", () => {
    const wrapper = (): Caller | null => info(1);
    function business(): [Caller | null, number] {
      return [wrapper(), here()];
    }
    const [caller, line] = business();
    expect(caller).toMatchObject({ functionName: "business", line });
  });

  test("is null where the depth leaves the stack, also below zero [R-24b]", () => {
    for (const depth of [-1, 10_000, Number.NaN]) expect(info(depth)).toBeNull();
  });

  test("is null where the function to skip is not on the stack", () => {
    expect(captureCaller({ skip: () => undefined, depth: 0 })).toBeNull();
  });

  test("is found with a stack trace limit of 0, and the limit stays [R-24a]", () => {
    statics.stackTraceLimit = 0;
    expect(info()?.fileName).toBe("caller.test.ts");
    expect(statics.stackTraceLimit).toBe(0);
  });

  test("leaves a foreign Error.prepareStackTrace in force and unasked until a field is read [R-24a]", () => {
    let asked = 0;
    const theirs = (): string => {
      asked++;
      return "theirs";
    };
    statics.prepareStackTrace = theirs;
    const caller = info();
    expect(statics.prepareStackTrace).toBe(theirs);
    expect(asked).toBe(0);
    expect(caller?.fileName).toBe("caller.test.ts");
    expect(new Error("x").stack).toBe("theirs");
  });

  test("takes the place that an installed Error.prepareStackTrace knows, as source-map-support does", () => {
    statics.prepareStackTrace = (error: Error, sites: unknown[]): string =>
      `${error}\n${sites.map(() => "    at build (/srv/app/src/build.ts:7:3)").join("\n")}`;
    const caller = evaluated("/srv/app/dist/build.js")(info) as Caller | null;
    expect(caller).toMatchObject({ path: "/srv/app/src/build.ts", line: 7, column: 3 });
  });

  test("survives an Error.prepareStackTrace that throws, that logs, or that gives no text", () => {
    const preparations: unknown[] = [
      () => {
        throw new Error("no");
      },
      () => `x ${info()?.line}`,
      (_error: Error, sites: unknown) => sites,
    ];
    for (const [index, one] of preparations.entries()) {
      statics.prepareStackTrace = one;
      const caller = evaluated(`/srv/app/other-${index}.js`)(info) as Caller | null;
      expect(caller?.path).toBe(`/srv/app/other-${index}.js`);
      expect(caller?.line).toBe(1);
    }
  });

  test("is null in generated code without a name, and nothing throws", () => {
    expect(new Function("info", "return info()")(info)).toBeNull();
    expect(new Function("info", "return eval('info()')")(info)).toBeNull();
  });

  test("is the awaiting function after an await", async () => {
    async function load(): Promise<Caller | null> {
      await null;
      return info();
    }
    expect((await load())?.functionName).toBe("load");
  });

  test("is found on a runtime without call sites, by the text of the stack", () => {
    const { captureStackTrace } = Error;
    try {
      (Error as { captureStackTrace?: unknown }).captureStackTrace = undefined;
      expect(info()?.fileName).toBe("caller.test.ts");
      const nameless = [
        (): Caller | null =>
          captureCaller({ skip: Object.defineProperty(() => null, "name", { value: "" }), depth: 0 }),
      ];
      expect(nameless[0]?.()).toBeNull();
    } finally {
      Error.captureStackTrace = captureStackTrace;
    }
  });
});

describe("module names", () => {
  test.each([
    ["/srv/app/node_modules/express/lib/router/index.js", "express/lib/router/index"],
    ["/srv/app/node_modules/@scope/pkg/dist/a.b.mjs", "@scope/pkg/dist/a.b"],
    ["/srv/app/node_modules/.pnpm/pino@9.0.0/node_modules/pino/lib/tools.js", "pino/lib/tools"],
    ["C:\\app\\node_modules\\express\\lib\\router.js", "express/lib/router"],
    ["http://localhost:5173/src/main.ts?t=1.5#x", "src/main"],
    ["webpack-internal:///./src/page.js", "src/page"],
    ["node:events", "node:events"],
    ["/srv/app/node_modules/tool/.config", "tool/.config"],
  ])("%s is %s [L-REC-10]", (path, name) => {
    expect(moduleNameOf(path)).toBe(name);
  });

  test("in the application they are the path from the nearest package.json", () => {
    expect(platform.runtime).toBe("node");
    const path = platform.filePath(import.meta.url);
    expect(moduleNameOf(path)).toBe("test/caller.test");
    expect(moduleNameOf("evalmachine.<anonymous>")).toBe("evalmachine");
  });
});
