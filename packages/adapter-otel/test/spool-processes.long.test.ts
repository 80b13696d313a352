import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DeliveryCounts } from "../src/delivery/counters.ts";
import { Delivery } from "../src/delivery/delivery.ts";
import type { DeliveryOptions } from "../src/delivery/delivery-options.ts";
import { openSpool } from "../src/runtime/node-spool.ts";
import {
  type Ended,
  programArguments,
  runProgram,
  runProgramWithFewFiles,
  runProgramWithFullDisk,
} from "./child-program.ts";
import { later, ScriptedExporter, textCodec, texts, until } from "./scripted-exporter.ts";

let dir = "";
const open: Delivery<string>[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "logbridge-spool-"));
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((delivery) => delivery.close(0)));
  rmSync(dir, { recursive: true, force: true });
});

function deliver(exporter: ScriptedExporter<string>, options: DeliveryOptions = {}): Delivery<string> {
  const delivery = new Delivery(exporter, textCodec, {
    onDropped: () => {},
    batch: { maxRecords: 50 },
    retry: { initialMs: 5, maxMs: 20 },
    ...options,
    spool: openSpool({ dir }),
  });
  open.push(delivery);
  return delivery;
}

function spoolFiles(): string[] {
  return readdirSync(dir).filter((name) => name.endsWith(".lbspool"));
}

/** What a process has left: its records, in a spool. */
async function leave(records: readonly string[]): Promise<void> {
  const delivery = deliver(new ScriptedExporter<string>(() => later()));
  for (const record of records) delivery.push(record);
  expect(await delivery.close(0)).toMatchObject({ pending: records.length, spooled: records.length, dropped: 0 });
}

function run(...args: string[]): Promise<Ended> {
  return runProgram("spooling.mjs", ...args);
}

function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(0, -1) : [];
}

describe("several processes with one spool", () => {
  test.each([
    ["exit", 3],
    ["throw", 1],
    ["by itself", 0],
  ])("leave their records to the next one, however they end (%s)", async (way, code) => {
    const ended = await run(dir, "down", "300", way);
    expect(ended.code, ended.err).toBe(code);
    const exporter = new ScriptedExporter<string>();
    expect(await deliver(exporter, { concurrency: 1 }).flush()).toMatchObject({ sent: 300, dropped: 0, pending: 0 });
    expect(exporter.taken).toEqual(texts(300));
  });

  test("leave what was on disk when they are killed", async () => {
    const ended = await run(dir, "down", "300", "killed");
    expect(ended.signal, ended.err).toBe("SIGKILL");
    const exporter = new ScriptedExporter<string>();
    expect(await deliver(exporter, { concurrency: 1 }).flush()).toMatchObject({ sent: 300, dropped: 0 });
    expect(exporter.taken).toEqual(texts(300));
  });

  test("go on after a kill in the middle of sending at what was not confirmed", async () => {
    await leave(texts(1_000));
    const collector = join(dir, "collected.txt");
    const ended = await run(dir, collector, "0", "killed in the middle");
    expect(ended.signal, ended.err).toBe("SIGKILL");
    const before = linesOf(collector);
    expect(before).toEqual(texts(450));
    const exporter = new ScriptedExporter<string>();
    const counts = await deliver(exporter, { concurrency: 1 }).flush();
    expect(counts).toMatchObject({ sent: 550, dropped: 0, pending: 0 });
    expect([...before, ...exporter.taken]).toEqual(texts(1_000));
  });

  test("count what a full disk does not take, say so once, and leave what it took", async () => {
    const { code, out, err } = await runProgramWithFullDisk(48, "spooling.mjs", dir, "down", "5000", "full disk");
    expect(code, err).toBe(3);
    const { pending, dropped, spooled, sent } = JSON.parse(out) as DeliveryCounts;
    expect({ sent, all: pending + dropped, pending }).toEqual({ sent: 0, all: 5_000, pending: spooled });
    const size = spoolFiles().reduce((sum, name) => sum + statSync(join(dir, name)).size, 0);
    expect(size, "not one record more would have fitted").toBeGreaterThan(48 * 512 - 200);
    expect(err.match(/LB1614: .*EFBIG/g)).toHaveLength(1);
    expect(err).toContain(`LB1611: logbridge: ${dropped} log records were dropped`);
    const exporter = new ScriptedExporter<string>();
    expect(await deliver(exporter, { concurrency: 1 }).flush()).toMatchObject({
      sent: spooled,
      dropped: 0,
      pending: 0,
    });
    expect(exporter.taken).toEqual(texts(spooled));
  });

  test("lose nothing while they cannot open any more files", async () => {
    const { code, out, err } = await runProgramWithFewFiles(256, "spooling-without-files.mjs", dir);
    expect(code, err).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ sent: 3_000, dropped: 0, pending: 0, spooled: 0 });
    expect(err.match(/LB1619: .*EMFILE/g)).toHaveLength(1);
    expect(spoolFiles()).toEqual([]);
  });

  test("do not touch what belongs to one that lives", async () => {
    const child = spawn(process.execPath, programArguments("spooling.mjs", [dir, "down", "100", "stay"]), {
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      await new Promise((resolve) => child.stdout.once("data", resolve));
      await until(() => spoolFiles().length === 1, "its file");
      await new Promise((resolve) => setTimeout(resolve, 200));
      const [theirs] = spoolFiles();
      const exporter = new ScriptedExporter<string>();
      expect(await deliver(exporter).flush()).toMatchObject({ sent: 0, pending: 0, dropped: 0 });
      expect(spoolFiles()).toEqual([theirs]);
    } finally {
      child.kill("SIGKILL");
      await new Promise((resolve) => child.once("close", resolve));
    }
    const exporter = new ScriptedExporter<string>();
    expect(await deliver(exporter, { concurrency: 1 }).flush()).toMatchObject({ sent: 100 });
    expect(exporter.taken).toEqual(texts(100));
  });

  test("share what others have left: each record is sent by one of them", async () => {
    for (let part = 0; part < 6; part++) await leave(texts(100, `part ${part} record`));
    const collectors = [1, 2, 3, 4].map((number) => join(dir, `collected-${number}.txt`));
    const ended = await Promise.all(collectors.map((file, index) => run(dir, file, "10", "flush", `own ${index}`)));
    const counts = ended.map(({ out, err, code }) => {
      expect(code, err).toBe(0);
      return JSON.parse(out) as DeliveryCounts;
    });
    const lines = collectors.flatMap(linesOf);
    expect(lines.length).toBe(640);
    expect(new Set(lines).size).toBe(640);
    expect(counts.reduce((sum, { sent }) => sum + sent, 0)).toBe(640);
    for (const each of counts) expect(each).toMatchObject({ dropped: 0, pending: 0 });
    expect(spoolFiles()).toEqual([]);
  });

  test("take a file for left behind when its owner's number belongs to another process now", async () => {
    await leave(texts(5));
    const [name] = spoolFiles() as [string];
    const [age] = name.split(".") as [string];
    const delivery = deliver(new ScriptedExporter<string>(() => later(3_600_000)));
    delivery.push("mine");
    await until(() => delivery.counts().spooled === 6, "a file of this process");
    const mine = spoolFiles().find((one) => !one.startsWith(age) && one.includes(`-${process.pid}-`));
    const [, owner] = (mine ?? spoolFiles()[0] ?? "").split(".") as [string, string];
    const [space, pid, start] = owner.split("-") as [string, string, string];
    await delivery.close(0);
    const other = join(dir, "of another time");
    mkdirSync(other);
    const file = readFileSync(join(dir, spoolFiles()[0] as string));
    writeFileSync(join(other, `${age}.${space}-${pid}-${Number(start) - 1}-aaaaaaaa.lbspool`), file);
    dir = other;
    const exporter = new ScriptedExporter<string>();
    expect(await deliver(exporter).flush()).toMatchObject({ sent: 5 });
    writeFileSync(join(other, `${age}.${space}-${pid}-${start}-aaaaaaaa.lbspool`), file);
    expect(await deliver(exporter).flush(), "its owner lives").toMatchObject({ sent: 0, pending: 0 });
    writeFileSync(join(other, `${age}.0123456789ab-${pid}-${start}-aaaaaaaa.lbspool`), file);
    expect(await deliver(exporter).flush(), "on another machine, a moment ago").toMatchObject({ sent: 0, pending: 0 });
  });
});
