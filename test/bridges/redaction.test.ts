import { Writable } from "node:stream";
import { interceptLog4js, log4jsSink, propagateToLog4js } from "@logbridge/adapter-log4js";
import { interceptPino, pinoSink, pinoSinks, propagateToPino } from "@logbridge/adapter-pino";
import { interceptWinston, propagateToWinston, winstonSink } from "@logbridge/adapter-winston";
import { createLogger, type Interception, type Logger, type LogRecord, type Sink } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";
import log4js from "log4js";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import winston from "winston";
import Transport from "winston-transport";
import { recording, settle, silently } from "./setting.ts";

const SECRET = "hunter2-secret";
const LEAK = /hunter2|4111222233334444/;
const REDACT = ["**.password", "card"];
const failure = (): Error =>
  Object.assign(new TypeError("failed", { cause: Object.assign(new Error("inner"), { password: SECRET }) }), {
    config: { password: SECRET },
  });

beforeEach(() => {
  log4js.configure({
    appenders: { memory: { type: "recording" } },
    categories: { default: { appenders: ["memory"], level: "trace" } },
  });
});
afterEach(() => recording.reset());

const undo: Interception[] = [];
afterEach(() => {
  for (const one of undo.splice(0)) one.restore();
});

/** Everything that a foreign object holds, hidden properties of errors too. */
function dump(value: unknown, above: readonly unknown[] = []): string {
  if (typeof value !== "object" || value === null) return typeof value === "function" ? "" : String(value);
  if (above.includes(value) || above.length > 8) return "";
  return Reflect.ownKeys(value)
    .map((key) => {
      const found = Object.getOwnPropertyDescriptor(value, key);
      return `${String(key)}=${found && "value" in found ? dump(found.value, [...above, value]) : ""}`;
    })
    .join(" ");
}

describe("a secret under a redacted path reaches no foreign output", () => {
  /** Each gives a sink and what arrived there, in every form in which the library's own code could read it. */
  const OUT: Readonly<Record<string, () => { sink: Sink; arrived: () => string }>> = {
    winstonSink: () => {
      const got: string[] = [];
      const transport = new (class extends Transport {
        override log(info: object, next: () => void): void {
          got.push(dump(info), JSON.stringify(info));
          next();
        }
      })();
      return { sink: winstonSink(transport), arrived: () => got.join("\n") };
    },
    propagateToWinston: () => {
      const got: string[] = [];
      const transport = new (class extends Transport {
        override log(info: object, next: () => void): void {
          got.push(dump(info), JSON.stringify(info));
          next();
        }
      })();
      const theirs = winston.createLogger({ level: "silly", transports: [transport] });
      return { sink: propagateToWinston(theirs), arrived: () => got.join("\n") };
    },
    pinoSink: () => {
      const got: string[] = [];
      const stream: Record<string | symbol, unknown> = {
        [Symbol.for("pino.metadata")]: true,
        write(this: Record<string, unknown>, line: string) {
          got.push(line, dump(this["lastObj"]));
        },
      };
      return { sink: pinoSink(stream as never), arrived: () => got.join("\n") };
    },
    "pinoSink with a serializer": () => {
      const got: string[] = [];
      const sink = pinoSink({ write: (line: string) => void got.push(line) } as never, {
        serializers: { err: (error: Error) => ({ message: error.message, all: dump(error) }) },
      });
      return { sink, arrived: () => got.join("\n") };
    },
    pinoSinks: () => {
      const got: string[] = [];
      const theirs = pino({ level: "trace" }, { write: (line: string) => void got.push(line) });
      return { sink: pinoSinks(theirs)[0] as Sink, arrived: () => got.join("\n") };
    },
    propagateToPino: () => {
      const got: string[] = [];
      const theirs = pino({ level: "trace" }, { write: (line: string) => void got.push(line) });
      return { sink: propagateToPino(theirs), arrived: () => got.join("\n") };
    },
    log4jsSink: () => {
      const got: string[] = [];
      const sink = log4jsSink(((event: { serialise(): string }) => got.push(dump(event), event.serialise())) as never);
      return { sink, arrived: () => got.join("\n") };
    },
    propagateToLog4js: () => ({
      sink: propagateToLog4js(log4js.getLogger("out")),
      arrived: () =>
        recording
          .replay()
          .map((event) => dump(event) + (event as unknown as { serialise(): string }).serialise())
          .join("\n"),
    }),
  };

  test.each(Object.keys(OUT))("%s", async (name) => {
    for (const whole of [false, true]) {
      const { sink, arrived } = (OUT[name] as () => ReturnType<(typeof OUT)[string]>)();
      const logger = createLogger(whole ? { redact: REDACT } : {});
      const seen: LogRecord[] = [];
      if (!whole) logger.add((_text, record) => void seen.push(record));
      logger.add(sink, { level: 0, ...(whole ? {} : { redact: REDACT }) });
      logger.info("login {password} {card}", { password: SECRET, card: 4111222233334444, user: "ann" });
      logger.bind({ deep: [{ password: SECRET }] }).info("bound");
      logger.error("broken", failure());
      logger.error("broken", new AggregateError([failure(), { password: SECRET }], "many"));
      logger.opt({ exception: { password: SECRET } }).error("thrown");
      await logger.complete();
      await settle(5);
      const text = arrived();
      expect(text).toContain("[REDACTED]");
      expect(text).toContain("ann");
      expect(text).toContain("inner");
      expect(text).not.toMatch(LEAK);
      // The application's own errors are as they were, and other handlers have them.
      if (!whole) expect(seen[2]?.exception?.value).toMatchObject({ config: { password: SECRET } });
      await logger.remove();
    }
  });
});

describe("a secret of a foreign record reaches no sink of a redacting handler", () => {
  const fields = { password: SECRET, card: 4111222233334444, user: "ann" };
  const IN: Readonly<Record<string, (logger: Logger, stage: "raw" | "formatted") => () => void>> = {
    winston: (logger, stage) => {
      const stream = new Writable({ write: (_chunk, _encoding, done) => done() });
      const theirs = winston.createLogger({
        format: winston.format.combine(
          winston.format.errors({ stack: true }),
          winston.format.splat(),
          winston.format.json(),
        ),
        transports: [new winston.transports.Stream({ stream })],
      });
      undo.push(interceptWinston(theirs, { logger, stage }));
      return () => {
        theirs.info(`login ${SECRET}`, fields);
        theirs.info("login %s %o", SECRET, fields);
        theirs.child(fields).info("child");
        theirs.error("broken", failure());
        theirs.error(failure() as never);
      };
    },
    pino: (logger, stage) => {
      const theirs = pino({ level: "trace" }, { write: () => {} });
      undo.push(interceptPino(theirs, { logger, stage }));
      return () => {
        theirs.info(fields, `login ${SECRET}`);
        theirs.info(fields, "login %o", fields);
        theirs.child(fields).info("child");
        theirs.error(failure(), "broken");
        theirs.error({ err: failure(), ...fields }, "broken");
      };
    },
    log4js: (logger, stage) => {
      undo.push(interceptLog4js(log4js, { logger, stage }));
      const theirs = log4js.getLogger("in");
      return () => {
        theirs.info(`login ${SECRET}`, fields);
        theirs.info("login %s %o", SECRET, fields);
        theirs.addContext("password", SECRET);
        theirs.info("context");
        theirs.error("broken", failure());
        theirs.error(failure());
      };
    },
    console: (logger) => {
      undo.push(interceptConsole({ logger }));
      return () => {
        console.log(`login ${SECRET}`, fields);
        console.log("login %s %o", SECRET, fields);
        console.log(fields);
        console.error("broken", failure());
        console.error(failure());
      };
    },
  };

  test.each(Object.keys(IN).flatMap((name) => [[name, "formatted"] as const, [name, "raw"] as const]))(
    "%s, stage %s",
    (name, stage) =>
      silently(async () => {
        const logger = createLogger();
        const out: string[] = [];
        for (const serialize of [false, true, "flat", "ecs", "gcp", "logfmt"] as const)
          logger.add(
            (text, record) =>
              void out.push(text, JSON.stringify(record), dump(record.origin), record.origin?.line ?? ""),
            {
              level: 0,
              redact: REDACT,
              serialize,
              diagnose: false,
              format: "{message} {extra} {exception.value} {exception.properties} {origin}",
            },
          );
        const theirs: string[] = [];
        logger.add(propagateToPino(pino({ level: "trace" }, { write: (line: string) => void theirs.push(line) })), {
          level: 0,
          redact: REDACT,
        });
        const log = IN[name]?.(logger, stage);
        log?.();
        await logger.complete();
        await settle(5);
        const text = [...out, ...theirs].join("\n");
        expect(text).toContain("[REDACTED]");
        expect(text).toContain("ann");
        expect(text).toContain("broken");
        expect(text).not.toMatch(LEAK);
      }),
  );
});
