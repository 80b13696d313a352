import "reflect-metadata";
import type { AddressInfo } from "node:net";
import { asNest } from "@logbridge/adapter-nest";
import { createLogger, type Logger, type LogRecord } from "@logbridge/core";
import {
  Controller,
  Get,
  type INestApplication,
  type INestApplicationContext,
  Inject,
  Injectable,
  Module,
  Logger as NestOwnLogger,
} from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { afterEach, expect, test, vi } from "vitest";
import { keeping } from "./support/keeping.ts";

class UserService {
  readonly #log = new NestOwnLogger("UserService");
  find(id: string): string {
    this.#log.log("looking for a user", { id });
    if (id === "9") throw new TypeError("no such user");
    if (id === "8") this.#log.error("lookup failed", new Error("refused").stack);
    return `user ${id}`;
  }
}
Injectable()(UserService);

class UserController {
  readonly #users: UserService;
  constructor(users: UserService) {
    this.#users = users;
  }
  good(): string {
    return this.#users.find("7");
  }
  ill(): string {
    return this.#users.find("8");
  }
  bad(): string {
    return this.#users.find("9");
  }
}
for (const path of ["good", "ill", "bad"] as const)
  Get(path)(UserController.prototype, path, Object.getOwnPropertyDescriptor(UserController.prototype, path) as never);
Controller("users")(UserController);
Inject(UserService)(UserController, undefined, 0);

class AppModule {}
Module({ controllers: [UserController], providers: [UserService] })(AppModule);

const open: INestApplicationContext[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
  NestOwnLogger.overrideLogger(new NestOwnLogger() as never);
});

/** Asks a running application; gives the statuses of its answers. */
async function ask(app: INestApplication, ...paths: string[]): Promise<number[]> {
  await app.listen(0, "127.0.0.1");
  const { port } = app.getHttpServer().address() as AddressInfo;
  const answers = await Promise.all(paths.map((path) => fetch(`http://127.0.0.1:${port}${path}`)));
  return answers.map(({ status }) => status);
}

const byName = (records: readonly LogRecord[], name: string): LogRecord[] =>
  records.filter((record) => record.name === name);

test("an application logs its start, its requests and what its exception filter catches", async () => {
  const { logger, records } = keeping();
  const printed = vi.spyOn(process.stdout, "write");
  const app = await NestFactory.create(AppModule, { logger: asNest(logger) });
  open.push(app);
  expect(await ask(app, "/users/good", "/users/ill", "/users/bad")).toEqual([200, 200, 500]);
  expect(printed.mock.calls.filter(([text]) => String(text).includes("[Nest]"))).toEqual([]);
  printed.mockRestore();

  expect(byName(records, "NestFactory")[0]).toMatchObject({ message: "Starting Nest application..." });
  expect(byName(records, "RoutesResolver")[0]?.message).toMatch(/UserController.*\/users/);
  expect(byName(records, "NestApplication")[0]?.level.name).toBe("INFO");

  const own = byName(records, "UserService");
  expect(own.filter(({ message }) => message.startsWith("looking for a user"))).toHaveLength(3);
  expect(own[0]).toMatchObject({ extra: { id: "7" }, file: { name: "application.test.ts" } });
  const failed = own.find(({ level }) => level.name === "ERROR");
  expect(failed).toMatchObject({ message: "lookup failed", exception: { type: "Error" } });
  expect(failed?.exception?.stack[0]?.text).toContain("application.test.ts");

  const [caught] = byName(records, "ExceptionsHandler");
  expect(caught).toMatchObject({ message: "no such user", level: { name: "ERROR" }, exception: { type: "TypeError" } });
});

test("with bufferLogs everything since the start arrives, in order, once useLogger() names the logger", async () => {
  const { logger, records } = keeping();
  const app = await NestFactory.createApplicationContext(AppModule, { bufferLogs: true });
  open.push(app);
  expect(records).toEqual([]);
  app.useLogger(asNest(logger));
  app.flushLogs();
  const messages = records.map(({ message }) => message);
  expect(messages[0]).toBe("Starting Nest application...");
  expect(messages).toContain("AppModule dependencies initialized");
});

test("what is logged before our own handlers are there is held and comes to them", async () => {
  const logger = createLogger() as Logger;
  logger.holdEarly({ capacity: 100 });
  const app = await NestFactory.createApplicationContext(AppModule, { logger: asNest(logger) });
  open.push(app);
  const names: (string | null)[] = [];
  logger.add((_text, record) => void names.push(record.name), { level: 0 });
  await Promise.resolve();
  expect(names[0]).toBe("NestFactory");
  expect(names).toContain("InstanceLoader");
});

test("as a provider it stands in for the Logger of NestJS", async () => {
  const { logger, records } = keeping();
  class Mailer {
    readonly log: NestOwnLogger;
    constructor(log: NestOwnLogger) {
      this.log = log;
    }
  }
  Inject(NestOwnLogger)(Mailer, undefined, 0);
  class MailModule {}
  Module({ providers: [Mailer, { provide: NestOwnLogger, useValue: asNest(logger, "mail") }] })(MailModule);
  const app = await NestFactory.createApplicationContext(MailModule, { logger: false });
  open.push(app);
  app.get(Mailer).log.warn("queue is long");
  expect(records.map(({ message, name }) => [message, name])).toEqual([["queue is long", "mail"]]);
});
