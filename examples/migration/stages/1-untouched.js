// Stage 1: the service as it is, with winston, pino and log4js.
import * as audit from "../before/db/audit.js";
import * as store from "../before/db/store.js";
import { closeDbLog } from "../before/db-log.js";
import { closeHttpLog } from "../before/http-log.js";
import * as billing from "../before/jobs/billing.js";
import * as mailer from "../before/jobs/mailer.js";
import { closeJobsLog } from "../before/jobs-log.js";
import { accounts } from "../before/routes/accounts.js";
import { orders } from "../before/routes/orders.js";
import { serve } from "../service.js";

await serve({ orders: orders({ billing, mailer, store }), accounts: accounts({ audit }) }, () =>
  Promise.all([closeHttpLog(), closeJobsLog(), closeDbLog()]),
);
