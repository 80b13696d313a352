import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type ErrorRequestHandler } from "express";
import { errorLogger, logger as requestLogger } from "express-winston";
import { describe, expect, test } from "vitest";
import type winston from "winston";
import { asWinston } from "../src/index.ts";
import { ours } from "./setting.ts";

/** Asks a server for these paths, and gives the statuses. */
async function ask(app: express.Express, paths: readonly string[]): Promise<number[]> {
  const server = createServer(app as never);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const statuses: number[] = [];
    for (const path of paths) {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: "close" } });
      await response.text();
      statuses.push(response.status);
    }
    return statuses;
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

const answer: ErrorRequestHandler = (_error, _request, response, _next) => void response.status(500).send("broken");

describe("express-winston with a facade", () => {
  test("its request log: message, level by status, metadata as fields", async () => {
    const { logger, records } = ours();
    const app = express();
    app.use(
      requestLogger({
        winstonInstance: asWinston(logger.bind({ service: "shop" }) as never),
        statusLevels: true,
        meta: true,
        dynamicMeta: () => ({ tenant: 4 }),
      }),
    );
    app.get("/ok", (_request, response) => void response.send("ok"));
    app.get("/100%25", (_request, response) => void response.status(404).send("none"));
    expect(await ask(app, ["/ok?a=1", "/100%25"])).toEqual([200, 404]);
    expect(records.map(({ level, message }) => [level.name, message])).toEqual([
      ["INFO", "HTTP GET /ok?a=1"],
      ["WARNING", "HTTP GET /100%25"],
    ]);
    expect(records[0]?.extra).toMatchObject({
      service: "shop",
      meta: { tenant: 4, res: { statusCode: 200 }, req: { method: "GET", query: { a: "1" } } },
    });
  });

  test.each([["meta"], [null]])("its error log: the Error is the exception (metaField %j)", async (metaField) => {
    const { logger, records } = ours();
    const app = express();
    const error = Object.assign(new TypeError("no such cart", { cause: new Error("inner") }), { code: "E_CART" });
    app.get("/fails", () => {
      throw error;
    });
    app.use(
      errorLogger({
        winstonInstance: asWinston(logger),
        metaField: metaField as string,
        msg: "{{req.method}} {{err.message}}",
      }),
    );
    app.use(answer);
    expect(await ask(app, ["/fails"])).toEqual([500]);
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ message: "GET no such cart", level: { name: "ERROR" } });
    expect(records[0]?.exception).toMatchObject({ type: "TypeError", code: "E_CART", cause: { message: "inner" } });
    expect(records[0]?.exception?.value).toBe(error);
  });
});

/** The calls that nest-winston's logger service makes on the winston logger that it is given. */
class ServiceOverWinston {
  readonly #logger: winston.Logger;
  constructor(logger: winston.Logger) {
    this.#logger = logger;
  }
  log(message: string, context?: string): void {
    this.#logger.info(message, { context });
  }
  structured({ message, level = "info", ...meta }: { message: string; level?: string; user: number }): void {
    this.#logger.log(level, message, { context: "Cart", ...meta });
  }
  error(error: Error, trace?: string, context?: string): void {
    this.#logger.error(error.message, { context, stack: [trace ?? error.stack], error });
  }
  fatal(error: Error, context?: string): void {
    this.#logger.log({ level: "fatal", message: error.message, context, stack: [error.stack], error });
  }
  verbose(message: string): void {
    this.#logger.verbose(message, { context: undefined });
  }
}

test("a service that is injected a winston logger, as nest-winston's is", () => {
  const { logger, records } = ours();
  const service = new ServiceOverWinston(asWinston(logger));
  const error = new Error("broken");
  service.log("started", "Cart");
  service.structured({ message: "paid", level: "warn", user: 7 });
  service.error(error, undefined, "Cart");
  service.fatal(error, "Cart");
  service.verbose("detail");
  expect(records.map(({ level, message, extra }) => [level.name, message, extra["context"]])).toEqual([
    ["INFO", "started", "Cart"],
    ["WARNING", "paid", "Cart"],
    ["ERROR", "broken", "Cart"],
    ["CRITICAL", "broken", "Cart"],
    ["VERBOSE", "detail", undefined],
  ]);
  expect(records[1]?.extra["user"]).toBe(7);
  for (const record of records.slice(2, 4)) expect(record.exception?.value).toBe(error);
});
