import { describe, expect, test } from "vitest";
import { LossNotices } from "../src/delivery/loss-notices.ts";
import type { Outcome } from "../src/delivery/outcome.ts";

const LATER: Outcome = { kind: "later", error: new Error("down") };
const REFUSED: Outcome = { kind: "refused", error: new Error("no") };
const SENT: Outcome = { kind: "sent" };
const REJECTED: Outcome = { kind: "sent", rejected: 1 };

/** A collector that answers so, one answer after another, and takes everything when they are used up. */
function telling(...answers: Outcome[]): { readonly notices: LossNotices<string>; readonly tried: string[][] } {
  const tried: string[][] = [];
  const exporter = {
    async export(items: readonly string[]): Promise<Outcome> {
      tried.push([...items]);
      return answers.shift() ?? SENT;
    },
  };
  return { notices: new LossNotices(exporter, ({ count, reason }) => `${count} ${reason}`), tried };
}

function lose(notices: LossNotices<string>, count: number, reason: "overload" | "refused" = "overload"): void {
  notices.add({ count, reason, error: new Error("full") });
}

describe("notices of losses", () => {
  test("say what was lost since the last one, one for each reason, in one request", async () => {
    const { notices, tried } = telling();
    lose(notices, 3);
    notices.tell();
    lose(notices, 4);
    lose(notices, 1, "refused");
    await notices.finish();
    await notices.finish();
    lose(notices, 2);
    await notices.finish();
    expect(tried).toEqual([["7 overload", "1 refused"], ["2 overload"]]);
  });

  test("are waited for no longer than is said, also those that are under way", async () => {
    const notices = new LossNotices<string>({ export: () => new Promise(() => {}) }, ({ count }) => `${count}`);
    lose(notices, 3);
    notices.tell();
    lose(notices, 4);
    const since = Date.now();
    await notices.finish(20);
    // Five seconds are what the collector has, where nobody waits.
    expect(Date.now() - since).toBeLessThan(3_000);
  });

  test("that cannot be sent now are told later, with what was lost meanwhile", async () => {
    const { notices, tried } = telling(LATER);
    lose(notices, 3);
    await notices.finish();
    lose(notices, 4);
    await notices.finish();
    expect(tried).toEqual([["3 overload"], ["7 overload"]]);
  });

  test.each([REFUSED, REJECTED])(
    "that are refused are tried once more when something was taken: %o",
    async (refusal) => {
      const { notices, tried } = telling(refusal, refusal);
      lose(notices, 3);
      for (let round = 0; round < 5; round++) await notices.finish();
      expect(tried).toHaveLength(1);
      for (let round = 0; round < 5; round++) {
        notices.took();
        await notices.finish();
      }
      expect(tried).toEqual([["3 overload"], ["3 overload"]]);
      lose(notices, 2);
      await notices.finish();
      expect(tried.slice(2)).toEqual([["2 overload"]]);
    },
  );

  test("end with the sender, and an exporter that breaks is no reason to throw", async () => {
    const broken = new LossNotices<string>(
      {
        export: () => {
          throw new Error("broken");
        },
      },
      ({ count }) => String(count),
    );
    lose(broken, 1);
    await expect(broken.finish()).resolves.toBe(undefined);
    const { notices, tried } = telling();
    lose(notices, 1);
    notices.end();
    await notices.finish();
    expect(tried).toEqual([]);
  });

  test("are flushed where the exporter keeps what it takes", async () => {
    let flushes = 0;
    const exporter = {
      export: async () => SENT,
      flush: async (): Promise<void> => {
        flushes++;
        throw new Error("of which nothing is told");
      },
    };
    const notices = new LossNotices<string>(exporter, () => "one");
    await notices.finish();
    expect(flushes).toBe(0);
    lose(notices, 1);
    await notices.finish();
    expect(flushes).toBe(1);
  });
});
