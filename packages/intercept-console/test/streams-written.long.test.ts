import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { messagesOf, Programs } from "./support/streams.ts";

let programs: Programs;
beforeAll(() => {
  programs = new Programs();
});
afterAll(() => programs.remove());

const MODES = ["tee", "replace"] as const;
const begin = (mode: string): string =>
  `const interception = interceptConsole({ logger, mode: "${mode}", streams: true });`;

/** The same program without us, and with us in tee mode: what is printed is to be the same. */
function plainAndTee(source: string): readonly [Buffer, Buffer] {
  const plain = programs.run(source);
  const tee = programs.run(`${begin("tee")}\n${source}`);
  expect(plain.code).toBe(0);
  expect(tee.code).toBe(0);
  expect(tee.stderr.toString()).toBe(plain.stderr.toString());
  return [plain.stdout, tee.stdout];
}

describe("write, as its callers know it", () => {
  test.each(MODES)("reads every encoding and every kind of bytes: %s", (mode) => {
    const source = `
process.stdout.write("plain é\\n"); process.stdout.write("aGV4\\n".trim(), "base64"); process.stdout.write("0a", "hex");
process.stdout.write("caf\\u00e9\\n", "latin1"); process.stdout.write("wide\\n", "utf16le"); process.stdout.write("c3a90a", "hex");
process.stdout.write(new TextEncoder().encode("uint8\\n")); process.stdout.write(Buffer.from("xbufferx").subarray(1, 7)); process.stdout.write("\\n", "ascii");`;
    const { records, stdout } = programs.run(`${begin(mode)}${source}`);
    expect(records.map(({ message }) => message)).toEqual(["plain é", "hex", "café", "wide", "é", "uint8", "buffer"]);
    const plain = programs.run(source);
    expect(stdout.equals(mode === "tee" ? plain.stdout : Buffer.alloc(0))).toBe(true);
  });

  test.each(MODES)("refuses what it refuses without us: %s", (mode) => {
    const source = `
const errors = [];
for (const args of [[null], [7], [{}], [undefined], ["x", "no-encoding"], ["x", 7], [new DataView(new ArrayBuffer(1))]]) {
  try { errors.push(process.stdout.write(...args)); } catch (error) { errors.push(error.code); }
}
tell(errors);`;
    expect(programs.run(`${begin(mode)}${source}`).told).toEqual(programs.run(source).told);
  });

  test.each(MODES)("leaves binary data alone: %s", (mode) => {
    const source = `
import { Readable } from "node:stream"; import { pipeline } from "node:stream/promises";
const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
process.stdout.write(png); process.stdout.write(Buffer.from("tar header\\0\\0")); process.stdout.write(Buffer.from("content of a file in a tar\\n"));
process.stdout.write(Buffer.from([0xc3])); process.stdout.write(Buffer.from([0x28]));
process.stdout.write(Buffer.from([0xff, 0xfe, 0x41]));
await pipeline(Readable.from([png, Buffer.alloc(70000, 7), Buffer.alloc(10, 0x61)]), process.stdout, { end: false });`;
    const { records, stdout } = programs.run(`${begin(mode)}${source}`);
    expect(messagesOf({ records }).filter((message) => !/^a*$/.test(message))).toEqual([]);
    const plain = programs.run(source).stdout;
    expect(stdout.equals(plain)).toBe(true);
  });

  test("a log line between data is a record, and the data is whole", () => {
    const { records, stdout } = programs.run(`${begin("replace")}
process.stdout.write("before\\n"); process.stdout.write(Buffer.from("\\0data")); process.stdout.write("after\\n"); process.stdout.write(Buffer.from("bytes again\\n"));`);
    expect(messagesOf({ records })).toEqual(["before", "after", "bytes again"]);
    expect(stdout.toString()).toBe("\0data");
  });

  test.each(MODES)("end() with a chunk ends the stream, and says its last line: %s", (mode) => {
    const source = `
process.stdout.write("a\\nb"); process.stdout.on("error", (error) => tell(error.code));
process.stdout.end("c", "utf8", () => tell("ended"));
process.stdout.write("after the end\\n", (error) => tell(error?.code));`;
    const ours = programs.run(`${begin(mode)}${source}`);
    const plain = programs.run(source);
    expect(messagesOf(ours)).toEqual(["a", "bc"]);
    expect(ours.told.toSorted()).toEqual(plain.told.toSorted());
    expect(ours.stdout.toString()).toBe(mode === "tee" ? "a\nbc" : "");
  });

  test("cork and uncork, drain and a pipe into it work as without us", () => {
    const [plain, tee] = plainAndTee(`
import { Readable } from "node:stream";
process.stdout.cork(); process.stdout.write("a\\n"); process.stdout.write("b\\n"); process.stdout.uncork();
const big = "x".repeat(100_000) + "\\n";
const go = (n) => { while (n-- > 0) if (!process.stdout.write(big)) return void process.stdout.once("drain", () => go(n)); Readable.from(["p1\\n", "p2\\n"]).pipe(process.stdout); };
go(20);`);
    expect(tee.equals(plain)).toBe(true);
    expect(tee.length).toBe(4 + 20 * 100_001 + 6);
  });

  test.each(MODES)("takes lines of 1 MiB whole, R-20a: %s", (mode) => {
    const { records, stdout } = programs.run(`${begin(mode)}
const line = "x".repeat(1024 * 1024 - 1) + "!";
process.stdout.write(line + "\\n" + line); process.stdout.write("\\n");
for (let at = 0; at < 16; at++) process.stdout.write(Buffer.alloc(65536, "y"));
process.stdout.write("\\nshort\\n");`);
    expect(records.map(({ message }) => message.length)).toEqual([1048576, 1048576, 1048576, 5]);
    expect(stdout.length).toBe(mode === "tee" ? 3 * 1048577 + 6 : 0);
  });

  test.each(MODES)("takes characters that are cut at every byte: %s", (mode) => {
    const { records, stdout } = programs.run(`${begin(mode)}
const text = Buffer.from("naïve 漢字 🙂 end\\n");
for (let cut = 0; cut <= text.length; cut++) { process.stdout.write(text.subarray(0, cut)); process.stdout.write(text.subarray(cut)); }
for (const byte of text) process.stdout.write(Uint8Array.of(byte));`);
    expect(new Set(messagesOf({ records }))).toEqual(new Set(["naïve 漢字 🙂 end"]));
    expect(records).toHaveLength(Buffer.from("naïve 漢字 🙂 end\n").length + 2);
    expect(stdout.toString()).toBe(mode === "tee" ? "naïve 漢字 🙂 end\n".repeat(records.length) : "");
  });
});

describe("two writers at once", () => {
  test.each(MODES)("a worker and the main thread: each line once, from the main thread's stream: %s", (mode) => {
    const { records, stdout } = programs.run(`${begin(mode)}
import { Worker } from "node:worker_threads";
const worker = new Worker(\`
  for (let at = 0; at < 50; at++) console.log("worker é %d", at);
  process.stderr.write("worker err\\\\n");
\`, { eval: true });
let n = 0;
const timer = setInterval(() => { process.stdout.write("main " + n++ + "\\n"); }, 1);
worker.on("exit", () => setImmediate(() => { clearInterval(timer); tell(n); }));`);
    const said = messagesOf({ records });
    for (let at = 0; at < 50; at++) expect(said.filter((one) => one === `worker é ${at}`)).toHaveLength(1);
    expect(records.find(({ message }) => message === "worker err")).toMatchObject({
      level: "WARNING",
      origin: "stderr",
      file: null,
    });
    expect(records.find(({ message }) => message === "worker é 0")).toMatchObject({
      level: "INFO",
      origin: "stdout",
      file: null,
    });
    expect(said.filter((one) => one.startsWith("main")).length).toBe(said.length - 51);
    expect(stdout.toString().split("\n").filter(Boolean).length).toBe(mode === "tee" ? said.length - 1 : 0);
  });

  test.each(MODES)("in a worker its own streams are taken: %s", (mode) => {
    const { told, stdout } = programs.run(`
import { Worker } from "node:worker_threads";
import { writeFileSync } from "node:fs";
writeFileSync("in-worker.mjs", \`
import { parentPort } from "node:worker_threads";
import { createLogger } from "@logbridge/core"; import { interceptConsole } from "@logbridge/intercept-console";
const logger = createLogger(), seen = []; logger.add((_t, record) => seen.push([record.origin.name, record.message]), { level: 0 });
const interception = interceptConsole({ logger, mode: "${mode}", streams: true });
process.stdout.write("from the worker\\\\n"); console.log("by its console"); process.stderr.write("half");
interception.restore(); parentPort.postMessage(seen);
\`);
new Worker("./in-worker.mjs").on("message", tell);`);
    expect(told[0]).toEqual([
      ["stdout", "from the worker"],
      ["console", "by its console"],
      ["stderr", "half"],
    ]);
    expect(stdout.toString()).toBe(mode === "tee" ? "from the worker\nby its console\n" : "");
  });

  test("half lines of stdout and stderr do not mix", () => {
    const { records } = programs.run(`${begin("replace")}
for (const [stream, text] of [["stdout", "a"], ["stderr", "1"], ["stdout", "b"], ["stderr", "2"], ["stderr", "\\n"], ["stdout", "\\n"]]) process[stream].write(text);`);
    expect(records.map(({ message, origin }) => [origin, message])).toEqual([
      ["stderr", "12"],
      ["stdout", "ab"],
    ]);
  });
});

test("data is left alone where nobody wants the level of the stream", () => {
  const data = "1f8b0800ff0a41000a";
  const { stdout, records } = programs.run(`
logger.add({ write() {} }, { level: "ERROR", key: "kept" });
${begin("replace")}
process.stdout.write("silent\\n"); process.stdout.write(Buffer.from("${data}", "hex")); process.stdout.write("silent too\\n");`);
  expect(records).toEqual([]);
  expect(stdout.toString("hex")).toBe(data);
});

test("a buffer that is used again for the next piece changes no line", () => {
  for (const mode of MODES) {
    const { records, stdout } = programs.run(`${begin(mode)}
const all = Buffer.from("größe 1\\ngröße 2\\n"), buffer = Buffer.alloc(3);
for (let at = 0; at < all.length; at += 3) process.stdout.write(buffer.subarray(0, all.copy(buffer, 0, at, at + 3)));`);
    expect(messagesOf({ records })).toEqual(["größe 1", "größe 2"]);
    expect(stdout.toString()).toBe(mode === "tee" ? "größe 1\ngröße 2\n" : "");
  }
});

test.each(["stdout", "stderr"])("a %s whose functions are fixed is refused, and nothing stays patched", (name) => {
  const { told, stdout, stderr } = programs.run(`
const described = () => ["stdout", "stderr"].flatMap((name) => ["write", "end"].map((key) => Object.getOwnPropertyDescriptor(process[name], key)?.value));
Object.defineProperty(process.${name}, "end", { value: process.${name}.end, configurable: false });
const before = described();
for (const options of [{ streams: true }, ...("${name}" === "stdout" ? [{ protectStdout: true }] : [])])
  try { interceptConsole({ logger, ...options }); } catch (error) { tell([error.code, error.message]); }
tell(described().every((one, at) => one === before[at]));
console.log("free"); console.error("free");`);
  const refused = ["LB1551", expect.stringContaining(`process.${name}.end cannot be replaced`)];
  expect(told).toEqual([...(name === "stdout" ? [refused, refused] : [refused]), true]);
  expect([stdout.toString(), stderr.toString()]).toEqual(["free\n", "free\n"]);
});
