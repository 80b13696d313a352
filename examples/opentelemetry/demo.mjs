// Runs the legacy service with traces into a collector and a store, asks what is there, and fails if anything is missing.
// `--keep` leaves collector and store running until Ctrl-C, to look at the store's own page.
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { REQUESTS } from "../legacy-service/compare/requests.mjs";
import { openCollectorAndStore } from "./demo/collector-and-store.mjs";
import { openEmbedded } from "./demo/embedded.mjs";
import { outcomeText, problemsOf, verdictText } from "./demo/outcome.mjs";
import { runShop } from "./demo/shop.mjs";
import { REQUEST, traceId } from "./demo/visit.mjs";

const { values: asked } = parseArgs({ options: { keep: { type: "boolean", default: false } } });
const dir = await mkdtemp(join(tmpdir(), "logbridge-demo-otel-"));
const backend = (await openCollectorAndStore(dir)) ?? (await openEmbedded());
process.stdout.write(`A shop logs through winston, pino, log4js, console, and libraries that log by themselves. Nothing in it changes:
app.mjs adds traces and @logbridge/adapter-otel, and ${REQUESTS.length} HTTP requests are made. The records go by OTLP to
${backend.title}.\n`);

const outcome = await runShop(backend, dir);
const problems = problemsOf(outcome);
process.stdout.write(`${outcomeText(outcome, { request: REQUEST, traceId })}${verdictText(problems)}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
if (backend.page !== null) process.stdout.write(`The store's own page: ${backend.page}\n`);
if (asked.keep) await interrupted();
else if (backend.page !== null)
  process.stdout.write("It ends with the demo; `npm run demo:otel -- --keep` keeps it.\n");
await backend.close();
await rm(dir, { recursive: true, force: true });

async function interrupted() {
  process.stdout.write("All is there until Ctrl-C.\n");
  // Waiting for a signal keeps no process alive.
  const alive = setInterval(() => {}, 60_000);
  await once(process, "SIGINT");
  clearInterval(alive);
}
