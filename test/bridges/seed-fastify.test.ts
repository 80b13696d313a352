import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { interceptPino } from "@logbridge/adapter-pino";
import { createLogger, type Logger } from "@logbridge/core";
import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "logbridge-fastify-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** An application with its framework's own logger, which logs for itself and for the routes. */
function application(level: string): FastifyInstance {
  const app = Fastify({ logger: { level, stream: { write() {} } } });
  app.get("/", async (request) => {
    app.log.info("info log");
    request.log.warn("warning log");
    return "hello";
  });
  return app;
}

/** One request to an application whose logger is intercepted. */
async function request(app: FastifyInstance, logger: Logger): Promise<void> {
  const interception = interceptPino(app.log as never, { logger });
  try {
    await app.inject("/");
    await app.close();
  } finally {
    interception.restore();
  }
}

const textOf = (name: string): string[] => readFileSync(join(folder, name), "utf8").trimEnd().split("\n");

describe("the framework's own logger", () => {
  test("L-FLASK-2 app.log writes into a file through an added handler, beside what the framework says itself", async () => {
    const logger = createLogger();
    logger.add(join(folder, "fastify.log"), { format: "{level} {file} {message}" });
    await request(application("info"), logger);
    await logger.remove();
    expect(textOf("fastify.log")).toEqual([
      expect.stringMatching(/^INFO .* incoming request$/),
      "INFO seed-fastify.test.ts info log",
      "WARNING seed-fastify.test.ts warning log",
      expect.stringMatching(/^INFO .* request completed$/),
    ]);
  });

  test("L-FLASK-7 a threshold on the handler holds for the application and the framework alike", async () => {
    const logger = createLogger();
    logger.add(join(folder, "all.log"), { format: "{message}" });
    logger.add(join(folder, "warnings.log"), { level: "WARNING", format: "{message}" });
    const app = application("info");
    app.addHook("onRequest", async () => {
      logger.info("ours");
      logger.warning("ours, serious");
    });
    await request(app, logger);
    await logger.remove();
    expect(textOf("all.log")).toEqual([
      "incoming request",
      "ours",
      "ours, serious",
      "info log",
      "warning log",
      "request completed",
    ]);
    expect(textOf("warnings.log")).toEqual(["ours, serious", "warning log"]);
  });

  test("L-FLASK-7 the global threshold of the framework's logger alone does not", async () => {
    const logger = createLogger();
    logger.add(join(folder, "all.log"), { format: "{message}" });
    const app = application("warn");
    app.addHook("onRequest", async (incoming) => {
      logger.info("ours");
      incoming.log.child({}, { level: "info" }).info("a child with a level of its own");
    });
    await request(app, logger);
    await logger.remove();
    expect(textOf("all.log")).toEqual(["ours", "a child with a level of its own", "warning log"]);
  });
});
