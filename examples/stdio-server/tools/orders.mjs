// A dependency with another logger, and a program that it runs.
import { spawnSync } from "node:child_process";
import winston from "winston";

const log = winston.createLogger({
  format: winston.format.printf(({ level, message }) => `[${level.toUpperCase()}] ${message}`),
  transports: [new winston.transports.Console()],
});

export function orders({ count }) {
  log.info(`orders: ${count} asked for`);
  // What a child inherits it writes to by itself: led to stderr it cannot get into the protocol.
  spawnSync(process.execPath, ["-e", "console.log('orders: from a child')"], { stdio: ["ignore", 2, 2] });
  if (count > 10) throw new Error("too many orders");
  return Array.from({ length: count }, (_value, at) => `order ${at + 1}`);
}
