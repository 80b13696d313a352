import { spawn } from "node:child_process";
import { once } from "node:events";
import { Duplex, PassThrough, Readable, Writable } from "node:stream";
import { Worker } from "node:worker_threads";
import { createLogger } from "@logbridge/core";
import { interceptConsole, interceptStream } from "@logbridge/intercept-console";
import { describe, expect, test, vi } from "vitest";
import { keeping } from "./support/records.ts";

const node = (source: string) => spawn(process.execPath, ["-e", source], { stdio: ["ignore", "pipe", "pipe"] });

/** A stream that keeps what it gets, and takes the next piece only when told. */
function slow(): { readonly stream: Writable; readonly chunks: Buffer[]; readonly go: () => void } {
  const chunks: Buffer[] = [];
  let next: (() => void) | null = null;
  const stream = new Writable({
    highWaterMark: 1,
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      next = done;
    },
  });
  return {
    stream,
    chunks,
    go: () => {
      const done = next;
      next = null;
      done?.();
    },
  };
}

describe("a child's output", () => {
  test("with stdio pipe: each line is a record, the last without its end too", async () => {
    const { logger, records } = keeping();
    const child = node(
      `process.stdout.write("one\\ntwo é"); process.stderr.write("\\x1b[31m[app] careful\\x1b[0m\\n"); process.stdout.write("\\nlast");`,
    );
    const out = interceptStream(child.stdout, { logger, name: "child" });
    const err = interceptStream(child.stderr, { logger, name: () => "named", at: "WARNING" });
    await Promise.all([out.done, err.done]);
    const said = records.map(({ level, message, name, origin }) => [level.name, message, name, origin?.name]);
    expect(said.filter(([, , name]) => name === "child")).toEqual([
      ["INFO", "one", "child", "child"],
      ["INFO", "two é", "child", "child"],
      ["INFO", "last", "child", "child"],
    ]);
    expect(said.filter(([, , name]) => name !== "child")).toEqual([["WARNING", "[app] careful", "named", "stream"]]);
    for (const { file, line } of records) expect([file, line]).toEqual([null, null]);
  });

  test("with stdio inherit there is no stream to listen to, and the error says what to do", () => {
    const child = spawn(process.execPath, ["-e", ""], { stdio: ["ignore", "ignore", "ignore"] });
    expect(() => interceptStream(child.stdout as never)).toThrow(/stdio is "pipe".*LB1554/s);
  });

  test("that is long, cut anywhere and comes from two children at once loses nothing", async () => {
    const { logger, records } = keeping();
    const source = `let n = 0; const go = () => { while (n < 2000) if (!process.stdout.write(process.argv.at(-1) + " " + n++ + " " + "é".repeat(n % 97) + "\\n")) return void process.stdout.once("drain", go); process.stdout.write("x".repeat(1 << 20) + "\\n"); }; go();`;
    const children = ["a", "b"].map((name) =>
      spawn(process.execPath, ["-e", source, name], { stdio: ["ignore", "pipe", "ignore"] }),
    );
    await Promise.all(children.map(({ stdout }) => interceptStream(stdout as Readable, { logger }).done));
    for (const name of ["a", "b"]) {
      const lines = records.map(({ message }) => message).filter((message) => message.startsWith(`${name} `));
      expect(lines).toEqual(
        Array.from({ length: 2000 }, (_v, at) => `${name} ${at} ${"é".repeat((at + 1) % 97)}`.trimEnd()),
      );
    }
    expect(records.filter(({ message }) => message.length === 1 << 20)).toHaveLength(2);
  });
});

test("a worker's own stream", async () => {
  const { logger, messages } = keeping();
  const worker = new Worker(`console.log("in the worker"); process.stdout.write("half");`, {
    eval: true,
    stdout: true,
  });
  await interceptStream(worker.stdout, { logger }).done;
  expect(messages()).toEqual(["in the worker", "half"]);
});

describe("what is read", () => {
  test("strings of a stream with an encoding, and of one of objects", async () => {
    const { logger, messages } = keeping();
    const decoded = new PassThrough().setEncoding("utf8");
    const { done } = interceptStream(decoded, { logger });
    for (const byte of Buffer.from("é\n")) decoded.write(Uint8Array.of(byte));
    decoded.end();
    await done;
    await interceptStream(Readable.from(["a\nb", "c\n"]), { logger }).done;
    expect(messages()).toEqual(["é", "a", "bc"]);
  });

  test("bytes that are no text are replaced, another encoding is read by its name", async () => {
    const { logger, messages } = keeping();
    await interceptStream(Readable.from([Buffer.from([0x61, 0xff, 0x62, 0x0a])]), { logger }).done;
    await interceptStream(Readable.from([Buffer.from("caf\u00e9\n", "latin1")]), { logger, encoding: "latin1" }).done;
    await interceptStream(Readable.from([Buffer.from("wide\n", "utf16le")]), { logger, encoding: "utf-16le" }).done;
    expect(messages()).toEqual(["a\ufffdb", "café", "wide"]);
  });

  test("a stream of the Web, which may be restored in the middle and read on by somebody else", async () => {
    const { logger, messages } = keeping();
    await interceptStream(new Blob(["one\ntwo"]).stream(), { logger }).done;
    const given: ReadableStreamDefaultController<string>[] = [];
    const stream = new ReadableStream<string>({ start: (one) => void given.push(one) });
    const interception = interceptStream(stream, { logger });
    given[0]?.enqueue("three\nfo");
    await vi.waitFor(() => expect(messages()).toContain("three"));
    interception.restore();
    await interception.done;
    given[0]?.enqueue("ur\n");
    const reader = stream.getReader();
    expect(await reader.read()).toEqual({ done: false, value: "ur\n" });
    expect(messages()).toEqual(["one", "two", "three", "fo"]);
  });

  test("a level that nobody wants costs nothing further, and `level` leaves out what is below", async () => {
    const { logger, messages } = keeping("WARNING");
    await interceptStream(Readable.from(["a\n"]), { logger, at: "INFO" }).done;
    await interceptStream(Readable.from(["b\n"]), { logger, at: 30, level: "ERROR" }).done;
    await interceptStream(Readable.from(["c\n"]), { logger, at: 35 }).done;
    expect(messages()).toEqual(["c"]);
  });
});

describe("tee", () => {
  test("passes every byte on as it is, at the pace of the other side, and ends nothing", async () => {
    const { logger, messages } = keeping();
    const { stream, chunks, go } = slow();
    const source = new PassThrough({ highWaterMark: 4 });
    const { done } = interceptStream(source, { logger, to: stream });
    source.write(Buffer.from([0x66, 0xff, 0x0a]));
    source.write("second\n");
    source.end("third");
    await vi.waitFor(() => expect(chunks).toHaveLength(1));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(chunks).toHaveLength(1);
    expect(source.isPaused()).toBe(true);
    const turning = setInterval(go, 1);
    await done;
    await vi.waitFor(() => expect(Buffer.concat(chunks).toString("latin1")).toBe("f\u00ff\nsecond\nthird"));
    clearInterval(turning);
    expect(messages()).toEqual(["f\ufffd", "second", "third"]);
    expect([stream.writableEnded, stream.listenerCount("error"), stream.listenerCount("drain")]).toEqual([false, 0, 0]);
  });

  test("to a stream of the Web", async () => {
    const { logger, messages } = keeping();
    const chunks: unknown[] = [];
    const to = new WritableStream<string>({ write: async (chunk) => void chunks.push(chunk) });
    await interceptStream(Readable.from(["a\n", "b"]), { logger, to }).done;
    expect([chunks, messages(), to.locked]).toEqual([["a\n", "b"], ["a", "b"], false]);
  });

  test("of many to one stream is one listener of each event there, and none in the end", async () => {
    const { logger, messages } = keeping();
    const to = new PassThrough();
    const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    const sources = Array.from({ length: 12 }, () => new PassThrough());
    const all = sources.map((source) => interceptStream(source, { logger, to }));
    for (const source of sources) source.write("x\n");
    await vi.waitFor(() => expect(messages()).toHaveLength(12));
    expect([warned.mock.calls, to.listenerCount("error")]).toEqual([[], 1]);
    warned.mockRestore();
    for (const one of all) one.restore();
    expect(["error", "drain", "close"].map((event) => to.listenerCount(event))).toEqual([0, 0, 0]);
    to.end();
    expect(Buffer.concat(await to.toArray()).toString()).toBe("x\n".repeat(12));
  });

  test("a failure of the other side is reported once, and the records go on", async () => {
    const { logger, messages } = keeping();
    const to = new Writable({ write: (_chunk, _encoding, done) => done(new Error("disk full")) });
    const fail = new Writable({ write: () => undefined });
    Object.assign(fail, {
      write: () => {
        throw new Error("thrown");
      },
    });
    const kept = vi.fn();
    to.on("error", kept);
    const source = new PassThrough();
    const { done } = interceptStream(source, { logger, name: "job", to });
    source.write("a\n");
    await vi.waitFor(() => expect(kept).toHaveBeenCalled());
    source.end("b\n");
    await done;
    await interceptStream(Readable.from(["c\n"]), { logger, to: fail }).done;
    expect(messages()).toEqual(["a", "b", "c"]);
  });
});

describe("ends and failures", () => {
  test("a stream that fails is reported, its last line delivered, and nothing is thrown", async () => {
    const { logger, messages } = keeping();
    const source = new PassThrough();
    const { done } = interceptStream(source, { logger });
    source.write("begun");
    await new Promise((resolve) => setImmediate(resolve));
    source.destroy(new Error("connection lost"));
    await done;
    expect(messages()).toEqual(["begun"]);
    const broken = new ReadableStream({ pull: () => Promise.reject(new Error("no network")) });
    await interceptStream(broken, { logger }).done;
    await interceptStream(Readable.from([{ no: "text" }]), { logger }).done;
    expect(messages()).toEqual(["begun"]);
  });

  test("one that has ended already, or is destroyed without an error, is done", async () => {
    const { logger } = keeping();
    const ended = Readable.from([]);
    ended.resume();
    await once(ended, "end");
    await interceptStream(ended, { logger }).done;
    const destroyed = new PassThrough();
    destroyed.destroy();
    await interceptStream(destroyed, { logger }).done;
  });

  test("restore() delivers what was begun and leaves the stream to the next reader, with nothing lost", async () => {
    const { logger, messages } = keeping();
    const source = new PassThrough();
    const interception = interceptStream(source, { logger });
    source.write("one\nbeg");
    await vi.waitFor(() => expect(messages()).toEqual(["one"]));
    interception.restore();
    interception.restore();
    await interception.done;
    source.end("next reader\n");
    expect(["data", "end", "error"].map((event) => source.listenerCount(event))).toEqual([0, expect.any(Number), 0]);
    expect(Buffer.concat(await source.toArray()).toString()).toBe("next reader\n");
    expect(messages()).toEqual(["one", "beg"]);
  });

  test("after restore() a listener for data starts the stream, as if nobody had read it before", async () => {
    const { logger, messages } = keeping();
    const source = new PassThrough();
    const first = interceptStream(source, { logger });
    source.write("one\n");
    await vi.waitFor(() => expect(messages()).toEqual(["one"]));
    first.restore();
    expect(source.readableFlowing).toBeNull();
    source.write("kept\n");
    const second = interceptStream(source, { logger });
    await vi.waitFor(() => expect(messages()).toEqual(["one", "kept"]));
    second.restore();
    const read: string[] = [];
    source.on("data", (chunk) => read.push(String(chunk)));
    source.end("for the next\n");
    await once(source, "end");
    expect(read).toEqual(["for the next\n"]);
  });

  test("a sink that restores gets the rest of the chunk, which nobody else would", async () => {
    const { logger, messages } = keeping();
    const source = new PassThrough();
    const interception = interceptStream(source, { logger });
    logger.add((text) => text.startsWith("b") && interception.restore(), { format: "{message}" });
    source.write("a\nb\nc\nd");
    await interception.done;
    expect(messages()).toEqual(["a", "b", "c", "d"]);
  });

  test("beside another reader it takes nothing from it", async () => {
    const { logger, messages } = keeping();
    const source = new PassThrough();
    const other: string[] = [];
    source.on("data", (chunk) => other.push(String(chunk)));
    const interception = interceptStream(source, { logger });
    source.write("a\n");
    await vi.waitFor(() => expect(messages()).toEqual(["a"]));
    interception.restore();
    source.end("b\n");
    await once(source, "end");
    expect(other).toEqual(["a\n", "b\n"]);
  });

  test("a sink that writes into the stream that is read is cut off", async () => {
    const { logger, records } = keeping();
    const source = new PassThrough();
    logger.add((text) => source.write(text), { format: "SINK {message}" });
    const interception = interceptStream(source, { logger });
    source.write("once\n");
    let seen = -1;
    // The guard withholds for a second before it is sure.
    await vi.waitFor(
      async () => {
        seen = records.length;
        await new Promise((resolve) => setTimeout(resolve, 1500));
        expect(records).toHaveLength(seen);
      },
      { timeout: 15_000 },
    );
    interception.restore();
    expect(seen).toBeLessThan(100);
    source.write("not heard any more\n");
  });
});

describe("bad input is refused in the call", () => {
  const good = (): Readable => Readable.from([]);
  const locked = new ReadableStream();
  locked.getReader();
  test.each([
    ["LB1554", [undefined]],
    ["LB1554", [null]],
    ["LB1554", ["text"]],
    ["LB1554", [new Writable({ write() {} })]],
    ["LB1554", [locked]],
    ["LB1555", [good(), { mode: "tee" }]],
    ["LB1555", [good(), { mode: "replace", to: process.stdout }]],
    ["LB1555", [good(), { to: {} }]],
    ["LB1555", [good(), { to: null }]],
    ["LB1555", [good(), { encoding: "no-encoding" }]],
    ["LB1555", [good(), { encoding: 8 }]],
    ["LB1003", [good(), { at: "LOUD" }]],
    ["LB1003", [good(), { at: -1 }]],
    ["LB1003", [good(), { at: null }]],
    ["LB1406", [good(), new Map()]],
    ["LB1002", [good(), { streams: true }]],
    ["LB1002", [good(), { stage: "formatted" }]],
    ["LB1406", [good(), { logger: {} }]],
  ] as const)("%s %j", (code, args) => {
    const logger = createLogger();
    const given = args[1] as object | undefined;
    const options = given instanceof Map ? given : { logger, ...given };
    expect(() => interceptStream(args[0] as never, options as never)).toThrow(expect.objectContaining({ code }));
    expect(logger._core.hub.interceptions).toBe(0);
  });
});

test("a socket may get what it has said: another one reads it", async () => {
  const logger = createLogger();
  const records: string[] = [];
  logger.add((_text, { message }) => void records.push(message));
  const sent: string[] = [];
  const both = new Duplex({
    read() {},
    write(part, _encoding, done) {
      sent.push(String(part));
      done();
    },
  });
  const interception = interceptStream(both, { logger, to: both });
  both.push("ping\n");
  both.push(null);
  await interception.done;
  expect({ records, sent }).toEqual({ records: ["ping"], sent: ["ping\n"] });
});

test("a stream that would be passed on to itself is refused", () => {
  const both = new PassThrough();
  expect(() => interceptStream(both, { logger: createLogger(), to: both })).toThrow(
    expect.objectContaining({ code: "LB1555", message: expect.stringMatching(/another stream.*got /) as string }),
  );
  expect(both.listenerCount("data") + both.listenerCount("drain")).toBe(0);
});

test("a runtime without a process has no streams that could be taken or protected", () => {
  vi.stubGlobal("process", undefined);
  try {
    for (const option of ["streams", "protectStdout"])
      expect(() => interceptConsole({ logger: createLogger(), [option]: true })).toThrow(
        expect.objectContaining({ code: "LB1551" }),
      );
  } finally {
    vi.unstubAllGlobals();
  }
});
