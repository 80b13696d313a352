import type { BatchExporter, Codec, Outcome, StoredRecord } from "../src/delivery/outcome.ts";

/** What a scripted collector does with a batch. */
export type Policy<Item> = (items: readonly Item[], call: number) => Outcome | Promise<Outcome>;

export const SENT: Outcome = { kind: "sent" };

export function later(afterMs?: number): Outcome {
  const error = new Error("not now");
  return afterMs === undefined ? { kind: "later", error } : { kind: "later", error, afterMs };
}

export function refusing(message = "bad record"): Outcome {
  return { kind: "refused", error: new Error(message) };
}

/** A collector that does what it is told, and remembers what came. */
export class ScriptedExporter<Item> implements BatchExporter<Item> {
  policy: Policy<Item>;
  /** Every batch that was handed over, in this order. */
  readonly calls: { readonly items: readonly Item[]; readonly at: number; readonly timeoutMs: number }[] = [];
  /** What it has taken. */
  readonly taken: Item[] = [];
  underWay = 0;
  mostUnderWay = 0;
  isClosed = false;

  constructor(policy: Policy<Item> = () => SENT) {
    this.policy = policy;
  }

  async export(items: readonly Item[], timeoutMs: number): Promise<Outcome> {
    this.calls.push({ items, at: Date.now(), timeoutMs });
    this.mostUnderWay = Math.max(this.mostUnderWay, ++this.underWay);
    try {
      const outcome = await this.policy(items, this.calls.length);
      if (outcome.kind === "sent") this.taken.push(...items);
      return outcome;
    } finally {
      this.underWay--;
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }
}

const resource = new TextEncoder().encode("resource of the test");

/** Texts as records; those that begin with "unreadable" cannot be encoded. */
export const textCodec: Codec<string> = {
  weigh: (item) => item.length,
  encode(item): StoredRecord {
    if (item.startsWith("unreadable")) throw new TypeError("cannot be encoded");
    return { resource, scopeLogs: new TextEncoder().encode(item) };
  },
  decode(stored) {
    const text = new TextDecoder().decode(stored.scopeLogs);
    if (text.startsWith("undecodable")) throw new TypeError("cannot be decoded");
    return text;
  },
};

/** `record 1` to `record n`. */
export function texts(count: number, prefix = "record"): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix} ${index + 1}`);
}

/** Resolves when the condition holds; rejects when it has not for long. */
export async function until(holds: () => boolean, what: string, withinMs = 10_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`waited ${withinMs} ms in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
