import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { report } from "@logbridge/core";
import fc from "fast-check";
import { afterAll, expect, test, vi } from "vitest";
import { Delivery } from "../src/delivery/delivery.ts";
import type { BatchExporter, Outcome } from "../src/delivery/outcome.ts";
import { openSpool } from "../src/runtime/node-spool.ts";
import { later, refusing, ScriptedExporter, SENT, textCodec } from "./scripted-exporter.ts";

vi.mock("@logbridge/core", async (original) => ({ ...(await original<object>()), report: vi.fn() }));

const root = mkdtempSync(join(tmpdir(), "logbridge-fate-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

type Step =
  | { readonly kind: "push"; readonly count: number }
  | { readonly kind: "pause"; readonly ms: number }
  | { readonly kind: "flush"; readonly ms: number }
  /** The process ends, and another one begins. */
  | { readonly kind: "restart"; readonly way: "close" | "exit" };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("push" as const), count: fc.integer({ min: 1, max: 60 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("pause" as const), ms: fc.integer({ min: 0, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("flush" as const), ms: fc.integer({ min: 0, max: 5 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("restart" as const),
      way: fc.constantFrom("close" as const, "exit" as const),
    }),
  },
);

const answer = fc.oneof(
  { weight: 4, arbitrary: fc.constant<"sent" | "down" | "at once">("sent") },
  { weight: 3, arbitrary: fc.constant<"sent" | "down" | "at once">("down") },
  { weight: 1, arbitrary: fc.constant<"sent" | "down" | "at once">("at once") },
);

interface Story {
  readonly steps: readonly Step[];
  readonly answers: readonly ("sent" | "down" | "at once")[];
  readonly bad: readonly number[];
  readonly batch: number;
  readonly memory: number;
  readonly isSlow: boolean;
}

const story: fc.Arbitrary<Story> = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 25 }),
  answers: fc.array(answer, { maxLength: 40 }),
  bad: fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: 5 }),
  batch: fc.integer({ min: 1, max: 30 }),
  memory: fc.integer({ min: 40, max: 2_000 }),
  isSlow: fc.boolean(),
});

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A collector that answers as the story says, then takes everything but bad records. */
function collectorOf({ answers, bad, isSlow }: Story): ScriptedExporter<string> {
  const isBad = new Set(bad.map((number) => `record ${number};`));
  return new ScriptedExporter<string>(async (items, call) => {
    if (isSlow) await pause(1);
    const said = answers[call - 1] ?? "sent";
    if (said !== "sent") return later(said === "at once" ? 0 : undefined);
    return (items.some((item) => isBad.has(item)) ? refusing() : SENT) as Outcome;
  });
}

/** What a process has of the collector; one that has ended hears nothing and is not heard. */
function connection(exporter: BatchExporter<string>, life: number, now: () => number): BatchExporter<string> {
  return {
    export: (items, timeoutMs) => (life === now() ? exporter.export(items, timeoutMs) : new Promise<Outcome>(() => {})),
  };
}

/** Lives through a story; gives what was pushed, what arrived, and how many were dropped. */
async function live(story: Story, dir: string): Promise<{ pushed: number; arrived: string[]; dropped: number }> {
  const exporter = collectorOf(story);
  let dropped = 0;
  let pushed = 0;
  let life = 0;
  const begin = (): Delivery<string> => {
    const mine = ++life;
    return new Delivery(
      connection(exporter, mine, () => life),
      textCodec,
      {
        spool: openSpool({ dir }),
        queue: { maxBytes: story.memory },
        batch: { maxRecords: story.batch, delayMs: 1 },
        retry: { initialMs: 1, maxMs: 2 },
        onDropped: (count) => {
          if (mine === life) dropped += count;
        },
      },
    );
  };
  let delivery = begin();
  const doStep = async (one: Step): Promise<void> => {
    if (one.kind === "push") for (let left = one.count; left > 0; left--) delivery.push(`record ${++pushed};`);
    else if (one.kind === "pause") await pause(one.ms);
    else if (one.kind === "flush") await delivery.flush(one.ms);
    else {
      // What is under way at the end may arrive and be sent again: the story waits, since it is about what happens without that.
      await pause(0);
      if (one.way === "close" || exporter.underWay > 0) await delivery.close(1_000);
      else delivery.flushSync();
      delivery = begin();
    }
  };
  for (const one of story.steps) await doStep(one);
  const counts = await delivery.close(20_000);
  expect(counts.pending, JSON.stringify(counts)).toBe(0);
  return { pushed, arrived: exporter.taken, dropped };
}

test("every record arrives once or is told of as dropped, whatever the collector answers and whenever the process ends", async () => {
  let number = 0;
  await fc.assert(
    fc.asyncProperty(story, async (one) => {
      const dir = join(root, String(++number));
      const { pushed, arrived, dropped } = await live(one, dir);
      const bad = one.bad.filter((each) => each <= pushed).length;
      expect(new Set(arrived).size, "once").toBe(arrived.length);
      expect({ arrived: arrived.length, dropped }).toEqual({ arrived: pushed - bad, dropped: bad });
      expect(readdirSync(root).includes(String(number)) ? readdirSync(dir) : []).toEqual([]);
      expect(report).not.toHaveBeenCalled();
    }),
    { numRuns: 40 },
  );
});
