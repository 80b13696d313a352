import { jobsLog } from "../jobs-log.js";

export class PaymentError extends Error {
  name = "PaymentError";
}

export function charge({ id, total, card, customer }) {
  const log = jobsLog.child({ orderId: id });
  log.info({ card, customer }, "charging %d", total);
  if (total > 1000) {
    const err = new PaymentError("card refused", { cause: new RangeError("the limit is 1000") });
    log.error({ err, total }, "charge failed");
    throw err;
  }
  if (total > 500) log.warn("a large amount: %d", total);
}
