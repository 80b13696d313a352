import { SinkHost } from "@logbridge/core";
import { describe, expect, test } from "vitest";

interface Fake {
  readonly sent: number[];
  open: number;
  full: boolean;
  dead: boolean;
}

function host(options: { capacity?: number; flushTimeout?: number } = {}): {
  readonly fake: Fake;
  readonly host: SinkHost<number>;
  readonly failures: unknown[];
} {
  const fake: Fake = { sent: [], open: 0, full: false, dead: false };
  const failures: unknown[] = [];
  const made = new SinkHost<number>(
    {
      send(item) {
        if (item === -1) throw new Error("refused");
        fake.sent.push(item);
        fake.open++;
        return !fake.full;
      },
      inFlight: () => fake.open,
      isDead: () => fake.dead,
    },
    { ...options, fail: (error) => void failures.push(error) },
  );
  return { fake, host: made, failures };
}

describe("SinkHost", () => {
  test("keeps the order through backpressure", () => {
    const { fake, host: it } = host();
    fake.full = true;
    for (let n = 0; n < 5; n++) it.push(n);
    expect(fake.sent).toEqual([0]);
    fake.full = false;
    it.ready();
    it.push(5);
    expect(fake.sent).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test("flush resolves when everything was delivered, and not before", async () => {
    const { fake, host: it } = host();
    it.push(1);
    let flushed = false;
    const flushing = it.flush().then(() => {
      flushed = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(flushed).toBe(false);
    fake.open = 0;
    it.settled();
    await flushing;
    expect(flushed).toBe(true);
  });

  test("flush rejects for a stream that delivers nothing, and for one that has ended", async () => {
    const stuck = host({ flushTimeout: 20 });
    stuck.host.push(1);
    await expect(stuck.host.flush()).rejects.toThrow(/LB1407/);
    expect(stuck.host.pending()).toBe(1);
    const ended = host();
    ended.host.push(1);
    ended.fake.dead = true;
    await expect(ended.host.flush()).rejects.toThrow(/ended with 1/);
  });

  test("a full queue drops and counts, and says so once; a throw costs one item", () => {
    const { fake, host: it, failures } = host({ capacity: 2 });
    it.push(-1);
    fake.full = true;
    for (let n = 0; n < 6; n++) it.push(n);
    expect(it.dropped()).toBe(4);
    expect(failures.map(String)).toEqual([expect.stringContaining("refused"), expect.stringContaining("LB1408")]);
  });

  test("large items that wait are bounded by what they hold, and the rest is counted", () => {
    const megabyte = 1024 * 1024;
    const sent: number[] = [];
    const failures: unknown[] = [];
    const it = new SinkHost<number>(
      { send: (item) => sent.push(item) < 0, inFlight: () => 0, weightOf: () => megabyte },
      { fail: (error) => void failures.push(error) },
    );
    for (let n = 0; n < 300; n++) it.push(n);
    expect([it.pending(), it.dropped()]).toEqual([256, 43]);
    expect(String(failures[0])).toContain("256 records wait");
    expect(failures).toHaveLength(1);
    for (let n = 0; n < 256; n++) it.ready();
    expect(it.pending()).toBe(0);
    expect(sent).toHaveLength(257);
    // There is room again.
    it.push(300);
    expect([it.pending(), it.dropped()]).toEqual([1, 43]);
  });
});
