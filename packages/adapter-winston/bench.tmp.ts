import { propagateToWinston, winstonSink, interceptWinston } from "@logbridge/adapter-winston";
import { createLogger } from "@logbridge/core";
import winston from "winston";
const N = 20000;
const t = async (name: string, run: () => Promise<void>) => { const a = process.cpuUsage(); await run(); const b = process.cpuUsage(a); console.log(name, ((b.user + b.system) / N).toFixed(2), "µs/record"); };
const file = (n: string) => new winston.transports.File({ filename: `/tmp/bench-${n}.log` });
for (let round = 0; round < 2; round++) {
await t("native file", async () => { const l = winston.createLogger({ transports: [file("n")] }); for (let i = 0; i < N; i++) { l.info(`record ${i}`, { a: 1 }); if (i % 500 === 0) await new Promise(setImmediate); } await new Promise<void>((r) => { l.transports[0]!.once("finish", () => r()); l.end(); }); });
await t("sink file", async () => { const logger = createLogger(); logger.add(winstonSink(file("s"))); for (let i = 0; i < N; i++) { logger.info(`record ${i}`, { a: 1 }); if (i % 500 === 0) await new Promise(setImmediate); } await logger.remove(); });
await t("sink burst", async () => { const logger = createLogger(); logger.add(winstonSink(file("s2"))); for (let i = 0; i < N; i++) { logger.info(`record ${i}`, { a: 1 });  } await logger.remove(); });
await t("propagate", async () => { const l = winston.createLogger({ transports: [file("p")] }); const logger = createLogger(); logger.add(propagateToWinston(l)); for (let i = 0; i < N; i++) { logger.info(`record ${i}`, { a: 1 }); if (i % 500 === 0) await new Promise(setImmediate); } await logger.remove(); });
await t("native silent", async () => { const l = winston.createLogger({ transports: [new winston.transports.Console({ log: (_i: unknown, n: () => void) => n() } as never)] }); for (let i = 0; i < N; i++) l.info(`record ${i}`, { a: 1 }); });
await t("tee intercepted", async () => { const logger = createLogger(); logger.add({ needs: { text: false }, write() {} }); const x = interceptWinston(winston, { logger }); const l = winston.createLogger({ transports: [new winston.transports.Console({ log: (_i: unknown, n: () => void) => n() } as never)] }); for (let i = 0; i < N; i++) l.info(`record ${i}`, { a: 1 }); x.restore(); });
await t("replace intercepted", async () => { const logger = createLogger(); logger.add({ needs: { text: false }, write() {} }); const x = interceptWinston(winston, { logger, mode: "replace" }); const l = winston.createLogger({ transports: [new winston.transports.Console({ log: (_i: unknown, n: () => void) => n() } as never)] }); for (let i = 0; i < N; i++) l.info(`record ${i}`, { a: 1 }); x.restore(); });
}
