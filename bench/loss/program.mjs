// A program that logs numbered records, and ends as it is told. What it prints are lines of JSON.
import { createInterface } from "node:readline";

/**
 * @typedef {object} Plan
 * @property {"logbridge" | "stock"} by
 * @property {string} protocol
 * @property {string} url
 * @property {number} count
 * @property {number} perMs
 * @property {number} bytes
 * @property {import("./rows.mjs").Ending | "told"} ending "told": when its parent says so
 * @property {string | null} spool
 *
 * @typedef {object} Pipeline
 * @property {(index: number, text: string) => void} log
 * @property {() => Promise<unknown>} complete
 * @property {() => unknown} stats
 */

/** @type {Plan} */
const plan = JSON.parse(process.argv[2] ?? "{}");
/** @type {Pipeline} */
const { log, complete, stats } = await (await import(`./pipelines/${plan.by}.mjs`)).open(plan);
const text = "x".repeat(plan.bytes);
const print = (/** @type {object} */ line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const tell = () => print({ stats: stats() });

if (plan.ending === "uncaughtHandler")
  process.on("uncaughtException", async () => {
    await complete();
    tell();
    process.exit(1);
  });
if (plan.ending === "beforeExit")
  process.once("beforeExit", async () => {
    await complete();
    tell();
  });

print({ begun: true });
await logAll();
await end();

/** As many as are due by the clock, so that a slow machine logs no fewer. */
async function logAll() {
  const begun = performance.now();
  for (let index = 0; index < plan.count; ) {
    const due = plan.perMs === 0 ? plan.count : Math.min(plan.count, (performance.now() - begun) * plan.perMs);
    while (index < due) log(index++, text);
    if (index < plan.count) await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

async function end() {
  switch (plan.ending) {
    case "complete":
      await complete();
      tell();
      return process.exit();
    case "told":
      for await (const _ of createInterface(process.stdin)) break;
      await complete();
      tell();
      return process.exit();
    case "exit":
      return process.exit();
    case "throw":
    case "uncaughtHandler":
      // Out of this promise: a rejection would be something else.
      setImmediate(() => {
        throw new Error("as planned");
      });
      return undefined;
    case "SIGTERM":
    case "handledSIGTERM":
      process.kill(process.pid, "SIGTERM");
      // The signal is on its way.
      return new Promise((resolve) => setTimeout(resolve, 60_000));
    default:
      return undefined;
  }
}
