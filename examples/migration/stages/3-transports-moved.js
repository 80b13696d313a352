// Stage 3: no file of the service has changed, and every line goes through one pipeline.
import * as audit from "../before/db/audit.js";
import * as store from "../before/db/store.js";
import * as billing from "../before/jobs/billing.js";
import * as mailer from "../before/jobs/mailer.js";
import { accounts } from "../before/routes/accounts.js";
import { orders } from "../before/routes/orders.js";
import { serve } from "../service.js";
import { closeLogs } from "./moved.js";

await serve({ orders: orders({ billing, mailer, store }), accounts: accounts({ audit }) }, closeLogs);
