import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { messagesOf, Programs } from "./support/streams.ts";

let programs: Programs;
beforeAll(() => {
  programs = new Programs("winston", "pino");
});
afterAll(() => programs.remove());

/** Bun and Deno tell no import of `node:fs` that a function was changed: what is written by one arrives on stderr. */
const hearsImports = !("Bun" in globalThis || "Deno" in globalThis);
const begin = `const interception = interceptConsole({ logger, protectStdout: true });`;

describe("a protected stdout", () => {
  test("lets those who end it hear that it has ended", () => {
    const { records, stdout, told, code } = programs.run(`
import { pipeline } from "node:stream/promises"; import { Readable } from "node:stream";
${begin}
await pipeline(Readable.from(["piped\\n"]), process.stdout); tell("piped");
await pipeline(async function* () { yield "generated\\n"; }, process.stdout); tell("generated");
await new Promise((resolve) => process.stdout.once("close", resolve).end("and more\\n")); tell("closed");
console.log("still there"); interception.stdout.write("P\\n");`);
    expect([told, code]).toEqual([["piped", "generated", "closed"], 0]);
    expect(stdout.toString()).toBe("P\n");
    expect(messagesOf({ records })).toEqual(["piped", "generated", "and more", "still there"]);
  });

  test("holds the bytes of the protocol and no others, whatever prints", () => {
    const { records, stdout, stderr } = programs.run(`
import pino from "pino"; import winston from "winston"; import fs, { writeSync, writevSync } from "node:fs"; import { promisify } from "node:util"; import { Console } from "node:console";
const early = pino({ base: null, timestamp: false }, pino.destination(1)); const loud = winston.createLogger({ format: winston.format.simple(), transports: [new winston.transports.Console()] });
${begin}
const late = pino({ base: null, timestamp: false }, pino.destination({ dest: 1, sync: true })); const plain = pino({ base: null, timestamp: false });
console.log("console"); console.table([1]); new Console(process.stdout).log("another console"); process.stdout.write("stdout\\n");
early.info("early"); late.info("late"); plain.info("plain"); loud.info("loud");
tell([writeSync(1, "é\\n"), writeSync(1, Buffer.from("xbytesx\\n"), 1, 5), writeSync(1, "\\n", null, "latin1"), writeSync(1, Buffer.from("of\\n"), { offset: 0 }), writevSync(1, [Buffer.from("v1 "), Buffer.from("v2\\n")])]);
fs.writeFileSync(1, "file\\n"); fs.appendFileSync(1, "appended\\n"); fs.writeFileSync(1, "68657820", "hex");
interception.stdout.write('{"protocol":1}\\n');
tell(await promisify(fs.write)(1, "later\\n").then(({ bytesWritten }) => bytesWritten));
await new Promise((done) => fs.writev(1, [Buffer.from("vector\\n")], (error, count) => { tell([error, count]); done(); }));
await new Promise((done) => fs.writeFile(1, "written file\\n", done));
interception.stdout.end('{"protocol":2}\\n');`);
    expect(stdout.toString()).toBe('{"protocol":1}\n{"protocol":2}\n');
    const imported = ["é", "bytes", "of", "v1 v2", "written file"];
    expect(stderr.toString()).toBe(hearsImports ? "" : `${imported.join("\n")}\n`);
    const expected = [
      "console",
      "table",
      "another console",
      "stdout",
      '{"level":30,"msg":"early"}',
      '{"level":30,"msg":"late"}',
      '{"level":30,"msg":"plain"}',
      "info: loud",
      "é",
      "bytes",
      "of",
      "v1 v2",
      "file",
      "appended",
      "hex later",
      "vector",
      "written file",
    ];
    expect(messagesOf({ records }).map((message) => message.replace(/^┌[\s\S]*/, "table"))).toEqual(
      hearsImports ? expected : expected.filter((message) => !imported.includes(message)),
    );
  });

  test("sends to stderr what becomes no record", () => {
    const { records, stdout, stderr, told } = programs.run(`
import { writeSync } from "node:fs"; import { Writable } from "node:stream";
${begin}
logger.add((text) => process.stdout.write(text), { format: "SINK {message}" });
logger.add(new Writable({ write(chunk, _e, done) { process.stdout.write("W " + chunk, done); } }), { format: "-{message}-" });
console.log("said"); process.stdout.write(Buffer.from("\\0data")); writeSync(1, Buffer.from([0xff]));
const refusals = (stream, fd) => [
  ...[[null], [7], ["x", "no-encoding"]].map((args) => () => stream.write(...args)),
  ...[[fd], [fd, {}], [fd, Buffer.from("a"), 5, 9]].map((args) => () => writeSync(...args)),
].map((write) => { try { write(); return "written"; } catch (error) { return error.code; } });
tell(refusals(process.stdout, 1)); tell(refusals(process.stderr, 2));
process.stdout.end("ended\\n", () => tell("end")); process.stdout.write("after the end\\n"); interception.stdout.write("P\\n");`);
    expect(stdout.toString()).toBe("P\n");
    expect(messagesOf({ records })).toEqual(["said", "ended", "after the end"]);
    for (const text of ["SINK said\n", "W -said-", "\0data", "SINK ended\n"]) expect(stderr.toString()).toContain(text);
    const [refused, withoutUs, end] = told;
    expect(refused).toEqual(withoutUs);
    expect(refused).toEqual(expect.arrayContaining(["ERR_STREAM_NULL_VALUES", "ERR_INVALID_ARG_TYPE"]));
    expect(end).toBe("end");
  });
});

test("what cannot be protected is refused in the call, and leaves nothing behind", () => {
  const { told, stdout } = programs.run(`
import { createLogger } from "@logbridge/core";
const made = []; const protect = (options) => { const one = interceptConsole({ logger, protectStdout: true, ...options }); made.push(one); return one; };
const attempts = [
  () => protect({ mode: "tee" }),
  () => protect({ protectStdout: "yes" }),
  () => (logger.add(process.stdout, { key: "out" }), protect()),
  () => (logger.add(process.stdout, { key: "out" }), protect({ logger: logger.bind({ a: 1 }) })),
  (other) => (other.add(process.stdout), protect()),
  () => (protect(), logger.add(process.stdout, { key: "out" })),
  (other) => (protect(), other.add("/dev/stdout")),
  (other) => (protect(), other.add(new URL("file:///proc/self/fd/1"))),
  () => logger.add(process.stdout, { key: "out", format: "free {message}" }),
];
const kept = logger.add(process.stderr, { level: "CRITICAL" });
for (const attempt of attempts) {
  const other = createLogger();
  try { tell(typeof attempt(other)); logger.info("handler"); } catch (error) { tell([error.code, error.message]); }
  for (const one of made.splice(0)) one.restore();
  await other.remove();
  for (let id = kept + 1; id < kept + 20; id++) try { await logger.remove(id); } catch {}
  console.log("free");
}`);
  const part = (code: string, text: string): unknown[] => [code, expect.stringContaining(text)];
  expect(told).toEqual([
    part("LB1550", "mode"),
    part("LB1540", "protectStdout"),
    part("LB1552", "handler 2 writes"),
    part("LB1552", "handler 3 writes"),
    part("LB1552", "another logger"),
    part("LB1553", "process.stderr or a file"),
    part("LB1553", "stdout"),
    part("LB1553", "stdout"),
    "number",
  ]);
  expect(stdout.toString()).toBe(`${"free\n".repeat(8)}free handler\nfree\n`);
});

test.skipIf(hearsImports)(
  "what the runtime writes by ways of its own goes to stderr, and stdout is as before afterwards",
  () => {
    const { stdout, stderr, told } = programs.run(`
import fs, { writeSync } from "node:fs"; import { createLogger } from "@logbridge/core"; const own = async (text) => globalThis.Deno ? void Deno.stdout.writeSync(new TextEncoder().encode(text)) : void (await Bun.write(Bun.stdout, text));
const two = [interceptConsole({ logger, protectStdout: true }), interceptConsole({ logger: createLogger(), protectStdout: true })];
await own("own\\n"); writeSync(1, "imported\\n");
two[0].stdout.write("P1\\n"); two[1].stdout.write("P2\\n");
two[0].restore(); writeSync(1, "still\\n"); two[0].stdout.write("P3\\n");
two[1].restore(); writeSync(1, "free\\n"); two[0].stdout.write("P4\\n"); await own("own again\\n"); tell(typeof fs.writeSync);`);
    expect(stdout.toString()).toBe("P1\nP2\nP3\nfree\nP4\nown again\n");
    expect(stderr.toString()).toBe("own\nimported\nstill\n");
    expect(told).toEqual(["function"]);
  },
);

test.runIf("Deno" in globalThis)("without the permission to lead it elsewhere it is refused, with what to do", () => {
  const file = programs.write(
    "try { interceptConsole({ logger, protectStdout: true }); } catch (error) { console.log(error.message); }",
  );
  const { stdout } = spawnSync(
    process.execPath,
    ["run", "--no-prompt", "--allow-read", "--allow-env", "--allow-write", "--allow-sys", file],
    { cwd: programs.root, env: { ...process.env, KEPT: "kept.json", NO_COLOR: "1" }, encoding: "utf8" },
  );
  expect(stdout).toMatch(/--allow-ffi.*\[LB1551\]\n$/);
});

test("a protection that was refused leaves stdout to everybody", () => {
  const { told, stdout } = programs.run(`
Object.defineProperty(process.stdout, "end", { value: process.stdout.end, configurable: false });
try { interceptConsole({ logger, protectStdout: true }); } catch (error) { tell(error.code); }
logger.add(process.stdout, { format: "{message}" });
logger.info("ours");`);
  expect(told).toEqual(["LB1551"]);
  expect(stdout.toString()).toBe("ours\n");
});

test("a worker thread cannot protect what is the process's", () => {
  const { told } = programs.run(`
import { Worker } from "node:worker_threads"; import { writeFileSync } from "node:fs";
writeFileSync("guarded.mjs", 'import { parentPort } from "node:worker_threads"; import { interceptConsole } from "@logbridge/intercept-console"; try { interceptConsole({ protectStdout: true }); } catch (error) { parentPort.postMessage(error.code); }');
new Worker("./guarded.mjs").on("message", tell);`);
  expect(told).toEqual(["LB1551"]);
});
