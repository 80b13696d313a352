// Interceptions that take in the same loggers, and some that do not.
import { interceptLog4js } from "@logbridge/adapter-log4js";
import { createLogger } from "@logbridge/core";
import log4js from "log4js";

const logger = createLogger();
logger.add((text: string) => void process.stdout.write(text), { format: "{message}" });
log4js.configure({
  appenders: { out: { type: { configure: () => () => {} } } },
  categories: { default: { appenders: ["out"], level: "info" } },
});
const shop = log4js.getLogger("shop");

console.log("other loggers, or restored");
const apart = [
  interceptLog4js(shop, { logger }),
  interceptLog4js(log4js.getLogger("else"), { logger }),
  interceptLog4js(log4js, { logger: createLogger() }),
];
for (const one of apart) one.restore();
const all = interceptLog4js(log4js, { logger });

console.log("a category of all");
const one = interceptLog4js(shop, { logger });
shop.info("x");
one.restore();

console.log("the same handlers");
interceptLog4js(log4js, { logger: logger.bind({ bound: true }) }).restore();
all.restore();
