import { jobsLog } from "../log.js";

export class PaymentError extends Error {
  name = "PaymentError";
}

export function charge({ id, total, card, customer }) {
  const log = jobsLog.bind({ orderId: id });
  log.info("charging {}", total, { card, customer });
  if (total > 1000) {
    const err = new PaymentError("card refused", { cause: new RangeError("the limit is 1000") });
    log.error("charge failed", err, { total });
    throw err;
  }
  if (total > 500) log.warning("a large amount: {}", total);
}
