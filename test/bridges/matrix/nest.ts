import { format } from "node:util";
import { interceptLog4js } from "@logbridge/adapter-log4js";
import { interceptPino } from "@logbridge/adapter-pino";
import { interceptWinston } from "@logbridge/adapter-winston";
import { createLogger, type Interception, type InterceptOptions, type LogRecord } from "@logbridge/core";
import { interceptDebug } from "@logbridge/intercept-console";
import createDebug from "debug";
import log4js from "log4js";
import pino from "pino";
import winston from "winston";
import Transport from "winston-transport";
import { HALVES } from "./half.ts";

/** A library whose own output speaks through another one. */
export interface Nest {
  readonly outer: string;
  readonly inner: string;
  readonly modes: readonly ["tee" | "replace", "tee" | "replace"];
}

/** What became of one call of the outer library. */
export interface Nested {
  /** The libraries that our records came from. */
  readonly origins: readonly string[];
  /** What the inner library has printed. */
  readonly printed: number;
}

interface Outer {
  say(message: string): void;
  intercept(options: InterceptOptions): Interception;
  end(): void;
}

type Write = (text: string) => void;

const OUTERS: Readonly<Record<string, (write: Write) => Outer>> = {
  winston(write) {
    const output = new (class extends Transport {
      override log(info: { message: string }, next: () => void): void {
        write(info.message);
        next();
      }
    })();
    const theirs = winston.createLogger({ transports: [output] });
    return {
      say: (message) => void theirs.info(message),
      intercept: (options) => interceptWinston(theirs, options),
      end() {},
    };
  },
  pino(write) {
    const theirs = pino({}, { write: (line: string) => write((JSON.parse(line) as { msg: string }).msg) });
    return { say: (message) => theirs.info(message), intercept: (options) => interceptPino(theirs, options), end() {} };
  },
  log4js(write) {
    const appender = ({ data }: { readonly data: readonly unknown[] }): void => write(String(data[0]));
    log4js.configure({
      appenders: { forwards: { type: { configure: () => appender } } },
      categories: { default: { appenders: ["forwards"], level: "trace" } },
    });
    const theirs = log4js.getLogger("outer");
    return {
      say: (message) => theirs.info(message),
      intercept: (options) => interceptLog4js(log4js, options),
      end() {},
    };
  },
  debug(write) {
    const before = createDebug.log;
    createDebug.log = (...args: unknown[]) => write(format(...args));
    createDebug.enable("outer");
    const theirs = createDebug("outer");
    return {
      say: (message) => theirs(message),
      intercept: (options) => interceptDebug(createDebug, options),
      end() {
        createDebug.disable();
        createDebug.log = before;
      },
    };
  },
};

/** The libraries whose output can be somebody else's logger. */
export const OUTER_NAMES: readonly string[] = Object.keys(OUTERS);

/** Both libraries are intercepted, and the outer one is called once. */
export async function runNest({ outer, inner, modes }: Nest): Promise<Nested> {
  const logger = createLogger();
  const origins: string[] = [];
  const plain = {
    needs: { text: false },
    write: (_text: string, { origin }: LogRecord) => void origins.push(origin?.name ?? ""),
  };
  logger.add(plain, { level: 0 });
  const inside = (HALVES[inner] as (typeof HALVES)[string]).make("propagate", false);
  const outside = (OUTERS[outer] as (typeof OUTERS)[string])((text) => inside.say(text));
  const interceptions = [outside.intercept({ logger, mode: modes[0] }), inside.intercept({ logger, mode: modes[1] })];
  outside.say("nested#1");
  await new Promise((resolve) => setTimeout(resolve, 5));
  for (const one of interceptions.reverse()) one.restore();
  await logger.remove();
  outside.end();
  inside.end();
  return { origins, printed: inside.printed.length };
}
