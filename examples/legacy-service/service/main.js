// Starts the shop, and stops it on SIGTERM, SIGINT or the process manager's "shutdown" message.

import { config } from "./config.js";
import { closeLogger, logger } from "./logger.js";
import { migrate } from "./migrations.js";
import { stopScheduler } from "./scheduler.js";
import { createApp } from "./server.js";
import { startStock } from "./stock.js";
import { stopWorker } from "./worker.js";

console.log("[console:boot] shop is starting");
await migrate();
const stock = await startStock();
const app = createApp(`http://127.0.0.1:${stock.address().port}`);
const server = app.listen(config.port, "127.0.0.1", () => {
  const { port } = server.address();
  logger.info("[winston:listening] listening", { port });
  console.log(`[console:listening] shop on http://127.0.0.1:${port}`);
  process.send?.({ type: "ready", port });
});

const closed = (closable) => new Promise((done) => closable.close(done));

let stopping = false;
async function stop(reason) {
  if (stopping) return;
  stopping = true;
  console.warn(`[console:stop] stopping: ${reason}`);
  await Promise.all([closed(server), closed(stock)]);
  await stopWorker();
  await stopScheduler();
  logger.info("[winston:stopped] all connections are closed");
  await closeLogger();
  console.log("[console:bye] bye");
  if (process.connected) process.disconnect();
}

process.once("SIGTERM", () => stop("SIGTERM"));
process.once("SIGINT", () => stop("SIGINT"));
process.on("message", (message) => {
  if (message === "shutdown") stop("asked by the process manager");
});
