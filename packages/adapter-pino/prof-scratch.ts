import { createLogger } from "@logbridge/core";
import { interceptPino } from "@logbridge/adapter-pino";
import { pino } from "pino";
const p = pino({}, { write() {} });
const logger = createLogger();
interceptPino(pino, { logger });
logger.add({ write() {}, needs: { text: false } });
for (let i=0;i<300000;i++) p.info({ a: 1, b: "x" }, "hello");
