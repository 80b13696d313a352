import { type Logger, Overlaps, report } from "@logbridge/core";
import { chainOf, type PinoLogger } from "../map/their-logger.ts";

/** What an interception listens to. */
interface Coverage {
  /** `null`: every logger. */
  readonly logger: PinoLogger | null;
  /** What the loggers of an older copy inherit from; `null`: all copies that publish their lines. */
  readonly copy: object | null;
}

const overlaps = new Overlaps<Coverage>(overlap);

/** Notes what is listened to, until the returned function is called, and says so where each line would come in twice. */
export function cover(coverage: Coverage, logger: Logger): () => void {
  return overlaps.enter(coverage, logger, () =>
    report(
      "LB1575",
      "interceptPino(): an interception for the same logger of ours listens to these loggers already, so that each of their lines comes in twice; restore() the other one first, or intercept either the pino function or single loggers",
    ),
  );
}

function overlap(one: Coverage, other: Coverage): boolean {
  if (one.copy !== other.copy) return false;
  if (!one.logger || !other.logger) return true;
  return chainOf(one.logger).includes(other.logger) || chainOf(other.logger).includes(one.logger);
}
