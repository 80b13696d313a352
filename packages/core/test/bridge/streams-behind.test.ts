import { spawnSync } from "node:child_process";
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Duplex, Writable } from "node:stream";
import { StreamsBehind } from "@logbridge/core";
import { afterEach, beforeEach, expect, test } from "vitest";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "logbridge-behind-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("tells that a file's stream which nobody shows still holds something, and when it holds nothing", async () => {
  const hidden = createWriteStream(join(folder, "a.log"));
  const behind = new StreamsBehind();
  behind.during(() => hidden.write("one\n"));
  behind.during(() => hidden.write("two\n"));
  expect(behind.pending()).toBe(1);
  await new Promise((resolve) => hidden.write("three\n", resolve));
  expect(behind.pending()).toBe(0);
  hidden.end();
});

test("sees a socket, which has a method of its own", async () => {
  const server = createServer((socket) => socket.resume()).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const behind = new StreamsBehind();
  behind.during(() => socket.write("x"));
  expect(behind.known()).toEqual([socket]);
  expect(behind.pending()).toBe(1);
  await new Promise<void>((resolve) => socket.end(resolve));
  server.close();
});

test("leaves Node's methods as they were, also when the call throws", () => {
  const before = [Writable.prototype.write, Duplex.prototype.write];
  const behind = new StreamsBehind();
  expect(() =>
    behind.during(() => {
      throw new Error("no");
    }),
  ).toThrow("no");
  expect([Writable.prototype.write, Duplex.prototype.write]).toEqual(before);
});

test("stops looking at a transport that writes nowhere", () => {
  const behind = new StreamsBehind();
  const { write } = Writable.prototype;
  let watched = 0;
  for (let n = 0; n < 100; n++)
    behind.during(() => {
      if (Writable.prototype.write !== write) watched++;
    });
  expect(watched).toBe(16);
});

test("finds the stream that follows on one that was ended, and one that comes in the middle of a call", async () => {
  const first = createWriteStream(join(folder, "a.log"));
  const second = createWriteStream(join(folder, "b.log"));
  const third = createWriteStream(join(folder, "c.log"));
  const behind = new StreamsBehind();
  behind.during(() => first.write("1"));
  await new Promise<void>((resolve) => first.end(resolve));
  behind.during(() => second.write("2"));
  expect(behind.known()).toEqual([second]);
  behind.during(() => {
    behind.changed();
    third.write("3");
  });
  expect(behind.known()).toEqual([second, third]);
  second.end();
  third.end();
});

test("writes out at exit what streams of files hold, once, in order, also before the file is open", () => {
  const file = join(folder, "a.log");
  const program = `
    import { createWriteStream } from "node:fs";
    import { StreamsBehind } from "@logbridge/core";
    const stream = createWriteStream(${JSON.stringify(file)}, { flags: "a" });
    const behind = new StreamsBehind();
    const log = (n) => behind.during(() => stream.write("line " + n + "\\n"));
    for (let n = 0; n < 1000; n++) log(n);
    process.on("exit", () => { behind.drainSync(); log(1000); behind.drainSync(); });
    if (process.argv[1] === "open") stream.once("open", () => process.exit(0)); else process.exit(0);`;
  for (const when of ["open", "at once"]) {
    rmSync(file, { force: true });
    const args = ["--conditions=@logbridge/source", "--import", "tsx", "--input-type=module", "-e", program, when];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: import.meta.dirname, encoding: "utf8" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(Array.from({ length: 1001 }, (_, n) => `line ${n}\n`).join(""));
  }
});
