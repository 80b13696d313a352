import { inspect, report } from "@logbridge/core";

/** What one interception listens to. */
interface Cover {
  readonly category: string | null;
  readonly hub: object;
}

/** Says when two interceptions take in the same loggers for the same handlers. */
export class Overlaps {
  readonly #covers = new WeakMap<object, Set<Cover>>();

  /**
   * Notes an interception, and reports LB1593 where another one has its loggers already.
   *
   * @param prototype of the loggers of that copy of log4js
   * @param category the only one that is listened to; `null`: all
   * @param hub what the loggers of ours that share handlers share
   * @returns how to forget it
   */
  cover(prototype: object, category: string | null, hub: object): () => void {
    const covers = this.#covers.get(prototype) ?? new Set<Cover>();
    this.#covers.set(prototype, covers);
    const other = [...covers].find(
      (one) => one.hub === hub && (one.category === null || category === null || one.category === category),
    );
    if (other) {
      const both = category ?? other.category;
      report(
        "LB1593",
        `interceptLog4js(): ${both === null ? "every category" : `category ${inspect(both)}`} is intercepted already for this logger, so each of its lines comes in twice; restore() the first interception before the second one`,
      );
    }
    const cover = { category, hub };
    covers.add(cover);
    return () => {
      covers.delete(cover);
    };
  }
}
