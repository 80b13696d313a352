import type { LogRecord } from "@logbridge/core";
import fastify, { type FastifyBaseLogger, type FastifyInstance } from "fastify";
import { expect, onTestFinished, test } from "vitest";
import { asPino } from "../src/index.ts";
import { listener } from "./support.ts";

function started(records: LogRecord[], app: FastifyInstance): LogRecord[] {
  onTestFinished(() => app.close());
  app.get("/", (request, reply) => {
    request.log.info({ user: 1 }, "in the handler");
    reply.send("fine");
  });
  app.get("/broken", () => {
    throw Object.assign(new Error("broken"), { code: "E1" });
  });
  return records;
}

test("S-FAC-2: Fastify takes it as loggerInstance; the request's id is in what the handler logs", async () => {
  const { logger, records } = listener();
  const app = fastify({ loggerInstance: asPino(logger) as FastifyBaseLogger, genReqId: () => "r-1" });
  started(records, app);
  await app.inject("/?a=1");
  expect(records.map(({ message }) => message)).toEqual(["incoming request", "in the handler", "request completed"]);
  expect(records.map(({ extra }) => extra["reqId"])).toEqual(["r-1", "r-1", "r-1"]);
  expect(records[0]?.extra["req"]).toEqual({
    method: "GET",
    url: "/?a=1",
    host: "localhost:80",
    remoteAddress: "127.0.0.1",
  });
  expect(records[1]?.extra).toEqual({ reqId: "r-1", user: 1 });
  expect(records[2]?.extra).toMatchObject({ res: { statusCode: 200 } });
  expect(JSON.stringify(records).length).toBeLessThan(8000);
});

test("Fastify's errors are exceptions, and its levels are ours", async () => {
  const { logger, records } = listener();
  const app = fastify({ loggerInstance: asPino(logger) as FastifyBaseLogger });
  started(records, app);
  await app.inject("/broken");
  const failed = records.find(({ level }) => level.name === "ERROR");
  expect(failed?.exception).toMatchObject({ message: "broken", code: "E1" });
  expect(failed?.extra).toMatchObject({ reqId: "req-1", res: { statusCode: 500 } });
});

test("serializers of Fastify's routes and children of plugins work, and a whole request is never logged", async () => {
  const { logger, records } = listener();
  const app = fastify({ loggerInstance: asPino(logger) as FastifyBaseLogger, disableRequestLogging: true });
  onTestFinished(() => app.close());
  app.register(
    async (plugin) => {
      plugin.log.info("of a plugin");
      plugin.get("/", { logLevel: "warn", logSerializers: { user: ({ id }) => id } }, (request) => {
        request.log.info("below the route's level");
        request.log.warn({ user: { id: 7, password: "hunter2" } }, "shown");
        request.log.warn({ whole: request.raw, reply: request.raw.socket && undefined }, "whole");
        request.log.warn(request.raw);
        return "fine";
      });
    },
    { logLevel: "info", logSerializers: {} },
  );
  await app.inject("/");
  expect(records.map(({ message }) => message).slice(0, 3)).toEqual(["of a plugin", "shown", "whole"]);
  expect(records[1]?.extra["user"]).toBe(7);
  expect(records[2]?.extra["whole"]).toMatchObject({ method: "GET", url: "/" });
  expect(records[3]?.extra["req"]).toMatchObject({ method: "GET", url: "/" });
  expect(JSON.stringify(records)).not.toMatch(/hunter2|_readableState/);
});

test("a childLoggerFactory of Fastify makes children of it", async () => {
  const { logger, records } = listener();
  const app = fastify({
    loggerInstance: asPino(logger) as FastifyBaseLogger,
    childLoggerFactory: (theirs, bindings, options) => theirs.child({ ...bindings, tenant: "a" }, options),
  });
  started(records, app);
  await app.inject("/");
  expect(records.map(({ extra }) => extra["tenant"])).toEqual(["a", "a", "a"]);
});

test("a LogController of Fastify decides which requests are logged", async () => {
  const { logger, records } = listener();
  const { LogController } = fastify as unknown as { LogController: new (options: object) => object };
  const app = fastify({
    loggerInstance: asPino(logger) as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "request" }),
  } as never) as unknown as FastifyInstance;
  started(records, app);
  await app.inject("/");
  expect(records.map(({ message, extra }) => [message, extra])).toEqual([
    ["in the handler", { request: "req-1", user: 1 }],
  ]);
});
