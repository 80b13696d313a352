// Compiled with the types of each version of pino that is tested.
import { createWriteStream } from "node:fs";
import {
  asPino,
  interceptPino,
  type PinoLogger,
  type PinoStream,
  pinoSink,
  pinoSinks,
  propagateToPino,
} from "@logbridge/adapter-pino";
import { createLogger } from "@logbridge/core";
import { pino } from "pino";

/** A type that could not be resolved is `any`, and fits everything. */
type Known<Type> = 0 extends Type & 1 ? never : Type;

const logger = createLogger();
const stream = pino.destination({ dest: "app.log", sync: false });
const legacy: Known<pino.Logger> = pino({ level: "debug", redact: ["password"] }, stream);

logger.add(pinoSink(stream, { redact: ["password"], base: null }));
logger.add(pinoSink(pino.transport({ target: "pino/file", options: { destination: "app.log" } })));
logger.add(pinoSink(pino.multistream([{ level: "info", stream: createWriteStream("app.log") }], { dedupe: true })));
for (const sink of pinoSinks(legacy)) logger.add(sink);
logger.add(propagateToPino(legacy));
interceptPino(legacy.child({ part: 1 }), { mode: "replace" }).restore();
interceptPino(pino).restore();

export const theirs: Known<pino.Logger> = asPino(logger);
export const child: Known<pino.Logger> = theirs.child({ requestId: 1 });
export const kept: readonly [Known<PinoLogger>, Known<PinoStream>] = [legacy, stream];
