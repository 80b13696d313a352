// One side in a process of its own: logs the records to the receiver at this URL, and ends.
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { records, SPAN } from "./records.mjs";

/**
 * @typedef {object} Side
 * @property {(asked: import("./records.mjs").Asked) => void} log
 * @property {() => Promise<unknown>} end all has been sent
 */

const [, , name, url] = process.argv;
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
/** @type {Side} */
const side = await (await import(`./sides/${name}.mjs`)).open(url);
const inSpan = trace.setSpanContext(context.active(), SPAN);
for (const asked of records) {
  if (asked.id === "traced") context.with(inSpan, () => side.log(asked));
  else side.log(asked);
}
await side.end();
