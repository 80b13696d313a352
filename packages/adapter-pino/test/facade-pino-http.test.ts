import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { pinoHttp } from "pino-http";
import { expect, onTestFinished, test } from "vitest";
import { asPino } from "../src/index.ts";
import { listener } from "./support.ts";

async function ask(handler: RequestListener, path: string): Promise<void> {
  const server = createServer(handler);
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  await new Promise((resolve) => setImmediate(resolve));
}

test("pino-http logs requests through it, and req.log has the request as its serializer shows it", async () => {
  const { logger, records } = listener();
  const middleware = pinoHttp({ logger: asPino(logger) });
  await ask((req, res) => {
    middleware(req, res);
    req.log.info({ step: 1 }, "in the handler");
    res.end("fine");
  }, "/a");
  expect(records.map(({ message }) => message)).toEqual(["in the handler", "request completed"]);
  expect(records[0]?.extra).toMatchObject({ step: 1, req: { id: 1, method: "GET", url: "/a" } });
  expect(records[1]?.extra).toMatchObject({
    req: { id: 1 },
    res: { statusCode: 200 },
    responseTime: expect.any(Number),
  });
  expect(JSON.stringify(records)).not.toContain("_readableState");
});

test("pino-http's options work: levels, properties, serializers, ignored paths, errors", async () => {
  const { logger, records } = listener();
  const middleware = pinoHttp({
    logger: asPino(logger),
    customLogLevel: (_req, res, err) =>
      err || res.statusCode >= 500 ? "error" : res.statusCode >= 400 ? "warn" : "info",
    customProps: () => ({ tenant: "a" }),
    customSuccessMessage: (req: IncomingMessage) => `done ${req.url}`,
    autoLogging: { ignore: (req) => req.url === "/health" },
    serializers: { req: ({ method, url }: { method: string; url: string }) => ({ method, url }) },
    quietReqLogger: true,
  });
  const handler: RequestListener = (req, res) => {
    middleware(req, res);
    if (req.url === "/missing") res.statusCode = 404;
    if (req.url === "/broken") {
      res.statusCode = 500;
      res.err = Object.assign(new Error("broken"), { code: "E1" });
    }
    res.end("said");
  };
  await ask(handler, "/missing");
  await ask(handler, "/health");
  await ask(handler, "/broken");
  expect(records.map(({ level, message }) => [level.name, message])).toEqual([
    ["WARNING", "done /missing"],
    ["ERROR", "request errored"],
  ]);
  expect(records[0]?.extra).toMatchObject({ tenant: "a", req: { method: "GET", url: "/missing" }, reqId: 1 });
  expect(Object.keys(records[0]?.extra["req"] as object)).toEqual(["method", "url"]);
  expect(records[1]?.exception).toMatchObject({ message: "broken", code: "E1" });
});
