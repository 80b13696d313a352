import { LogbridgeError, LogbridgeTypeError, type LogRecord, type Sink } from "@logbridge/core";
import { isPinoLogger, noLogger, type PinoLogger, part, textStringifierOf } from "./map/their-logger.ts";
import { Shadow } from "./propagate/shadow.ts";
import { confirm, DEADLINE_MS, heldBy, isGone, leavesOf, push, type Stream } from "./propagate/stream.ts";

/** Do both loggers write to the same stream? */
export function sharesStream(logger: object, target: unknown): boolean {
  return typeof target === "object" && target !== null && part(target, "stream") === part(logger, "stream");
}

/**
 * A sink that writes every record through a pino logger (or child): its level, hooks, mixin, redaction, serializers and stream do the rest.
 *
 * The level crosses by name or to the nearest that is not more severe (then the name stands in `levelName`), the time in the form of the
 * logger's own clock, `extra` as fields, an exception under the error key. Fields whose names the line has already
 * (`level`, `time`, the message key, bindings) get a trailing underscore.
 *
 * @param logger a pino logger or one of its children
 * @throws LogbridgeTypeError LB1520 where it is no pino logger
 * @example
 * logger.add(propagateToPino(legacyLogger), { level: "INFO" });
 */
export function propagateToPino(logger: PinoLogger): Sink {
  if (!isPinoLogger(logger)) throw new LogbridgeTypeError("LB1520", `propagateToPino(): ${noLogger(logger)}`);
  const shadow = new Shadow(logger);
  let given = 0;
  const leaves = (): readonly Stream[] => leavesOf(part(logger, "stream") as Stream);
  const held = (): number => leaves().reduce((sum, leaf) => sum + (isGone(leaf) ? 0 : heldBy(leaf)), 0);
  return {
    needs: { text: false, redacts: textStringifierOf(logger) !== undefined },
    write(_text: string, record: LogRecord) {
      if (held() === 0) given = 0;
      shadow.log(record);
      given++;
    },
    async flush() {
      let since = Date.now();
      for (let left = held(), before = left; left > 0; left = held()) {
        if (left < before) since = Date.now();
        before = left;
        if (Date.now() - since > DEADLINE_MS)
          throw new LogbridgeError("LB1407", `pino's destination delivered nothing for ${DEADLINE_MS} ms`);
        leaves().forEach(push);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      await Promise.all(leaves().map(confirm));
    },
    pending: () => (held() > 0 ? given : 0),
    leadsTo: (bridge, target) => bridge === "pino" && sharesStream(logger, target),
  };
}
