import { dbLog } from "../db-log.js";

const log = dbLog("db.store");
log.addContext("table", "orders");
const rows = new Map();

export function save(order) {
  rows.set(order.id, order);
  log.info("row %s written", order.id);
}

export function find(id) {
  if (id === "broken")
    log.error("row is damaged", new TypeError("no items", { cause: new Error("checksum is wrong") }));
  else log.debug("row %s read", id);
  return rows.get(id);
}
