// main.mjs <library> <transport> <native | hosted> <way> <count> <file>
import { createLogger } from "@logbridge/core";
import { textOf, ways } from "./lines.mjs";

const [library, transport, host, way, count, file] = process.argv.slice(2);
/** @type {{ transports: Record<string, { native(file: string): { log(text: string): void, flush(): Promise<unknown> }, sink(file: string): import("@logbridge/core").Sink }> }} */
const { transports } = await import(`./${library}.mjs`);
const { log, flush } = host === "native" ? transports[transport].native(file) : hosted();
for (let n = 0; n < Number(count); n++) log(textOf(n));
ways[way](flush);

function hosted() {
  const logger = createLogger();
  logger.add(transports[transport].sink(file));
  return { log: (/** @type {string} */ text) => logger.info(text), flush: () => logger.complete() };
}
