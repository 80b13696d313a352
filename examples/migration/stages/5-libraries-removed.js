// Stage 5: winston, pino and log4js are no dependencies any more.
import { logger } from "@logbridge/core";
import * as audit from "../after/db/audit.js";
import * as store from "../after/db/store.js";
import * as billing from "../after/jobs/billing.js";
import * as mailer from "../after/jobs/mailer.js";
import { only, SECRETS } from "../after/log.js";
import { accounts } from "../after/routes/accounts.js";
import { orders } from "../after/routes/orders.js";
import { logFile } from "../config.js";
import { serve } from "../service.js";

await logger.remove();
logger.add(logFile("unified.jsonl"), { serialize: "flat", redact: SECRETS });
for (const area of ["http", "jobs", "db"])
  logger.add(logFile(`${area}.log`), { serialize: "flat", filter: only(area), redact: SECRETS });

await serve({ orders: orders({ billing, mailer, store }), accounts: accounts({ audit }) }, () => logger.remove());
