import { readFileSync } from "node:fs";
import { join } from "node:path";
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aspects, byId } from "../../../bench/fidelity/aspects.mjs";
import { records, SPAN } from "../../../bench/fidelity/records.mjs";
import { open } from "../../../bench/fidelity/sides/logbridge.mjs";
import { peers, receivedFrom, tableOf } from "../../../bench/fidelity/table.mjs";
import { startReceiver } from "../../../test/otlp-receiver/index.mjs";

type Received = ReturnType<typeof byId>;

let ours: Received;
let theirs: readonly Received[];

beforeAll(async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  [ours, ...theirs] = (await Promise.all([fromSources(), ...peers.map(({ side }) => receivedFrom(side))])) as [
    Received,
    ...Received[],
  ];
});

afterAll(() => {
  context.disable();
});

/** What arrives from the sources, as they are now; the others run in processes of their own. */
async function fromSources(): Promise<Received> {
  const receiver = await startReceiver();
  const side = open(receiver.url);
  const inSpan = trace.setSpanContext(context.active(), SPAN);
  for (const asked of records) context.with(asked.id === "traced" ? inSpan : context.active(), () => side.log(asked));
  await side.end();
  await receiver.close();
  return byId(receiver.records);
}

describe("of twelve records", () => {
  test.each(aspects.map((aspect) => [aspect.what, aspect] as const))("there arrives, whole: %s", (_, { kept }) => {
    expect(ours.size).toBe(records.length);
    expect(kept(ours)).toBe(true);
  });

  test.each(peers.map((peer, index) => [peer.package, index] as const))("%s keeps some, and not all", (_, index) => {
    const received = theirs[index] as Received;
    const kept = aspects.filter((aspect) => aspect.kept(received) === true).length;
    expect(kept).toBeGreaterThan(5);
    expect(kept).toBeLessThan(aspects.length);
  });

  test("the README has the table of what arrives from whom", () => {
    expect(readFileSync(join(__dirname, "..", "README.md"), "utf8")).toContain(tableOf(ours, theirs));
  });
});
