// Writes more to stdout than a pipe takes, and ends the process as soon as complete() says that all is delivered.
import { log4jsSink } from "@logbridge/adapter-log4js";
import { createLogger } from "@logbridge/core";

const logger = createLogger();
logger.add(log4jsSink({ type: process.argv[2] as string, layout: { type: "messagePassThrough" } }));
for (let index = 0; index < 5000; index++) logger.info(`record ${index} ${"x".repeat(80)}`);
await logger.complete();
process.exit(0);
