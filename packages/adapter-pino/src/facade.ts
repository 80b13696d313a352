import { isLogger, LogbridgeTypeError, type Logger } from "@logbridge/core";
import type { Logger as TheirLogger } from "pino";
import { answerForMissingParts } from "./facade/missing-parts.ts";
import { facadeOf } from "./facade/pino-facade.ts";

/** The names of the levels that `withLevels()` has added to a logger's type. */
export type AddedLevels<Ours> = Exclude<Extract<keyof Ours, string>, keyof Logger>;

/** A pino logger with the levels of ours. */
export type PinoFace<Ours> = TheirLogger<AddedLevels<Ours>> & { success: TheirLogger["info"] };

/**
 * A logger with the face of a pino logger: for Fastify's `loggerInstance`, `pino-http`, `nestjs-pino`, and code that calls pino. No copy of
 * pino is needed.
 *
 * Calls mean what they mean to pino; what pino would lose is kept. A child's serializers, redaction, formatters, levels and prefix are
 * honoured; `name` in bindings is the record's name. Every method works detached. `level` limits this face and its children alone;
 * until it is set, it shows the lowest that any handler takes. Levels that the logger has beside pino's six are methods too.
 *
 * @throws LogbridgeTypeError LB1570 where it is no logger; the methods: LB1571 for an unknown level, LB1572 for a wrong option of `child()`
 * @example
 * const app = fastify({ loggerInstance: asPino(logger) });
 */
export function asPino<Ours extends Logger>(logger: Ours): PinoFace<Ours> {
  if (!isLogger(logger))
    throw new LogbridgeTypeError(
      "LB1570",
      "asPino(): expected a logger, as logger or createLogger() of @logbridge/core",
    );
  answerForMissingParts();
  return facadeOf(logger) as never;
}
