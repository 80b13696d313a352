import type { Writable } from "node:stream";
import { createLogger } from "@logbridge/core";
import type { FastifyBaseLogger } from "fastify";
import type { LogFn, Logger as PinoTenLogger } from "pino";
import * as namespace from "pino";
import pinoDefault, { pino } from "pino";
import { pino as pino7 } from "pino-7";
import { type Logger as PinoNineLogger, pino as pino9 } from "pino-9";
import { pinoHttp } from "pino-http";
import { expectTypeOf, test } from "vitest";
import {
  asPino,
  interceptPino,
  type PinoLogger,
  type PinoStream,
  pinoSink,
  pinoSinks,
  propagateToPino,
} from "../src/index.ts";

interface OldLogger {
  level: string;
  levels: { labels: { [level: number]: string }; values: { [label: string]: number } };
  child(bindings: Record<string, unknown>, options?: { level?: string }): OldLogger;
}

test("S-PKG-1: pino's own types fit the adapter's, and so do those of another version", () => {
  expectTypeOf<ReturnType<typeof pino>>().toExtend<PinoLogger>();
  expectTypeOf<ReturnType<typeof pino<"notice">>>().toExtend<PinoLogger>();
  expectTypeOf<OldLogger>().toExtend<PinoLogger>();
  expectTypeOf<ReturnType<typeof pino.destination>>().toExtend<PinoStream>();
  expectTypeOf<ReturnType<typeof pino.transport>>().toExtend<PinoStream>();
  expectTypeOf<ReturnType<typeof pino.multistream>>().toExtend<PinoStream>();
  expectTypeOf<Writable>().toExtend<PinoStream>();
  expectTypeOf(interceptPino).toBeCallableWith(pino);
  expectTypeOf(interceptPino).toBeCallableWith(pinoDefault);
  expectTypeOf(interceptPino).toBeCallableWith(namespace);
  expectTypeOf(interceptPino).toBeCallableWith(pino().child({ part: 1 }), { mode: "replace" });
  expectTypeOf(propagateToPino).toBeCallableWith(pino({ customLevels: { notice: 35 } }));
  expectTypeOf(pinoSinks).toBeCallableWith(pino());
  expectTypeOf(pinoSink).toBeCallableWith(pino.transport({ target: "pino/file" }), { redact: ["a"], base: null });
});

test("loggers and functions of other versions of pino are taken", () => {
  expectTypeOf<ReturnType<typeof pino7>>().toExtend<PinoLogger>();
  expectTypeOf<ReturnType<typeof pino9>>().toExtend<PinoLogger>();
  expectTypeOf(interceptPino).toBeCallableWith(pino7);
  expectTypeOf(interceptPino).toBeCallableWith(pino9);
  expectTypeOf(propagateToPino).toBeCallableWith(pino7());
});

test("a facade has pino's type, and the methods of levels that were added", () => {
  const logger = createLogger();
  const facade = asPino(logger);
  expectTypeOf(facade).toExtend<PinoTenLogger>();
  expectTypeOf(facade.success).toEqualTypeOf<LogFn>();
  expectTypeOf(facade).toExtend<FastifyBaseLogger>();
  expectTypeOf(facade).toExtend<PinoNineLogger>();
  expectTypeOf(asPino(logger.withLevels({ NOTICE: { no: 27 } })).notice).toEqualTypeOf<LogFn>();
  expectTypeOf(asPino(logger.bind({ requestId: "r" }))).toExtend<PinoTenLogger>();
  pinoHttp({ logger: facade });
});
