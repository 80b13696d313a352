// Database migrations by umzug, which logs through whatever logger it is handed: here the shop's winston.
import { memoryStorage, Umzug } from "umzug";
import { logger } from "./logger.js";

const names = ["001-customers", "002-orders", "003-order-items", "004-stock"];

/** Brings the schema up to date. */
export async function migrate() {
  const umzug = new Umzug({
    migrations: names.map((name) => ({ name, up: async () => {} })),
    storage: memoryStorage(),
    logger: logger.child({ component: "migrations" }),
  });
  const applied = await umzug.up();
  console.log(`[console:migrated] ${applied.length} migrations applied`);
}
