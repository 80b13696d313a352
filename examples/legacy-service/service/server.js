// The HTTP side: express, a child logger for each request, a proxy for the stock service.
import express from "express";
import { createProxyMiddleware } from "http-proxy-middleware";
import { logger } from "./logger.js";
import { accounts } from "./routes/accounts.js";
import { orders } from "./routes/orders.js";
import { runJobs } from "./scheduler.js";

let requests = 0;
let runs = 0;

function withLogger(request, _response, next) {
  requests += 1;
  request.id = `r${String(requests).padStart(2, "0")}`;
  request.log = logger.child({ requestId: request.id });
  next();
}

function failed(error, request, response, _next) {
  request.log.error(error);
  console.error(`[console:failed:${request.id}] answered 500`);
  response.status(500).json({ error: "internal error" });
}

/** The application, with the stock service behind /stock. */
export function createApp(stockUrl) {
  const app = express();
  app.disable("x-powered-by");
  app.use(express.json());
  app.use(withLogger);
  app.get("/health", (request, response) => {
    request.log.info(`[winston:health:${request.id}] still alive`, { probe: true });
    response.json({ ok: true });
  });
  app.use(accounts);
  app.use(orders);
  app.use(
    createProxyMiddleware({ pathFilter: "/stock", target: stockUrl, pathRewrite: { "^/stock": "" }, logger: console }),
  );
  app.post("/jobs/run", (_request, response) => {
    runs += 1;
    runJobs(runs);
    response.json({ run: runs });
  });
  app.use((request, response) => {
    request.log.warn(`[winston:missing:${request.id}] no such page`, { url: request.url });
    response.status(404).json({ error: "not found" });
  });
  app.use(failed);
  return app;
}
