// The order worker: pino, a file of its own, gathered in memory and written in blocks.
import { join } from "node:path";
import pino from "pino";
import { config } from "./config.js";

const destination = pino.destination({ dest: join(config.logDir, "worker.log"), minLength: 4096, sync: false });

const log = pino(
  { name: "worker", level: config.logLevel, redact: ["payment.token", "customer.password"] },
  destination,
);

function charge(order) {
  if (order.total > 1000) throw new RangeError(`limit exceeded by ${order.total - 1000}`);
  return { receipt: `rc-${order.id}` };
}

/** Takes one order through payment and packing. */
export function processOrder(order) {
  const job = log.child({ orderId: order.id });
  job.debug(`[pino:picked:${order.id}] picked from the queue`);
  job.info({ payment: order.payment, customer: order.customer }, `[pino:payment:${order.id}] payment authorised`);
  job.info("[pino:packing:%s] packing %d items of %j", order.id, order.items.length, order.items);
  const billing = job.child({ step: "billing" });
  try {
    const { receipt } = charge(order);
    billing.info({ receipt }, `[pino:charged:${order.id}] charged`);
    if (order.total > 500) billing.warn({ total: order.total }, `[pino:large:${order.id}] a large order`);
    console.log("[console:label:%s] label printed for %d items", order.id, order.items.length);
    return receipt;
  } catch (error) {
    billing.error({ err: error, total: order.total }, `[pino:failed:${order.id}] the charge failed`);
    console.error(`[console:refund:${order.id}] order goes to manual handling`, error);
    return null;
  }
}

/** Says good-bye and resolves when the file is complete. */
export function stopWorker() {
  log.info({ pending: 0 }, "[pino:stopped] worker stopped");
  return new Promise((done) => {
    destination.once("close", done);
    destination.end();
  });
}
