import { execFileSync } from "node:child_process";
import { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { createLogger, type Logger, type LogRecord } from "@logbridge/core";
import winston from "winston";
import Transport from "winston-transport";

export const LEVEL: unique symbol = Symbol.for("level") as never;
export const MESSAGE: unique symbol = Symbol.for("message") as never;

/** The prototype of all loggers. Older versions of winston keep the class to themselves; a logger leads to it. */
export const loggerPrototype: Record<string, (...args: unknown[]) => unknown> = prototypeOf(winston.createLogger());

function prototypeOf(logger: object): Record<string, (...args: unknown[]) => unknown> {
  let at = logger as Record<string, (...args: unknown[]) => unknown>;
  while (!Object.hasOwn(at, "_transform") || !Object.hasOwn(at, "configure"))
    at = Object.getPrototypeOf(at) as typeof at;
  return at;
}

/** What a transport was given. */
export type Info = Record<string | symbol, unknown> & { readonly level: string; readonly message: string };

/** A transport that keeps what it is given. */
export class MemoryTransport extends Transport {
  readonly infos: Info[] = [];
  override log(info: Info, next: () => void): void {
    this.infos.push(info);
    next();
  }
  texts(): string[] {
    return this.infos.map((info) => String(info[MESSAGE]));
  }
}

/** A transport that calls back after so many milliseconds. */
export class SlowTransport extends MemoryTransport {
  readonly #ms: number;
  constructor(ms: number, options: Transport.TransportStreamOptions = {}) {
    super(options);
    this.#ms = ms;
  }
  override log(info: Info, next: () => void): void {
    setTimeout(() => super.log(info, next), this.#ms);
  }
}

/** A logger of ours with one plain sink that keeps what arrives. */
export function ours(caller = false): {
  readonly logger: Logger;
  readonly records: LogRecord[];
  readonly texts: () => string[];
} {
  const logger = createLogger();
  const records: LogRecord[] = [];
  logger.add(
    { needs: { text: false, caller }, write: (_text: string, record: LogRecord) => void records.push(record) },
    { level: 0 },
  );
  return { logger, records, texts: () => records.map((record) => record.message) };
}

/** A stream that keeps the lines that are written to it. */
export function keepingStream(): { readonly stream: Writable; readonly lines: string[] } {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(String(chunk).trimEnd());
      done();
    },
  });
  return { stream, lines };
}

/** A winston logger that keeps the lines that it prints. */
export function theirs(options: winston.LoggerOptions = {}): {
  readonly logger: winston.Logger;
  readonly lines: string[];
} {
  const { stream, lines } = keepingStream();
  const logger = winston.createLogger({
    level: "silly",
    transports: [new winston.transports.Stream({ stream })],
    ...options,
  });
  return { logger, lines };
}

/** Runs a file of `fixtures` in a process of its own, on the sources; gives what it printed as JSON. */
export function run(file: string, ...args: readonly string[]): unknown {
  const path = fileURLToPath(new URL(`fixtures/${file}`, import.meta.url));
  const options = ["--import", "tsx", "--conditions=@logbridge/source"];
  return JSON.parse(
    execFileSync(process.execPath, [...options, path, ...args], {
      encoding: "utf8",
      cwd: fileURLToPath(new URL("..", import.meta.url)),
      env: { ...process.env, NODE_OPTIONS: "" },
    }),
  );
}

/** Lets timers and immediates run. */
export async function settle(ms = 20): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
