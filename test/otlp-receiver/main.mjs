// The receiver as a process of its own: prints its addresses as a line of JSON, does what its parent says by message, and ends with it.
// By hand: `node main.mjs '{"policy":{"rejectEach":5}}'`; on SIGTERM or SIGINT it prints what arrived.
import { startReceiver } from "./index.mjs";

const receiver = await startReceiver(JSON.parse(process.argv[2] ?? "{}"));
const { endpoint, url, grpcUrl, port, grpcPort } = receiver;
console.log(JSON.stringify({ endpoint, url, grpcUrl, port, grpcPort }));

/** @type {Record<string, (...args: any[]) => unknown>} */
const orders = {
  records: () => receiver.records,
  requests: () => receiver.requests,
  counts: (key) => receiver.counts(key),
  until: (records, timeoutMs) => receiver.until(records, timeoutMs),
  clear: () => receiver.clear(),
  follow: (policy) => receiver.follow(policy),
  up: () => receiver.up(),
  down: () => receiver.down(),
};

process.on("message", async (/** @type {{ id: number, order: string, args: unknown[] }} */ { id, order, args }) => {
  try {
    process.send?.({ id, value: await orders[order]?.(...args) });
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
process.on("disconnect", () => process.exit());
for (const signal of ["SIGTERM", "SIGINT"])
  process.on(signal, () => {
    console.log(JSON.stringify(receiver.counts()));
    process.exit();
  });
