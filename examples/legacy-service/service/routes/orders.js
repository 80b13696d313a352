import { Router } from "express";
import { processOrder } from "../worker.js";

export const orders = Router();

orders.post("/orders", (request, response) => {
  const order = { id: request.id, ...request.body };
  request.log.log({
    level: "info",
    message: `[winston:order:${request.id}] order received`,
    items: order.items.length,
  });
  const receipt = processOrder(order);
  if (receipt === null) {
    request.log.error(`[winston:order.failed:${request.id}] payment refused:`, new Error("see the worker's log"));
    response.status(402).json({ error: "payment refused" });
    return;
  }
  response.status(201).json({ receipt });
});

orders.get("/orders/:id", (request, response) => {
  if (request.params.id === "broken") throw new TypeError(`[winston:order.broken:${request.id}] order has no items`);
  request.log.info(`[winston:order.read:${request.id}] order read`, {
    order: request.params.id,
    customer: { token: "t" },
  });
  response.json({ id: request.params.id });
});

orders.get("/report", (request, response) => {
  const timer = request.log.startTimer();
  console.log(`[console:report:${request.id}] building the report, 100% of %d rows`, 250);
  console.debug(`[console:report.rows:${request.id}]`, ["ada", "grace"], new Map([["total", 2]]));
  timer.done({ message: `[winston:report:${request.id}] report built` });
  response.json({ rows: 250 });
});
