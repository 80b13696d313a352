import { jobsLog } from "../log.js";

const log = jobsLog.bind({ job: "mailer" });

export function confirm({ id, items }) {
  log.debug("writing to the customer about {}", JSON.stringify(items), { orderId: id });
  log.info("100% of the mails are sent", { orderId: id });
}
