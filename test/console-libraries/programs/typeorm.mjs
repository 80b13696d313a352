// TypeORM: queries of a database in memory, one of which fails, and what it says of its schema.
import { asObjectFirst } from "@logbridge/intercept-console";
import { DataSource } from "typeorm";
import { logger, say } from "../setting.mjs";

const log = asObjectFirst(logger.forModule("typeorm"));

const source = new DataSource({
  type: "sqljs",
  logging: "all",
  maxQueryExecutionTime: -1,
  logger: {
    logQuery: (query, parameters) => log.debug({ parameters }, query),
    logQueryError: (error, query, parameters) => log.error({ error, parameters }, query),
    logQuerySlow: (ms, query, parameters) => log.warn({ ms, parameters }, query),
    logSchemaBuild: (message) => log.info(message),
    logMigration: (message) => log.info(message),
    log: (level, message) => log[level === "log" ? "info" : level](message),
  },
});
await source.initialize();
await source.query("SELECT ? AS answer", [42]);
await source.query("SELECT * FROM nowhere").catch(() => {});
source.logger.log("warn", "50% of {all} is %s");
await source.destroy();
say();
