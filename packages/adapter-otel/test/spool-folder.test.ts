import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { report } from "@logbridge/core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Delivery } from "../src/delivery/delivery.ts";
import type { DeliveryOptions } from "../src/delivery/delivery-options.ts";
import type { Spool } from "../src/delivery/spool.ts";
import { openSpool } from "../src/runtime/node-spool.ts";
import { ScriptedExporter, SENT, texts, until } from "./scripted-exporter.ts";
import { deliverBy, down, endDeliveries, spoolFilesIn } from "./spool-support.ts";

vi.mock("@logbridge/core", async (original) => ({ ...(await original<object>()), report: vi.fn() }));
const reported = (): unknown[] => vi.mocked(report).mock.calls.map(([code]) => code);

const ANYBODYS = "1763990000000-000001-abcdef.free.lbspool";
let base = "";
let dir = "";

beforeEach(() => {
  vi.mocked(report).mockClear();
  base = mkdtempSync(join(tmpdir(), "logbridge-spool-"));
  dir = join(base, "spool");
  mkdirSync(dir);
});

afterEach(async () => {
  await endDeliveries();
  rmSync(base, { recursive: true, force: true });
});

function deliver(
  exporter: ScriptedExporter<string>,
  options: DeliveryOptions = {},
  spool: Spool = openSpool({ dir }),
): Delivery<string> {
  return deliverBy(exporter, spool, { batch: { maxRecords: 50 }, ...options });
}

const spoolFiles = (): string[] => spoolFilesIn(dir);

/** A delivery of a living process whose records are on disk, all but the first batches on disk alone. */
async function keeping(exporter: ScriptedExporter<string>, records: readonly string[]): Promise<Delivery<string>> {
  const delivery = deliver(exporter, { queue: { maxBytes: 8_000 }, concurrency: 1 });
  for (const record of records) delivery.push(record);
  await until(() => delivery.counts().spooled === records.length, "all records on disk");
  return delivery;
}

/** What the next process finds. */
async function found(): Promise<string[]> {
  const exporter = new ScriptedExporter<string>();
  await deliver(exporter, { concurrency: 1 }).flush();
  return exporter.taken;
}

/** Waits until what was looked at a moment ago is looked at again. */
function aWhile(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1_100));
}

test("a relative folder is meant from where the process was when the spool was opened", async () => {
  const before = process.cwd();
  process.chdir(base);
  try {
    const exporter = down();
    const delivery = deliver(exporter, { queue: { maxBytes: 8_000 } }, openSpool({ dir: "spool" }));
    for (const record of texts(2_000)) delivery.push(record);
    await until(() => delivery.counts().spooled === 2_000, "all records on disk");
    process.chdir("/");
    exporter.policy = () => SENT;
    expect(await delivery.flush()).toMatchObject({ sent: 2_000, dropped: 0, pending: 0, spooled: 0 });
    expect(spoolFiles()).toEqual([]);
  } finally {
    process.chdir(before);
  }
});

describe("what cannot be read from the disk for a moment", () => {
  function failing(times: number): Spool & { failures: number } {
    const spool = openSpool({ dir });
    const error = Object.assign(new Error("EMFILE: too many open files, open"), { code: "EMFILE" });
    return {
      failures: 0,
      write: (...given) => spool.write(...given),
      read(mark) {
        return this.failures++ < times ? Promise.reject(error) : spool.read(mark);
      },
      whereabouts: (mark) => spool.whereabouts(mark),
      look: (now) => spool.look(now),
      confirm: (mark) => spool.confirm(mark),
      inherit: (...given) => spool.inherit(...given),
      release: () => spool.release(),
    };
  }

  test("is read later, and said once; nothing of it is deleted or dropped", async () => {
    const left = deliver(down());
    for (const record of texts(200)) left.push(record);
    await left.close(0);
    const spool = failing(6);
    const exporter = new ScriptedExporter<string>();
    const delivery = deliver(exporter, { concurrency: 1 }, spool);
    await until(() => spool.failures >= 4, "each batch to be tried in vain");
    expect(delivery.counts()).toMatchObject({ sent: 0, dropped: 0, pending: 200, spooled: 200 });
    expect(spoolFiles()).toHaveLength(1);
    await until(() => delivery.counts().sent === 200, "all to be sent");
    expect([...exporter.taken].sort()).toEqual(texts(200).sort());
    expect(delivery.counts()).toMatchObject({ dropped: 0, pending: 0, spooled: 0 });
    expect(reported()).toEqual(["LB1619"]);
    expect(spoolFiles()).toEqual([]);
  });

  test("is left to the next process when this one ends before", async () => {
    const left = deliver(down());
    for (const record of texts(200)) left.push(record);
    await left.close(0);
    const spool = failing(1e9);
    const delivery = deliver(new ScriptedExporter<string>(), {}, spool);
    await until(() => spool.failures >= 4, "some tries in vain");
    expect(await delivery.close(0)).toMatchObject({ sent: 0, dropped: 0, pending: 200, spooled: 200 });
    expect(await found()).toEqual(texts(200));
  });
});

describe("a file that another process has taken for left behind", () => {
  /** What the other process makes of it: its name. */
  function take(): string {
    const [name] = spoolFiles() as [string];
    const taken = `${name.split(".")[0]}.0123456789ab-1-1-aaaaaaaa.lbspool`;
    renameSync(join(dir, name), join(dir, taken));
    return taken;
  }

  test("is that one's: its owner goes on in a new one, and counts nothing as dropped", async () => {
    const delivery = await keeping(down(), texts(3_000));
    const taken = take();
    const size = lstatSync(join(dir, taken)).size;
    for (const record of texts(300, "later")) delivery.push(record);
    await until(() => delivery.counts().pending < 1_500, "what is the other's to be counted no longer");
    const before = delivery.counts();
    delivery.flushSync();
    delivery.flushSync();
    expect(delivery.counts()).toEqual({ ...before, spooled: before.pending });
    expect(lstatSync(join(dir, taken)).size, "nothing is written into it any more").toBe(size);
    const { pending, spooled, dropped } = delivery.counts();
    expect({ spooled, dropped }).toEqual({ spooled: pending, dropped: 0 });
    expect(pending, "what is in memory, too, and what came later").toBeLessThan(1_500);
    rmSync(join(dir, taken));
    expect(await found()).toEqual(expect.arrayContaining(texts(300, "later")));
  });

  test("and sent is known to be sent", async () => {
    const exporter = down();
    const delivery = await keeping(exporter, texts(3_000));
    const [name] = spoolFiles() as [string];
    const old = new Date(Date.now() - 61_000);
    renameSync(join(dir, name), join(dir, `${name.split(".")[0]}.0123456789ab-1-1-aaaaaaaa.lbspool`));
    utimesSync(join(dir, spoolFiles()[0] as string), old, old);
    expect((await found()).length).toBe(3_000);
    expect(spoolFiles()).toEqual([]);
    exporter.policy = () => SENT;
    const { sent, dropped, pending } = await delivery.flush();
    expect({ dropped, pending }).toEqual({ dropped: 0, pending: 0 });
    expect(sent, "what was in memory").toBeLessThan(1_000);
  });

  test("is claimed a minute after its owner has touched it last, and not before", async () => {
    const left = deliver(down());
    for (const record of texts(5)) left.push(record);
    await left.close(0);
    const taken = join(dir, take());
    const touched = (agoMs: number): void => utimesSync(taken, new Date(), new Date(Date.now() - agoMs));
    touched(50_000);
    expect(await found()).toEqual([]);
    touched(61_000);
    expect(await found()).toEqual(texts(5));
  });

  test("is touched by its owner while that lives", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    try {
      await keeping(down(), texts(100));
      const path = join(dir, spoolFiles()[0] as string);
      utimesSync(path, new Date(0), new Date(0));
      vi.advanceTimersByTime(5_000);
      expect(Date.now() - lstatSync(path).mtimeMs).toBeLessThan(10_000);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("what is deleted under a living process", () => {
  test.each(["the files", "the folder"])("is written anew (%s)", async (what) => {
    const delivery = await keeping(down(), texts(3_000));
    if (what === "the folder") rmSync(dir, { recursive: true });
    else for (const name of spoolFiles()) rmSync(join(dir, name));
    await aWhile();
    for (const record of texts(300, "later")) delivery.push(record);
    await until(() => delivery.counts().spooled === 3_300, "all on disk");
    delivery.flushSync();
    expect(delivery.counts()).toMatchObject({ pending: 3_300, spooled: 3_300, dropped: 0 });
    expect([...(await found())].sort()).toEqual([...texts(3_000), ...texts(300, "later")].sort());
  });

  test("just before the end, too", async () => {
    const delivery = await keeping(down(), texts(3_000));
    rmSync(dir, { recursive: true });
    delivery.flushSync();
    expect(delivery.counts()).toMatchObject({ pending: 3_000, spooled: 3_000, dropped: 0 });
    expect(await found()).toEqual(texts(3_000));
  });

  test("and cannot be written anew is counted as dropped", async () => {
    const delivery = await keeping(down(), texts(3_000));
    rmSync(dir, { recursive: true });
    writeFileSync(dir, "in the way");
    delivery.flushSync();
    delivery.flushSync();
    expect(delivery.counts()).toMatchObject({ pending: 0, spooled: 0, dropped: 3_000 });
    expect(reported()).toContain("LB1614");
  });

  test("and was left by an ended one is written anew as far as it is in memory, and counted else", async () => {
    const left = deliver(down());
    for (const record of texts(100)) left.push(record);
    await left.close(0);
    const exporter = down();
    const delivery = deliver(exporter, { concurrency: 1 });
    await until(() => exporter.calls.length > 0, "a batch in memory");
    for (const name of spoolFiles()) rmSync(join(dir, name));
    await delivery.close(0);
    const { pending, spooled, dropped } = delivery.counts();
    expect({ spooled, all: pending + dropped }).toEqual({ spooled: pending, all: 100 });
    expect(pending).toBeGreaterThanOrEqual(50);
    expect(await found()).toEqual(texts(100).slice(0, pending));
  });
});

describe("what has the name of a spool's file and is none", () => {
  const entries: readonly [string, (path: string) => void][] = [
    ["a pipe", (path) => void execFileSync("mkfifo", [path])],
    ["a folder", (path) => mkdirSync(path)],
    ["a link", (path) => symlinkSync(join(base, "elsewhere"), path)],
  ];

  test.each(entries)("is passed over, and said once (%s)", async (_, make) => {
    writeFileSync(join(base, "elsewhere"), "not to be touched");
    make(join(dir, ANYBODYS));
    const exporter = new ScriptedExporter<string>();
    const delivery = deliver(exporter);
    delivery.push("mine");
    expect(await delivery.flush()).toMatchObject({ sent: 1, dropped: 0, pending: 0, isComplete: true });
    expect(readdirSync(dir)).toEqual([ANYBODYS]);
    expect(reported()).toEqual(["LB1619"]);
  });

  test("and is not named like one exactly is not looked at", async () => {
    const left = deliver(down());
    left.push("one");
    await left.close(0);
    const names = ["copy of it.free.lbspool", `${ANYBODYS}.bak`, "1-1-zz.free.lbspool", "1-1-aa.me.lbspool"];
    for (const name of names) copyFileSync(join(dir, spoolFiles()[0] as string), join(dir, name));
    expect(await found()).toEqual(["one"]);
    expect(names.filter((name) => !existsSync(join(dir, name)))).toEqual([]);
  });
});
