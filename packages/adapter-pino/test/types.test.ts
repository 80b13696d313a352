import type { Writable } from "node:stream";
import * as namespace from "pino";
import pinoDefault, { pino } from "pino";
import { expectTypeOf, test } from "vitest";
import { interceptPino, type PinoLogger, type PinoStream, pinoSink, pinoSinks, propagateToPino } from "../src/index.ts";

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
