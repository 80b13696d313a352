import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Application } from "./support/application.ts";

let app: Application;
beforeAll(() => {
  app = new Application();
  app.write("talk.js", TALK);
  app.write("main.js", MAIN);
});
afterAll(() => app.remove());

/** Everything that a console prints, in a file that is the same in every run. */
const TALK = `
class Store { toString() { return "store"; } }
export function talk() {
  console.log("plain"); console.log(); console.log("100%% of %s", "it", { a: { b: { c: { d: 1 } } } });
  console.info("a\\nb"); console.warn("w", new Store()); console.debug([1, 2, 3]);
  console.error("failed", Object.assign(new Error("disk full"), { code: "ENOSPC" }));
  console.dir({ deep: { deeper: { deepest: {} } } }, { depth: 0 }); console.dirxml({ x: 1 }, 2);
  console.table([{ x: 1, y: 2 }, { x: 3 }]); console.table("no table"); console.table([{ x: 1, y: 2 }], ["y"]);
  console.group("g"); console.log("in\\nside"); console.group(); console.table([{ x: 1 }]); console.groupEnd();
  console.groupCollapsed("deep %d", 7); console.error("err"); console.groupEnd(); console.groupEnd(); console.groupEnd();
  console.count(); console.count("c"); console.count(); console.countReset(); console.count();
  console.assert(true, "no"); console.assert(false); console.assert(false, "why %s", "not"); console.assert(0, "text", { a: 1 });
  console.trace(); console.trace("here %s", "it is", { a: 1 }); console.trace(new Error("inner"));
  deep(20);
}
function deep(n) { if (n > 0) deep(n - 1); else console.trace("deep"); }
`;

/** One file for all modes, so that its positions are the same in printed stacks. */
const MAIN = `
import { createLogger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";
import { talk } from "./talk.js";
const { CAPTURE: mode } = process.env;
const logger = createLogger();
const records = [];
logger.add({ needs: { text: false, caller: true }, write: (_text, record) => records.push(record.message) }, { level: 0 });
const interception = mode ? interceptConsole({ logger, mode }) : null;
talk();
interception?.restore();
if (mode) process.stdout.write(\`\${records.length} records\\n\`);
`;

describe("tee", () => {
  const both = (env: Readonly<Record<string, string>>, args: readonly string[], file = "main.js") => {
    const [plain, tee] = [app.run(file, env, args), app.run(file, { ...env, CAPTURE: "tee" }, args)];
    expect(tee.code).toBe(0);
    expect(tee.stdout).toBe(`${plain.stdout}28 records\n`);
    expect(tee.stderr).toBe(plain.stderr);
    return plain;
  };

  test("prints byte for byte what is printed without us, S-CON-4", () => {
    const { stdout, stderr } = both({}, []);
    expect(stdout).toContain("  in\n  side");
    expect(stderr).toContain("Trace: here it is { a: 1 }\n    at talk (");
  });

  test("the same with colours", () => {
    expect(both({ FORCE_COLOR: "3" }, []).stdout).toContain("\u001b[");
  });

  test("a stack keeps its length, whatever the limit", () => {
    for (const limit of ["0", "1", "3", "25"]) both({}, [`--stack-trace-limit=${limit}`]);
  });

  test("the same with source maps in stacks", () => {
    app.write(
      "src/talk.ts",
      TALK.replace("(n)", "(n: number): void").replace("() {\n  console", "(): void {\n\n\n  console"),
    );
    app.compile("src/talk.ts");
    app.write("mapped.js", MAIN.replace("./talk.js", "./src/talk.js"));
    expect(both({}, ["--enable-source-maps"], "mapped.js").stderr).toMatch(/Trace: deep\n +at deep \(\S+talk\.ts:\d+/);
  });

  test("an application's own prepareStackTrace gets the sites that it would get without us, once", () => {
    const program = (mode: string | null): string => `
import { createLogger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";
let asked = 0;
Error.prepareStackTrace = (error, sites) => {
  asked++;
  return error.name + " " + error.message + " " + sites.map((site) => site.getFunctionName()).join(" < ");
};
const mine = Error.prepareStackTrace;
${mode ? `createLogger().add(() => {}); interceptConsole({ mode: ${JSON.stringify(mode)}, logger: createLogger() });` : ""}
function outer() { console.trace("custom"); }
outer();
const same = mine === Error.prepareStackTrace;
process.stderr.write("asked " + asked + " kept " + same + "\\n");
`;
    app.write("custom.js", program(null));
    const plain = app.run("custom.js").stderr;
    app.write("custom.js", program("tee"));
    expect(app.run("custom.js").stderr).toBe(plain);
    expect(plain).toContain("Trace custom outer");
    expect(plain).toContain("asked 1 kept true");
  });
});
