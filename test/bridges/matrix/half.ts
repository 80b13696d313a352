import { format } from "node:util";
import { interceptLog4js, log4jsSinks, propagateToLog4js } from "@logbridge/adapter-log4js";
import { interceptPino, pinoSinks, propagateToPino } from "@logbridge/adapter-pino";
import { interceptWinston, propagateToWinston, winstonSinks } from "@logbridge/adapter-winston";
import { consoleSink, type Interception, type InterceptOptions, type SinkLike } from "@logbridge/core";
import { interceptConsole, interceptDebug } from "@logbridge/intercept-console";
import createDebug from "debug";
import log4js from "log4js";
import pino from "pino";
import winston from "winston";
import Transport from "winston-transport";

/** How a record gets out to a library: straight to its output, or through its logger. */
export type Way = "sink" | "propagate";

/** One library as half of a ring: out to it, and in again. */
export interface Half {
  /** What is added to our logger. */
  readonly sinks: readonly SinkLike[];
  intercept(options: InterceptOptions): Interception;
  /** Logs through the library itself. */
  say(message: string): void;
  /** What the library's own output has printed. */
  readonly printed: readonly string[];
  /** What we are told of one record that goes this way while the library is intercepted, and is no record of its own. */
  readonly echoes: 0 | 1;
  /** What the library has said itself goes back to its output as it was written, past its logger. */
  readonly remembers?: boolean;
  /** The sink is code of the application that we cannot look into: in tee mode it prints the library's own lines once more. */
  readonly opaque: boolean;
  end(): void;
}

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function winstonHalf(way: Way, slow: boolean): Half {
  const printed: string[] = [];
  const theirs = winston.createLogger({
    level: "silly",
    transports: [
      new (class extends Transport {
        override log(info: { message: string }, next: () => void): void {
          const write = (): void => {
            printed.push(info.message);
            next();
          };
          if (slow) setTimeout(write, 1);
          else write();
        }
      })(),
    ],
  });
  return {
    sinks: way === "sink" ? winstonSinks(theirs) : [propagateToWinston(theirs)],
    intercept: (options) => interceptWinston(winston, options),
    say: (message) => void theirs.info(message),
    printed,
    echoes: way === "sink" ? 0 : 1,
    opaque: false,
    end() {},
  };
}

function pinoHalf(way: Way, slow: boolean): Half {
  const printed: string[] = [];
  const keep = (line: string): void => void printed.push((JSON.parse(line) as { msg: string }).msg);
  const theirs = pino(
    { level: "trace" },
    { write: (line: string) => (slow ? void soon().then(() => keep(line)) : keep(line)) },
  );
  return {
    sinks: way === "sink" ? pinoSinks(theirs) : [propagateToPino(theirs)],
    intercept: (options) => interceptPino(pino, options),
    say: (message) => theirs.info(message),
    printed,
    // A sink has its lines made by the logger, too.
    echoes: 1,
    remembers: way === "sink",
    opaque: false,
    end() {},
  };
}

function log4jsHalf(way: Way, slow: boolean): Half {
  const printed: string[] = [];
  const appender = ({ data }: { readonly data: readonly unknown[] }): void => {
    const message = String(data[0]);
    if (slow) void soon().then(() => printed.push(message));
    else printed.push(message);
  };
  log4js.configure({
    appenders: { kept: { type: { configure: () => appender } } },
    categories: { default: { appenders: ["kept"], level: "trace" } },
  });
  const theirs = log4js.getLogger("ring");
  return {
    sinks: way === "sink" ? log4jsSinks(theirs) : [propagateToLog4js(theirs)],
    intercept: (options) => interceptLog4js(log4js, options),
    say: (message) => theirs.info(message),
    printed,
    // Records go past the logger's methods, to the appenders of its category.
    echoes: 0,
    opaque: false,
    end() {},
  };
}

function consoleHalf(way: Way, slow: boolean): Half {
  const printed: string[] = [];
  const { write } = process.stdout;
  process.stdout.write = ((chunk: string, ...rest: readonly unknown[]) => {
    printed.push(String(chunk).trimEnd());
    const done = rest.find((one) => typeof one === "function");
    if (typeof done === "function") process.nextTick(done as () => void);
    return true;
  }) as typeof write;
  const print = (text: string): void => console.log(text.trimEnd());
  return {
    sinks: way === "sink" ? [consoleSink()] : [slow ? async (text: string) => soon().then(() => print(text)) : print],
    intercept: (options) => interceptConsole(options),
    say: (message) => console.log(message),
    printed,
    echoes: way === "sink" ? 0 : 1,
    opaque: way === "propagate",
    end() {
      process.stdout.write = write;
    },
  };
}

function debugHalf(_way: Way, slow: boolean): Half {
  const printed: string[] = [];
  const before = createDebug.log;
  createDebug.log = (...args: unknown[]) => void printed.push(format(...args));
  createDebug.enable("ring");
  const theirs = createDebug("ring");
  const say = (text: string): void => theirs(text.trimEnd());
  return {
    sinks: [slow ? async (text: string) => soon().then(() => say(text)) : say],
    intercept: (options) => interceptDebug(createDebug, options),
    say,
    printed,
    echoes: 1,
    opaque: true,
    end() {
      createDebug.disable();
      createDebug.log = before;
    },
  };
}

/** The libraries, and the ways that lead out to each. */
export const HALVES: Readonly<
  Record<string, { readonly ways: readonly Way[]; readonly make: (way: Way, slow: boolean) => Half }>
> = {
  winston: { ways: ["sink", "propagate"], make: winstonHalf },
  pino: { ways: ["sink", "propagate"], make: pinoHalf },
  log4js: { ways: ["sink", "propagate"], make: log4jsHalf },
  console: { ways: ["sink", "propagate"], make: consoleHalf },
  debug: { ways: ["propagate"], make: debugHalf },
};
