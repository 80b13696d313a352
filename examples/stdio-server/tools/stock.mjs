// A dependency with a logger that writes to descriptor 1, beside process.stdout.
import { writeSync } from "node:fs";
import pino from "pino";

const log = pino({ name: "stock" }, pino.destination({ dest: 1, sync: true }));

export function stock({ item }) {
  log.warn({ item }, "stock: low");
  writeSync(1, `[DEBUG] stock: counted ${item}\n`);
  return 3;
}
