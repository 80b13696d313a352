// Compiled with the types of each version of winston that is tested.
import {
  asWinston,
  interceptWinston,
  propagateToWinston,
  type WinstonLogger,
  type WinstonTransport,
  winstonSink,
  winstonSinks,
} from "@logbridge/adapter-winston";
import { createLogger } from "@logbridge/core";
import winston from "winston";

/** A type that could not be resolved is `any`, and fits everything. */
type Known<Type> = 0 extends Type & 1 ? never : Type;

const logger = createLogger();
const transport: Known<winston.transports.FileTransportInstance> = new winston.transports.File({ filename: "app.log" });
const legacy: Known<winston.Logger> = winston.createLogger({ transports: [transport] });
const options: Known<Parameters<typeof winstonSink>[1]> = {
  format: winston.format.json(),
  defaultMeta: { service: "a" },
};

logger.add(winstonSink(transport, options));
logger.add(winstonSink(new winston.transports.Console()));
for (const sink of winstonSinks(legacy)) logger.add(sink);
logger.add(propagateToWinston(legacy));
interceptWinston(legacy, { mode: "replace" }).restore();
interceptWinston(winston).restore();

export const theirs: Known<winston.Logger> = asWinston(logger);
export const child: Known<winston.Logger> = theirs.child({ requestId: 1 });
export const kept: readonly [Known<WinstonLogger>, Known<WinstonTransport>] = [legacy, transport];
