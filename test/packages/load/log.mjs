import { createLogger } from "@logbridge/core";

const logger = createLogger();
logger.add((text, record) => console.log(record.level.no, text), { format: "{message}" });
logger.info("loaded by {}", "log.mjs");
