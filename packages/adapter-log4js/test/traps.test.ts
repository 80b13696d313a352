import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fromLog4jsConfig, log4jsSink } from "@logbridge/adapter-log4js";
import { createLogger, type Logger } from "@logbridge/core";
import log4js, { type LoggingEvent } from "log4js";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

let dir: string;
let logger: Logger;
let errors: unknown[];
const onError = (_kind: unknown, _records: unknown, error: unknown): void => void errors.push(error);

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "logbridge-log4js-"));
  logger = createLogger() as Logger;
  errors = [];
});
afterEach(async () => {
  await logger.remove();
  rmSync(dir, { recursive: true, force: true });
});

const path = (name: string): string => join(dir, name);
const linesOf = (file: string): string[] =>
  existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(0, -1) : [];

/** A port that nobody listens at. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

function start(...args: string[]): { child: ChildProcess; ended: Promise<number | null>; stderr: () => string } {
  const program = fileURLToPath(new URL("programs/multiprocess.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=@logbridge/source", "--import", "tsx", program, ...args]);
  let stderr = "";
  child.stderr.on("data", (chunk) => (stderr += chunk));
  return { child, ended: new Promise((done) => child.on("close", done)), stderr: () => stderr };
}

test("multiprocess: a master of ours writes its own records, those of our workers and those of log4js itself", async () => {
  const [port, file] = [String(await freePort()), path("all.log")];
  const master = start("master", port, file);
  const ready = await new Promise((done) => master.child.stdout?.once("data", (chunk) => done(String(chunk))));
  expect(ready).toBe("ready 0\n");
  const workers = [start("ours", port, file), start("theirs", port, file)];
  expect(await Promise.all(workers.map(({ ended }) => ended))).toEqual([0, 0]);
  await vi.waitFor(() => expect(linesOf(file).filter((line) => /^(INFO|WARN|ERROR) /.test(line))).toHaveLength(202), {
    timeout: 10_000,
  });
  master.child.stdin?.end();
  expect([await master.ended, master.stderr()]).toEqual([0, ""]);
  const lines = linesOf(file);
  expect(lines[0]).toBe("INFO here of the master");
  for (const [start, name] of [
    ["WARN", "ours"],
    ["INFO", "theirs"],
  ])
    expect(lines.filter((line) => line.startsWith(`${start} ${name} record`))).toEqual(
      Array.from({ length: 100 }, (_, index) => `${start} ${name} record ${index}`),
    );
  expect(lines.join("\n")).toMatch(/^ERROR ours failed Error: boom\n {4}at [\s\S]*Caused by: Error: why/m);
}, 60_000);

test("recording: the events are in log4js.recording()", () => {
  log4js.recording().reset();
  logger.add(log4jsSink({ type: "recording" }));
  logger.forModule("shop").warning("x", { id: 1 });
  const [event] = log4js.recording().replay();
  expect(event).toMatchObject({ categoryName: "shop", level: log4js.levels.WARN, data: ["x", { id: 1 }] });
  log4js.recording().reset();
});

test("numBackups: of the files that a date has left behind only so many stay", async () => {
  const type = { type: "dateFile", filename: path("app.log"), pattern: "yyyy-MM-dd-hh-mm-ss-SSS", numBackups: 2 };
  logger.add(log4jsSink(type));
  for (let round = 0; round < 6; round++) {
    logger.info(`round ${round}`);
    await logger.complete();
    await new Promise((done) => setTimeout(done, 5));
  }
  await vi.waitFor(() => expect(readdirSync(dir).length).toBeLessThanOrEqual(3));
  const kept = readdirSync(dir).flatMap((name) => linesOf(path(name)));
  expect(kept.some((line) => line.endsWith("round 5"))).toBe(true);
  expect(kept.some((line) => line.endsWith("round 0"))).toBe(false);
});

describe.skipIf(!existsSync("/dev/full"))("a full disk", () => {
  test("fileSync: each record is reported and counted as dropped, the call goes on", async () => {
    logger.add(log4jsSink({ type: "fileSync", filename: "/dev/full" }), { onError });
    for (let index = 0; index < 5; index++) logger.info("x");
    expect(await logger.complete()).toEqual({ sent: 0, dropped: 5, pending: 0 });
    expect(errors).toHaveLength(5);
    expect(errors[0]).toMatchObject({ code: "ENOSPC" });
  });

  test("file: complete() does not confirm what was not written, and ends", async () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => {});
    try {
      logger.add(log4jsSink({ type: "file", filename: "/dev/full" }), { onError });
      for (let index = 0; index < 5; index++) logger.info("x");
      const { sent, dropped, pending } = await logger.complete({ timeout: 3000 });
      expect([sent, dropped + pending]).toEqual([0, 5]);
    } finally {
      said.mockRestore();
    }
  });
});

test("nobody listens at a tcp appender's port: complete() does not say that it was sent", async () => {
  const port = await freePort();
  const id = logger.add(log4jsSink({ type: "tcp", host: "127.0.0.1", port }), { onError });
  logger.info("x");
  const { sent } = await logger.complete({ timeout: 3000 });
  expect(sent).toBe(0);
  await logger.remove(id);
});

test("an appender that shifts the data of its event takes nothing from the one behind the next handler", () => {
  const seen: unknown[][] = [];
  const shifting = { configure: () => (event: LoggingEvent) => void (event.data as unknown[]).shift() };
  const keeping = { configure: () => (event: LoggingEvent) => void seen.push([...event.data]) };
  const { notTaken, ...configuration } = fromLog4jsConfig({
    appenders: { shifting: { type: shifting }, keeping: { type: keeping } },
    categories: { default: { appenders: ["shifting", "keeping"], level: "all" } },
  });
  logger.configure(configuration);
  logger.info("whole", { id: 1 });
  expect([seen, notTaken]).toEqual([[["whole", { id: 1 }]], []]);
});

test("an appender that throws costs the others nothing, also behind a filter", () => {
  const seen: unknown[] = [];
  const broken = {
    configure: () => () => {
      throw new Error("broken");
    },
  };
  const { handlers } = fromLog4jsConfig({
    appenders: {
      broken: { type: broken },
      filter: { type: "logLevelFilter", level: "info", appender: "broken" },
      keeping: { type: { configure: () => (event: LoggingEvent) => void seen.push(event.data[0]) } },
    },
    categories: { default: { appenders: ["filter", "keeping"], level: "all" } },
  });
  logger.configure({ handlers: handlers.map((one) => ({ ...one, onError })) });
  expect(() => logger.info("x")).not.toThrow();
  expect([seen, errors]).toEqual([["x"], [expect.objectContaining({ message: "broken" })]]);
});

test("a wrapper that hands on at its end finds the appender behind it open, and nothing is lost", async () => {
  const gathering = {
    configure: (
      config: { appender: string },
      _layouts: unknown,
      find: (name: string) => (event: LoggingEvent) => void,
    ) => {
      const behind = find(config.appender);
      const kept: LoggingEvent[] = [];
      return Object.assign((event: LoggingEvent) => void kept.push(event), {
        shutdown(done: () => void) {
          for (const event of kept.splice(0)) behind(event);
          done();
        },
      });
    },
  };
  const file = { type: "file", filename: path("app.log"), layout: { type: "messagePassThrough" } };
  logger.add(log4jsSink({ type: gathering as never, appender: "file" }, { appenders: { file }, remake: true }));
  for (const round of ["one", "two"]) {
    logger.info(round);
    expect(await logger.complete()).toMatchObject({ dropped: 0, pending: 0 });
  }
  expect(linesOf(path("app.log"))).toEqual(["one", "two"]);
});

describe("what is no appender is told what it is, and what to do", () => {
  test.each<[string, unknown, RegExp]>([
    ["the module", log4js, /the module log4js itself; .*propagateToLog4js\(log4js\)/],
    ["a logger", log4js.getLogger(), /a log4js logger; .*propagateToLog4js\(logger\).*log4jsSinks\(logger\)/],
    ["a stream", process.stdout, /a stream, which logger\.add\(\) takes/],
    ["a configuration", { appenders: {}, categories: {} }, /fromLog4jsConfig\(configuration\)/],
    ["a module without configure", { appender: () => {} }, /a module without configure\(\)/],
    ["an object of another kind", { filename: "x", kind: "file" }, /without a type \(it has filename, kind\)/],
    ["a name", "file", /the text "file"; .*\{ type: "file"/],
  ])("%s", (_, value, message) => {
    expect(() => log4jsSink(value as never)).toThrow(message);
    expect(() => log4jsSink(value as never)).toThrow(/expected an appender function.*LB1530/);
  });
});

test("an appender from elsewhere is not shut down by complete(): it may cut off what is under way", async () => {
  const delivered: unknown[] = [];
  let ended = 0;
  const hasty = {
    configure: () => {
      let isOpen = true;
      const append = (event: LoggingEvent): void =>
        void setTimeout(() => {
          if (!isOpen) throw new Error("sent by a socket that is closed");
          delivered.push(event.data[0]);
        }, 20);
      return Object.assign(append, {
        shutdown(done: () => void) {
          ended++;
          isOpen = false;
          done();
        },
      });
    },
  };
  const id = logger.add(log4jsSink({ type: hasty }));
  logger.info("one");
  expect(await logger.complete()).toEqual({ sent: 0, dropped: 0, pending: 1 });
  expect(ended).toBe(0);
  logger.info("two");
  await logger.remove(id);
  expect([delivered, ended]).toEqual([["one", "two"], 1]);
});

test("tcp-server is no output: log4jsSink() says so, and starts no server", () => {
  expect(() => log4jsSink({ type: "tcp-server", port: 1 })).toThrow(/takes in events of other processes.*LB1531/);
});
