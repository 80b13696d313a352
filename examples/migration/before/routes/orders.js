import { Router } from "express";
import { httpLog } from "../http-log.js";

export function orders({ billing, mailer, store }) {
  const router = Router();
  router.post("/orders", (request, response) => {
    const log = httpLog.child({ requestId: request.id });
    const order = { id: request.id, ...request.body };
    log.info("order received", { items: order.items.length, customer: order.customer });
    try {
      billing.charge(order);
      store.save(order);
      mailer.confirm(order);
      log.log({ level: "debug", message: "order done" });
      response.status(201).json({ id: order.id });
    } catch (err) {
      log.error("order refused", { err, total: order.total });
      response.status(402).json({ error: err.message });
    }
  });
  router.get("/orders/:id", (request, response) => {
    const found = store.find(request.params.id);
    if (!found) httpLog.warn("no such order", { requestId: request.id, wanted: request.params.id });
    response.status(found ? 200 : 404).json(found ?? {});
  });
  return router;
}
