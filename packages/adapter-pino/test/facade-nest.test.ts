import "reflect-metadata";
import { Controller, Get, Injectable, Module, Logger as NestLogger, type Type } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { Logger, LoggerModule, PinoLogger } from "nestjs-pino";
import { expect, test } from "vitest";
import { asPino } from "../src/index.ts";
import { listener } from "./support.ts";

function applicationOf(theirs: ReturnType<typeof asPino>, handle: (logger: PinoLogger) => string): Type {
  class Service {
    readonly logger: PinoLogger;
    constructor(logger: PinoLogger) {
      this.logger = logger;
      logger.setContext("Service");
    }
  }
  Reflect.defineMetadata("design:paramtypes", [PinoLogger], Service);
  Injectable()(Service);
  class Pages {
    readonly service: Service;
    constructor(service: Service) {
      this.service = service;
    }
    page(): string {
      new NestLogger("Pages").log("by Nest's own logger");
      return handle(this.service.logger);
    }
  }
  Reflect.defineMetadata("design:paramtypes", [Service], Pages);
  Controller()(Pages);
  Get("page")(Pages.prototype, "page", Object.getOwnPropertyDescriptor(Pages.prototype, "page") as never);
  class Application {}
  Module({
    imports: [LoggerModule.forRoot({ pinoHttp: { logger: theirs } })],
    controllers: [Pages],
    providers: [Service],
  })(Application);
  return Application;
}

test("nestjs-pino logs through it: start-up, requests, context, assigned fields and errors", async () => {
  const { logger, records } = listener(true);
  const application = applicationOf(asPino(logger), (log) => {
    log.assign({ assigned: true });
    log.info({ step: 1 }, "by PinoLogger");
    log.error(new Error("broken"), "failed");
    return "fine";
  });
  const app = await NestFactory.create(application, { bufferLogs: true });
  app.useLogger(app.get(Logger));
  await app.listen(0, "127.0.0.1");
  const address = (await app.getUrl()).replace("[::1]", "127.0.0.1");
  await (await fetch(`${address}/page`)).text();
  await new Promise((resolve) => setImmediate(resolve));
  await app.close();

  const by = (message: string) => records.find((record) => record.message === message);
  expect(by("Starting Nest application...")).toMatchObject({
    level: { name: "INFO" },
    extra: { context: "NestFactory" },
  });
  expect(by("Nest application successfully started")).toBeDefined();
  expect(by("by Nest's own logger")?.extra).toMatchObject({ context: "Pages", req: { method: "GET", url: "/page" } });
  expect(by("by Nest's own logger")?.file?.name).toBe("facade-nest.test.ts");
  expect(by("by PinoLogger")?.extra).toMatchObject({
    context: "Service",
    step: 1,
    assigned: true,
    req: { url: "/page" },
  });
  expect(by("by PinoLogger")?.file?.name).toBe("facade-nest.test.ts");
  expect(by("failed")).toMatchObject({ level: { name: "ERROR" }, exception: { message: "broken" } });
  expect(by("request completed")?.extra).toMatchObject({ res: { statusCode: 200 } });
});
