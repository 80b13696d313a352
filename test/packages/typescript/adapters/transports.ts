import { Writable } from "node:stream";
import { winstonSink } from "@logbridge/adapter-winston";
import { createLogger } from "@logbridge/core";

declare const winston: typeof import("winston");

/** A transport as many write it: any stream that can log. */
class OwnTransport extends Writable {
  // biome-ignore lint/suspicious/noExplicitAny: this is how transports are typed
  log(info: any, next: () => void): void {
    next();
    void info;
  }
}
declare const current: import("winston-transport");
declare const before: import("winston-transport-before");

const logger = createLogger();
logger.add(winstonSink(new OwnTransport()));
logger.add(winstonSink(current));
logger.add(winstonSink(before));
logger.add(winstonSink(Promise.resolve(before), { format: winston.format.json() }));
// @ts-expect-error a number is no transport
winstonSink(42);
