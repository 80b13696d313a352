import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { report } from "@logbridge/core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Delivery } from "../src/delivery/delivery.ts";
import type { DeliveryOptions } from "../src/delivery/delivery-options.ts";
import type { SpoolOptions } from "../src/delivery/spool.ts";
import { openSpool } from "../src/runtime/node-spool.ts";
import { openSpool as openWebSpool } from "../src/runtime/web-spool.ts";
import { later, refusing, ScriptedExporter, SENT, texts, until } from "./scripted-exporter.ts";
import { deliverBy, down, endDeliveries, spoolFilesIn } from "./spool-support.ts";

vi.mock("@logbridge/core", async (original) => ({ ...(await original<object>()), report: vi.fn() }));
const reported = (): unknown[] => vi.mocked(report).mock.calls.map(([code]) => code);

let dir = "";

beforeEach(() => {
  vi.mocked(report).mockClear();
  dir = mkdtempSync(join(tmpdir(), "logbridge-spool-"));
});

afterEach(async () => {
  await endDeliveries();
  rmSync(dir, { recursive: true, force: true });
});

function deliver(
  exporter: ScriptedExporter<string>,
  options: DeliveryOptions = {},
  spool: Partial<SpoolOptions> = {},
): Delivery<string> {
  return deliverBy(exporter, openSpool({ dir, ...spool }), { batch: { maxRecords: 50 }, ...options });
}

const spoolFiles = (): string[] => spoolFilesIn(dir);

/** What a process has left: its records, in a spool. */
async function leave(records: readonly string[], spool: Partial<SpoolOptions> = {}): Promise<void> {
  const delivery = deliver(down(), {}, spool);
  for (const record of records) delivery.push(record);
  expect(await delivery.close(0)).toMatchObject({ pending: records.length, spooled: records.length, dropped: 0 });
}

describe("a spool", () => {
  test("keeps what cannot be sent, and the next one sends it, in order", async () => {
    await leave(texts(1_000));
    const exporter = new ScriptedExporter<string>();
    const next = deliver(exporter, { concurrency: 1 });
    expect(await next.flush()).toMatchObject({ sent: 1_000, dropped: 0, pending: 0, spooled: 0 });
    expect(exporter.taken).toEqual(texts(1_000));
    expect(readdirSync(dir), "what has arrived is deleted").toEqual([]);
  });

  test("has nothing on disk while the collector takes records", async () => {
    const delivery = deliver(new ScriptedExporter<string>());
    for (const record of texts(500)) delivery.push(record);
    expect(await delivery.flush()).toMatchObject({ sent: 500, spooled: 0 });
    expect(readdirSync(dir)).toEqual([]);
  });

  test("has everything on disk soon after the first failure, and nothing when the collector is back", async () => {
    const exporter = down();
    const delivery = deliver(exporter);
    for (const record of texts(1_000)) delivery.push(record);
    await until(() => delivery.counts().spooled === 1_000, "all records on disk");
    exporter.policy = () => SENT;
    expect(await delivery.flush()).toMatchObject({ sent: 1_000, spooled: 0, pending: 0, dropped: 0 });
    expect([...exporter.taken].sort()).toEqual(texts(1_000).sort());
    expect(readdirSync(dir)).toEqual([]);
  });

  test("has on disk what a slow collector has not answered for after a second", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    try {
      const answers: (() => void)[] = [];
      const exporter = new ScriptedExporter<string>(() => new Promise((resolve) => answers.push(() => resolve(SENT))));
      const delivery = deliver(exporter, { concurrency: 2 });
      await vi.waitFor(() => expect(delivery.flush(0)).resolves.toMatchObject({ isComplete: true }));
      for (const record of texts(300)) delivery.push(record);
      await vi.advanceTimersByTimeAsync(900);
      expect(delivery.counts()).toMatchObject({ pending: 300, spooled: 0 });
      await vi.advanceTimersByTimeAsync(1_200);
      expect(delivery.counts()).toMatchObject({ pending: 300, spooled: 300 });
      while (delivery.counts().pending > 0) {
        for (const answer of answers.splice(0)) answer();
        await vi.advanceTimersByTimeAsync(1);
      }
      expect(delivery.counts()).toMatchObject({ sent: 300, spooled: 0 });
      expect(spoolFiles()).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });

  test("takes what does not fit into memory, and gives it back in order", async () => {
    const exporter = down();
    const records = texts(5_000);
    const delivery = deliver(exporter, { queue: { maxBytes: 8_000 }, concurrency: 1 });
    for (const record of records) delivery.push(record);
    expect(delivery.counts()).toMatchObject({ pending: 5_000, dropped: 0 });
    expect(delivery.counts().spooled).toBeGreaterThan(4_000);
    exporter.policy = () => SENT;
    expect(await delivery.flush()).toMatchObject({ sent: 5_000, dropped: 0, pending: 0, spooled: 0 });
    expect(exporter.taken).toEqual(records);
  });

  test("goes on at the first record that was not confirmed", async () => {
    await leave(texts(1_000));
    const exporter = new ScriptedExporter<string>((_, call) => (call > 12 ? later() : SENT));
    const second = deliver(exporter, { concurrency: 1 });
    await until(() => exporter.calls.length > 14, "tries in vain");
    expect(await second.close(0)).toMatchObject({ sent: 600, pending: 400, spooled: 400 });
    const last = new ScriptedExporter<string>();
    const third = deliver(last, { concurrency: 1 });
    expect(await third.flush()).toMatchObject({ sent: 400, dropped: 0 });
    expect(last.taken).toEqual(texts(1_000).slice(600));
  });

  test("confirms a divided batch when all its parts are done with", async () => {
    await leave(texts(50));
    const exporter = new ScriptedExporter<string>((items) => (items.includes("record 7") ? refusing() : SENT));
    const next = deliver(exporter);
    next.push("own");
    expect(next.counts().pending - next.counts().inherited.pending).toBe(1);
    expect(await next.flush()).toMatchObject({ sent: 50, dropped: 1, pending: 0, spooled: 0, reasons: { refused: 1 } });
    expect(next.counts().inherited).toEqual({ pending: 0, dropped: 1 });
    expect(readdirSync(dir)).toEqual([]);
  });

  test("sends small batches that have gathered on disk in few requests", async () => {
    const processes = Array.from({ length: 20 }, () => deliver(down()));
    await Promise.all(processes.map((each) => each.flush()));
    for (const [part, each] of processes.entries()) {
      for (const record of texts(3, `part ${part} record`)) each.push(record);
      await each.close(0);
    }
    const exporter = new ScriptedExporter<string>();
    expect(await deliver(exporter, { concurrency: 1 }).flush()).toMatchObject({ sent: 60, spooled: 0, pending: 0 });
    expect(exporter.taken).toEqual(Array.from({ length: 20 }, (_, part) => texts(3, `part ${part} record`)).flat());
    expect(exporter.calls.length).toBeLessThan(5);
    expect(readdirSync(dir)).toEqual([]);
  });

  test("drops what comes when both it and the queue are full, says so once, and takes records again later", async () => {
    const exporter = down();
    const delivery = deliver(exporter, { queue: { maxBytes: 10_000 } }, { maxBytes: 65_536 });
    for (let index = 0; index < 2_000; index++) delivery.push("x".repeat(100));
    const { pending, dropped, reasons } = delivery.counts();
    expect(pending + dropped).toBe(2_000);
    expect(reasons.overload).toBe(dropped);
    expect(pending).toBeGreaterThan(500);
    expect(dropped).toBeGreaterThan(1_000);
    const size = spoolFiles().reduce((sum, name) => sum + statSync(join(dir, name)).size, 0);
    expect(size).toBeLessThanOrEqual(65_536);
    expect(reported()).toEqual(["LB1613"]);
    exporter.policy = () => SENT;
    expect(await delivery.flush()).toMatchObject({ sent: pending, pending: 0, spooled: 0 });
    expect(readdirSync(dir)).toEqual([]);
    exporter.policy = () => later();
    for (const record of texts(50)) delivery.push(record);
    expect(await delivery.close(0)).toMatchObject({ pending: 50, spooled: 50, dropped });
  });

  test("counts records that cannot be encoded or decoded, and keeps the others", async () => {
    const delivery = deliver(down());
    for (const record of ["good", "unreadable", "undecodable", "better"]) delivery.push(record);
    expect(await delivery.close(0)).toMatchObject({ pending: 3, spooled: 3, dropped: 1, reasons: { unreadable: 1 } });
    const exporter = new ScriptedExporter<string>();
    const next = deliver(exporter);
    expect(await next.flush()).toMatchObject({
      sent: 2,
      dropped: 1,
      pending: 0,
      spooled: 0,
      reasons: { unreadable: 1 },
    });
    expect(exporter.taken).toEqual(["good", "better"]);
    expect(readdirSync(dir)).toEqual([]);
  });

  test("is for its owner's eyes only", async () => {
    dir = join(dir, "made", "for it");
    await leave(texts(3));
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    expect(spoolFiles()).toHaveLength(1);
    for (const name of spoolFiles()) expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
  });

  test.each(["always", "none"] as const)("can be synchronised with the disk: %s", async (sync) => {
    await leave(texts(300), { sync });
    const exporter = new ScriptedExporter<string>();
    expect(await deliver(exporter, {}, { sync }).flush()).toMatchObject({ sent: 300 });
  });

  test("that cannot be written is said once; logging goes on, and it is tried again", async () => {
    const path = join(dir, "in the way");
    writeFileSync(path, "a file where a folder should be");
    const exporter = down();
    const delivery = deliver(exporter, {}, { dir: path });
    for (const record of texts(100)) delivery.push(record);
    await until(() => exporter.calls.length > 3, "some tries");
    expect(delivery.counts()).toMatchObject({ pending: 100, spooled: 0, dropped: 0 });
    expect(reported()).toEqual(["LB1614"]);
    const [, text] = vi.mocked(report).mock.calls[0] as [string, string];
    expect(text).toMatch(/^logbridge: the spool cannot be written: E(EXIST|NOTDIR)/);
    rmSync(path);
    delivery.flushSync();
    expect(delivery.counts()).toMatchObject({ pending: 100, spooled: 100, dropped: 0 });
  });

  test("does not count anything twice when the process is asked to end twice", async () => {
    const delivery = deliver(down());
    for (const record of texts(10)) delivery.push(record);
    delivery.flushSync();
    delivery.push("late");
    delivery.flushSync();
    expect(delivery.counts()).toMatchObject({ pending: 11, spooled: 11, dropped: 0 });
  });

  test("keeps what is under way at the end, too", async () => {
    const exporter = new ScriptedExporter<string>(() => new Promise(() => {}));
    const delivery = deliver(exporter);
    for (const record of texts(75)) delivery.push(record);
    await until(() => exporter.underWay === 1, "an export");
    delivery.flushSync();
    expect(delivery.counts()).toMatchObject({ pending: 75, spooled: 75 });
    const next = new ScriptedExporter<string>();
    expect(await deliver(next, { concurrency: 1 }).flush()).toMatchObject({ sent: 75 });
    expect(next.taken).toEqual(texts(75));
  });

  test("ends a process that has nothing left to do as soon as the collector turns out to be down", async () => {
    const exporter = down();
    const delivery = deliver(exporter, { exitTimeoutMs: 3_600_000 });
    delivery.push("one");
    await delivery.endNaturally();
    expect(exporter.calls.length).toBe(2);
    delivery.flushSync();
    expect(delivery.counts()).toMatchObject({ pending: 1, spooled: 1 });
  });

  test("is refused where there are no files, and with options that it cannot have", () => {
    expect(() => openWebSpool({ dir })).toThrow(expect.objectContaining({ code: "LB1612" }));
    const wrong: readonly [unknown, string][] = [
      [{ dir: "" }, "spool.dir must be the path of a folder"],
      [{ dir, maxBytes: 1 }, "spool.maxBytes must be a whole number from 65536 up, got 1"],
      [{ dir, sync: "sometimes" }, 'spool.sync must be "always" or "none"'],
      [{ dir, folder: 5 }, "spool.folder must be absent: spool has dir, maxBytes, sync, got 5"],
      [null, "spool must be { dir, maxBytes?, sync? }"],
    ];
    for (const [options, message] of wrong)
      expect(() => openSpool(options as SpoolOptions)).toThrow(
        expect.objectContaining({ code: "LB1610", message: expect.stringContaining(message) }),
      );
  });
});

test("what a process leaves that ends later is taken by those that live", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  try {
    const exporter = new ScriptedExporter<string>();
    const living = deliver(exporter);
    await vi.waitFor(() => expect(living.flush(0)).resolves.toMatchObject({ isComplete: true }));
    const ended = deliver(down());
    for (const record of texts(5)) ended.push(record);
    ended.flushSync();
    expect(spoolFiles()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(exporter.taken).toEqual([]);
    await vi.advanceTimersByTimeAsync(6_000);
    await vi.waitFor(() => expect(exporter.taken).toEqual(texts(5)));
    expect(living.counts()).toMatchObject({ sent: 5, pending: 0 });
    expect(spoolFiles()).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});

describe("a damaged spool", () => {
  test("keeps out a torn end, counts it, and has the rest", async () => {
    await leave(texts(100));
    const [name] = spoolFiles() as [string];
    const path = join(dir, name);
    truncateSync(path, statSync(path).size - 3);
    const exporter = new ScriptedExporter<string>();
    const next = deliver(exporter, { concurrency: 1 });
    expect(await next.flush()).toMatchObject({ sent: 99, dropped: 1, pending: 0, reasons: { unreadable: 1 } });
    expect(exporter.taken).toEqual(texts(99));
    expect(readdirSync(dir)).toEqual([]);
  });

  test("loses the records whose bytes have changed, and no other", async () => {
    await leave(texts(100));
    const path = join(dir, spoolFiles()[0] as string);
    const bytes = readFileSync(path);
    bytes[bytes.indexOf("record 42")] = "R".charCodeAt(0);
    writeFileSync(path, bytes);
    const exporter = new ScriptedExporter<string>();
    const next = deliver(exporter, { concurrency: 1 });
    expect(await next.flush()).toMatchObject({ sent: 99, dropped: 1, reasons: { unreadable: 1 } });
    expect(exporter.taken).toEqual(texts(100).filter((one) => one !== "record 42"));
  });

  test("puts a file aside that is none of its own, and says so", async () => {
    const name = "1763990000000-000001-abcdef.free.lbspool";
    writeFileSync(join(dir, name), "somebody else's data, which is not to be lost");
    const delivery = deliver(new ScriptedExporter<string>());
    expect(await delivery.flush()).toMatchObject({ sent: 0, dropped: 1, reasons: { unreadable: 1 } });
    expect(readdirSync(dir)).toEqual([expect.stringMatching(/^1763990000000-000001-abcdef\..*\.lbspool\.damaged$/)]);
    expect(reported()).toEqual(["LB1617"]);
  });

  test("takes no notice of other files, and deletes those that were begun and not written", async () => {
    writeFileSync(join(dir, "README"), "not a spool");
    writeFileSync(join(dir, "1763990000000-000001-abcdef.free.lbspool"), "");
    const delivery = deliver(new ScriptedExporter<string>());
    expect(await delivery.flush()).toMatchObject({ sent: 0, dropped: 0, pending: 0 });
    expect(readdirSync(dir)).toEqual(["README"]);
  });

  test("loses what is deleted under it, counts it, and goes on", async () => {
    await leave(texts(100));
    let wait = true;
    const exporter = new ScriptedExporter<string>(async () => {
      while (wait) await new Promise((resolve) => setTimeout(resolve, 2));
      return SENT;
    });
    const next = deliver(exporter, { concurrency: 1 });
    await until(() => exporter.underWay === 1, "the first batch");
    for (const name of spoolFiles()) rmSync(join(dir, name));
    wait = false;
    expect(await next.flush()).toMatchObject({ sent: 50, dropped: 50, pending: 0, reasons: { unreadable: 50 } });
    next.push("another");
    expect(await next.flush()).toMatchObject({ sent: 51 });
  });
});
