import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { interceptConsole } from "@logbridge/intercept-console";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type Kept, keeping } from "./support/records.ts";

const undo: (() => void)[] = [];
afterEach(() => {
  for (const one of undo.splice(0).reverse()) one();
});

function listening(options: Parameters<typeof interceptConsole>[0] = {}): Kept {
  const kept = keeping();
  const interception = interceptConsole({ logger: kept.logger, processLog: true, ...options });
  undo.push(() => interception.restore());
  return kept;
}

const emit = process.emit.bind(process) as unknown as (event: "log", ...args: readonly unknown[]) => boolean;

test("each level has its place in npm's order, and its name", () => {
  const { records } = listening();
  for (const level of ["silly", "verbose", "info", "timing", "http", "notice", "warn", "error"])
    emit("log", level, "said");
  expect(records.map(({ level }) => [level.name, level.no])).toEqual([
    ["TRACE", 5],
    ["VERBOSE", 13],
    ["INFO", 20],
    ["TIMING", 21],
    ["HTTP", 22],
    ["NOTICE", 25],
    ["WARNING", 30],
    ["ERROR", 40],
  ]);
  expect(records[0]?.origin).toEqual({ name: "process-log", level: { name: "silly" } });
});

test("a level of ours with that name is taken", () => {
  const { logger, records } = listening();
  logger.level("HTTP", { no: 15 });
  emit("log", "http", "fetch", "GET 200");
  expect(records.map(({ level }) => [level.name, level.no])).toEqual([["HTTP", 15]]);
});

test("what tells a display to wait, and events of others, are no records", () => {
  const { records } = listening();
  for (const args of [["pause"], ["resume"], ["anything at all"], [{ level: "info" }], [7, "x"], []])
    emit("log", ...args);
  expect(records).toEqual([]);
});

test.each<[readonly unknown[], string]>([
  [["said"], "said"],
  [["title", "the text"], "title the text"],
  [["100%", "%s of %d", "one", 2], "100% one of 2"],
  [["", "no title"], "no title"],
  [["title", ""], "title"],
  [["title", { a: 1 }], "title { a: 1 }"],
  [["", "%d files", 3], "3 files"],
])("%j reads as npm shows it", (args, message) => {
  const { messages } = listening();
  emit("log", "info", ...args);
  expect(messages()).toEqual([message]);
});

test("values are kept: an object as fields, an error as the exception, others as arguments", () => {
  const { records } = listening();
  const error = new Error("refused");
  emit("log", "error", "audit", "%s failed", "fetch", { code: 503 });
  emit("log", "error", "audit", error);
  expect(records[0]).toMatchObject({
    message: "audit fetch failed { code: 503 }",
    extra: { code: 503 },
    args: ["fetch"],
  });
  expect(records[1]?.message).toBe("audit refused");
  expect(records[1]?.exception?.value).toBe(error);
});

test("what npm tells its display beside the values is no value", () => {
  const { records } = listening();
  const meta = { [Symbol("proc-log.meta")]: true, force: true };
  emit("log", "notice", "title", "text", meta);
  expect(records[0]).toMatchObject({ message: "title text", args: [], extra: {} });
});

test("the caller is whoever logged", () => {
  const { records } = listening();
  function speaker(): void {
    emit("log", "info", "said");
  }
  speaker();
  expect(records[0]).toMatchObject({ function: "speaker", name: "test/process-log.test" });
});

test("the application's own listeners are called in both modes, and none of ours after the end", () => {
  const before = process.listenerCount("log");
  const own = vi.fn();
  process.on("log" as never, own);
  undo.push(() => process.removeListener("log" as never, own));
  for (const mode of ["tee", "replace"] as const) {
    const { logger, messages } = keeping();
    const interception = interceptConsole({ logger, mode, processLog: true });
    emit("log", "info", mode);
    interception.restore();
    emit("log", "info", "after");
    expect(messages()).toEqual([mode]);
  }
  expect(own).toHaveBeenCalledTimes(4);
  expect(process.listenerCount("log")).toBe(before + 1);
});

test("no code of a value's owner runs, and none of it throws into the package that logs", () => {
  const { records } = listening();
  const run = vi.fn(() => {
    throw new Error("trapped");
  });
  const proxy = new Proxy({}, { get: run, ownKeys: run, getOwnPropertyDescriptor: run });
  expect(() => emit("log", "info", "title", proxy)).not.toThrow();
  expect(records).toHaveLength(1);
  expect(run).not.toHaveBeenCalled();
});

/** npm's own copy, where Node came with npm. */
function procLog(): string | null {
  const folder = dirname(dirname(process.execPath));
  const homes = ["lib/node_modules", "node_modules"].map((one) => join(folder, one, "npm/node_modules/proc-log"));
  return homes.find((home) => existsSync(home)) ?? null;
}

describe.skipIf(procLog() === null)("the package proc-log itself", () => {
  interface ProcLog {
    readonly log: Readonly<Record<string, (...args: unknown[]) => void>> & { readonly LEVELS: readonly string[] };
    readonly META: symbol;
  }

  test("arrives by all its levels, with the caller above it", () => {
    const { log, META } = createRequire(import.meta.url)(procLog() as string) as ProcLog;
    const { records } = listening();
    for (const level of log.LEVELS) log[level]?.("title", "%s", level, { [META]: true });
    const spoken = log.LEVELS.filter((level) => level !== "pause" && level !== "resume");
    expect(records.map(({ message }) => message)).toEqual(spoken.map((level) => `title ${level}`));
    expect(new Set(records.map(({ name }) => name))).toEqual(new Set(["test/process-log.test"]));
  });
});
