// Stage 4: three of six modules are rewritten. Which of them, and in what order, is the team's choice.
import * as store from "../after/db/store.js";
import * as billing from "../after/jobs/billing.js";
import { orders } from "../after/routes/orders.js";
import * as audit from "../before/db/audit.js";
import * as mailer from "../before/jobs/mailer.js";
import { accounts } from "../before/routes/accounts.js";
import { serve } from "../service.js";
import { closeLogs } from "./moved.js";

await serve({ orders: orders({ billing, mailer, store }), accounts: accounts({ audit }) }, closeLogs);
