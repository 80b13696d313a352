// Logs to log4js' file appender and ends: by itself, or by process.exit() after complete().
import { log4jsSink } from "@logbridge/adapter-log4js";
import { logger } from "@logbridge/core";

const [filename, how] = process.argv.slice(2);
logger.remove();
logger.add(log4jsSink({ type: "file", filename, layout: { type: "messagePassThrough" } }));
for (let index = 0; index < 1000; index++) logger.info(`record ${index}`);
if (how === "exit") {
  await logger.complete();
  process.exit(3);
}
