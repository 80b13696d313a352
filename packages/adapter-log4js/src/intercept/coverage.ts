import { inspect, type Logger, Overlaps, report } from "@logbridge/core";

/** What one interception listens to. */
interface Coverage {
  /** Of the loggers of that copy of log4js. */
  readonly prototype: object;
  /** The only one that is listened to; `null`: all. */
  readonly category: string | null;
}

const overlaps = new Overlaps<Coverage>(
  (one, other) =>
    one.prototype === other.prototype &&
    (one.category === null || other.category === null || one.category === other.category),
);

/** Notes an interception, until the returned function is called, and reports LB1593 where another one has its loggers already. */
export function cover(coverage: Coverage, logger: Logger): () => void {
  return overlaps.enter(coverage, logger, (other) => {
    const both = coverage.category ?? other.category;
    report(
      "LB1593",
      `interceptLog4js(): ${both === null ? "every category" : `category ${inspect(both)}`} is intercepted already for this logger, so each of its lines comes in twice; restore() the first interception before the second one`,
    );
  });
}
