// Settings of the shop: environment first, as the process manager sets it.
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";

export const config = {
  port: Number(process.env.PORT ?? 0),
  logDir: resolve(process.env.LOG_DIR ?? "logs"),
  logLevel: process.env.LOG_LEVEL ?? "info",
};

mkdirSync(config.logDir, { recursive: true });
