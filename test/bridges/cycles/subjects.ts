import { asLog4js, interceptLog4js, log4jsSink, propagateToLog4js } from "@logbridge/adapter-log4js";
import { asNest } from "@logbridge/adapter-nest";
import { asPino, interceptPino, pinoSink, propagateToPino } from "@logbridge/adapter-pino";
import {
  asWinston,
  interceptWinston,
  logbridgeTransport,
  propagateToWinston,
  winstonSink,
} from "@logbridge/adapter-winston";
import { consoleSink, createLogger, type Logger, type SinkLike } from "@logbridge/core";
import { asConsole, interceptConsole, interceptDebug } from "@logbridge/intercept-console";
import createDebug from "debug";
import log4js from "log4js";
import pino from "pino";
import winston from "winston";
import Transport from "winston-transport";

/** What is done and undone a thousand times. */
export interface Subject {
  /** Makes, uses and takes away; resolves when nothing of it is under way. */
  cycle(logger: Logger): void | Promise<void>;
  /** Objects whose properties must be as before. */
  readonly touched: readonly object[];
  /** Records that one cycle brings in. */
  readonly records: number;
}

class Silent extends Transport {
  override log(_info: unknown, next: () => void): void {
    next();
  }
}

const stream = { write(_line: string): void {} };
const newWinston = (): winston.Logger => winston.createLogger({ transports: [new Silent()] });
const prototypeOf = (value: object): object => Object.getPrototypeOf(value) as object;
/** The class of winston's loggers, which older versions do not show. */
let loggerPrototype: object = winston.createLogger({ silent: true });
while (!Object.hasOwn(loggerPrototype, "configure")) loggerPrototype = prototypeOf(loggerPrototype);

const keptWinston = newWinston();
const sharedWinston = newWinston();
const propagatedWinston = newWinston();
const keptPino = pino({}, stream);
const nothing = (): void => {};
log4js.configure({
  appenders: { silent: { type: { configure: () => nothing } } },
  categories: { default: { appenders: ["silent"], level: "trace" } },
});
const keptLog4js = log4js.getLogger("kept");
createDebug.log = nothing;
createDebug.enable("cycles");
const keptDebug = createDebug("cycles");

/** A logger of its own gets one record through a sink that comes and goes. */
async function throughSink(make: () => SinkLike): Promise<void> {
  const logger = createLogger();
  logger.add(make());
  logger.info("through");
  await logger.complete();
  await logger.remove();
}

const MODES = ["tee", "replace"] as const;

function twice(run: (mode: "tee" | "replace") => void): void {
  for (const mode of MODES) run(mode);
}

/** Each is run by itself. */
export const SUBJECTS: Readonly<Record<string, Subject>> = {
  "interceptWinston, the module": {
    touched: [winston, loggerPrototype, prototypeOf(loggerPrototype)],
    records: 4,
    cycle: (logger) =>
      twice((mode) => {
        const interception = interceptWinston(winston, { logger, mode });
        keptWinston.info("kept");
        newWinston().info("new");
        interception.restore();
      }),
  },
  "interceptWinston, one logger and a child": {
    touched: [keptWinston, loggerPrototype],
    records: 4,
    cycle: (logger) =>
      twice((mode) => {
        const fresh = newWinston();
        const child = keptWinston.child({ part: 1 });
        const interceptions = [fresh, child].map((one) => interceptWinston(one, { logger, mode }));
        fresh.info("new");
        child.info("child");
        for (const one of interceptions) one.restore();
      }),
  },
  "interceptPino, the module": {
    touched: [pino, keptPino, prototypeOf(keptPino)],
    records: 4,
    cycle: (logger) =>
      twice((mode) => {
        const interception = interceptPino(pino, { logger, mode });
        keptPino.info("kept");
        pino({}, stream).info("new");
        interception.restore();
      }),
  },
  "interceptPino, one logger": {
    touched: [keptPino, prototypeOf(keptPino)],
    records: 4,
    cycle: (logger) =>
      twice((mode) => {
        for (const one of [keptPino, pino({}, stream)]) {
          const interception = interceptPino(one, { logger, mode });
          one.child({ part: 1 }).info("child");
          interception.restore();
        }
      }),
  },
  interceptLog4js: {
    touched: [log4js, keptLog4js, prototypeOf(keptLog4js)],
    records: 4,
    cycle: (logger) =>
      twice((mode) => {
        const interception = interceptLog4js(log4js, { logger, mode });
        keptLog4js.info("kept");
        log4js.getLogger("new").info("new");
        interception.restore();
      }),
  },
  interceptConsole: {
    touched: [console, prototypeOf(console)],
    records: 2,
    cycle: (logger) =>
      twice((mode) => {
        const interception = interceptConsole({ logger, mode });
        console.log("kept");
        interception.restore();
      }),
  },
  interceptDebug: {
    touched: [createDebug, keptDebug],
    records: 2,
    cycle: (logger) =>
      twice((mode) => {
        const interception = interceptDebug(createDebug, { logger, mode });
        keptDebug("kept");
        interception.restore();
      }),
  },
  "winstonSink of a new transport": {
    touched: [],
    records: 0,
    cycle: () => throughSink(() => winstonSink(new Silent())),
  },
  "winstonSink of a transport in use": {
    touched: [sharedWinston.transports[0] as object],
    records: 0,
    cycle: () => throughSink(() => winstonSink(sharedWinston.transports[0] as Transport)),
  },
  pinoSink: { touched: [stream], records: 0, cycle: () => throughSink(() => pinoSink(stream as never)) },
  log4jsSink: {
    touched: [],
    records: 0,
    cycle: () => throughSink(() => log4jsSink({ type: { configure: () => nothing } })),
  },
  consoleSink: { touched: [console], records: 0, cycle: () => throughSink(() => consoleSink()) },
  propagateToWinston: {
    touched: [propagatedWinston],
    records: 0,
    cycle: () => throughSink(() => propagateToWinston(propagatedWinston)),
  },
  propagateToPino: { touched: [keptPino], records: 0, cycle: () => throughSink(() => propagateToPino(keptPino)) },
  propagateToLog4js: { touched: [keptLog4js], records: 0, cycle: () => throughSink(() => propagateToLog4js(log4js)) },
  asConsole: { touched: [console], records: 1, cycle: (logger) => asConsole(logger).log("through") },
  asWinston: {
    touched: [loggerPrototype],
    records: 2,
    cycle(logger) {
      const facade = asWinston(logger);
      facade.info("through");
      facade.child({ part: 1 }).info("through");
    },
  },
  asPino: {
    touched: [pino],
    records: 2,
    cycle(logger) {
      const facade = asPino(logger);
      facade.info("through");
      facade.child({ part: 1 }).info("through");
    },
  },
  asLog4js: { touched: [log4js], records: 1, cycle: (logger) => asLog4js(logger).getLogger("cycles").info("through") },
  asNest: { touched: [], records: 1, cycle: (logger) => asNest(logger, "cycles").log("through") },
  logbridgeTransport: {
    touched: [],
    records: 1,
    async cycle(logger) {
      const theirs = winston.createLogger({ transports: [logbridgeTransport({ logger })] });
      theirs.info("through");
      await new Promise((resolve) => theirs.once("finish", resolve).end());
    },
  },
};
