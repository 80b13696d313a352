import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { messagesOf, Programs } from "./support/streams.ts";

let programs: Programs;
beforeAll(() => {
  programs = new Programs("winston", "pino");
});
afterAll(() => programs.remove());

const begin = `const interception = interceptConsole({ logger, protectStdout: true });`;

describe("a protected stdout", () => {
  test("is given back by restore(), with everything as it was, and the protocol goes on", () => {
    const { stdout, told, records } = programs.run(`
import fs, { writeSync } from "node:fs";
const names = ["write", "writeSync", "writev", "writevSync", "writeFileSync", "appendFileSync"];
const described = () => [...names.map((name) => Object.getOwnPropertyDescriptor(fs, name)), ...["write", "end"].map((key) => Object.getOwnPropertyDescriptor(process.stdout, key))];
const before = described();
${begin}
const inside = fs.writeSync;
interception.restore();
tell(described().every((one, at) => one === before[at] || Object.keys(one).every((key) => one[key] === before[at][key])));
tell(writeSync === fs.writeSync && inside !== fs.writeSync);
writeSync(1, "free\\n"); console.log("printed"); interception.stdout.write("protocol\\n"); inside(1, "kept reference\\n"); logger.add(process.stdout, { format: "H {message}" }); logger.info("x");`);
    expect(told).toEqual([true, true]);
    expect(stdout.toString().split("\n").toSorted()).toEqual([
      "",
      "H x",
      "free",
      "kept reference",
      "printed",
      "protocol",
    ]);
    expect(messagesOf({ records })).toEqual(["x"]);
  });

  test("is kept by two interceptions, and by two copies of the package, until both have ended", () => {
    const { stdout, told } = programs.run(`
import { createRequire } from "node:module"; import fs from "node:fs";
const cjs = createRequire(import.meta.url)("@logbridge/intercept-console"); const { createLogger } = createRequire(import.meta.url)("@logbridge/core");
const other = createLogger(), seen = []; other.add((_t, record) => seen.push(record.message), { level: 0 });
${begin}
const second = cjs.interceptConsole({ logger: other, protectStdout: true });
fs.writeSync(1, "both\\n"); interception.stdout.write("1\\n"); second.stdout.write("2\\n");
interception.restore(); fs.writeSync(1, "other\\n"); process.stdout.write("other too\\n"); second.stdout.write("3\\n"); second.restore(); fs.writeSync(1, "free\\n"); tell(seen);`);
    expect(stdout.toString()).toBe("1\n2\n3\nfree\n");
    expect(told[0]).toEqual(["both", "other", "other too"]);
  });

  test("a worker's console goes to the logger, and a child with inherited stdio can be led to stderr", () => {
    const { stdout, stderr, records } = programs.run(`
import { Worker } from "node:worker_threads"; import { spawnSync } from "node:child_process";
${begin}
spawnSync(process.execPath, ["-e", "console.log('child')"], { stdio: ["ignore", 2, 2] });
spawnSync(process.execPath, ["-e", "console.log('inherited')"], { stdio: "inherit" });
new Worker('console.log("worker")', { eval: true }).on("exit", () => interception.stdout.write("P\\n"));`);
    expect(messagesOf({ records })).toEqual(["worker"]);
    expect(stderr.toString()).toBe("child\n");
    // What a process of its own writes to a descriptor that it was given cannot be kept away.
    expect(stdout.toString()).toBe("inherited\nP\n");
  });
});

describe("the protocol's stream", () => {
  test("keeps order, calls back, and holds its writer back while the pipe is full", () => {
    const { stdout, told } = programs.run(`
process.stdout.write("before\\n");
${begin}
const { stdout } = interception; const calls = []; let drains = 0;
stdout.on("drain", () => drains++);
const big = "x".repeat(300_000) + "\\n";
// A reader as quick as the writer keeps the pipe from filling: written until it is full.
let at = 0; while (at < 150 && stdout.write(at + big, ((mine) => () => calls.push(mine))(at))) at++;
await new Promise((resolve) => stdout.once("drain", resolve));
stdout.cork(); stdout.write("corked "); stdout.write("both\\n"); stdout.uncork();
stdout.end("last\\n", "utf8", () => tell({ written: at + 1, calls, drains }));`);
    const [{ written, calls, drains }] = told as [{ written: number; calls: number[]; drains: number }];
    const numbers = Array.from({ length: written }, (_v, at) => at);
    const big = `${"x".repeat(300_000)}\n`;
    const expected = `before\n${numbers.map((at) => at + big).join("")}corked both\nlast\n`;
    expect(stdout.toString() === expected).toBe(true);
    expect(calls).toEqual(numbers);
    expect(drains).toBeGreaterThan(0);
  });

  test("behind a stdout that stays corked it ends with the process, and behind one that is uncorked it keeps its turn", () => {
    const corked = programs.run(`process.stdout.cork(); process.stdout.write("never let go\\n");
${begin}
interception.stdout.write("P\\n", () => tell("called back"));`);
    expect([corked.code, corked.stdout.toString()]).toEqual([0, "P\n"]);
    const uncorked =
      programs.run(`process.stdout.cork(); process.stdout.write("first\\n"); setTimeout(() => process.stdout.uncork(), 20);
${begin}
interception.stdout.write("P\\n");`);
    expect(uncorked.stdout.toString()).toBe("first\nP\n");
  });

  test("begins a line of its own where the end of the process cuts off what was printed before", () => {
    const { stdout } = programs.run(`process.stdout.write("x".repeat(8_000_000) + "\\n");
${begin}
interception.stdout.write("P\\n"); interception.stdout.write("Q\\n");
process.exit(0);`);
    expect(stdout.subarray(-5).toString()).toMatch(/^.?\nP\nQ\n$/);
  });

  test("loses nothing when the process exits with a full pipe, a corked stream, and more in an exit listener", () => {
    const { stdout } = programs.run(`${begin}
const { stdout } = interception;
for (let at = 0; at < 40; at++) stdout.write(at + "y".repeat(100_000) + "\\n");
stdout.cork(); stdout.write("corked\\n");
process.on("exit", () => stdout.write("in exit\\n"));
process.exit(0);`);
    const lines = stdout.toString().split("\n");
    expect(lines).toHaveLength(43);
    expect(lines.slice(40)).toEqual(["corked", "in exit", ""]);
    expect(lines[39]).toBe(`39${"y".repeat(100_000)}`);
  });
});
