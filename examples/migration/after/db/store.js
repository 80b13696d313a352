import { dbLog } from "../log.js";

const log = dbLog.bind({ table: "orders" }).forModule("db.store");
const rows = new Map();

export function save(order) {
  rows.set(order.id, order);
  log.info("row {} written", order.id);
}

export function find(id) {
  if (id === "broken")
    log.error("row is damaged", new TypeError("no items", { cause: new Error("checksum is wrong") }));
  else log.debug("row {} read", id);
  return rows.get(id);
}
