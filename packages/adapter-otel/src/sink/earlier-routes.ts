import { type DeliveryCounts, sumOfCounts } from "../delivery/counters.ts";
import { NoRoute } from "./no-route.ts";
import type { Route } from "./route.ts";

/** The routes that a sink had before the one that it has: it was removed, and added again. */
export class EarlierRoutes {
  /** Those that are still sending: whoever adds a sink again need not wait until it is removed. */
  readonly #ending = new Set<Route>();
  #ended: DeliveryCounts = new NoRoute().counts();

  /** @param closing settles when the route has ended */
  add(route: Route, closing: Promise<void>): void {
    this.#ending.add(route);
    const ended = (): void => {
      this.#ending.delete(route);
      this.#ended = sumOfCounts(this.#ended, withoutSpooled(route.counts()));
    };
    closing.then(ended, ended);
  }

  flushSync(): void {
    for (const route of this.#ending) route.flushSync();
  }

  counts(): DeliveryCounts {
    return [...this.#ending].map((route) => route.counts()).reduce(sumOfCounts, this.#ended);
  }
}

/** What a route has left on disk is found by the next one, which counts it as inherited. */
function withoutSpooled(counts: DeliveryCounts): DeliveryCounts {
  const { pending, spooled, inherited } = counts;
  return { ...counts, pending: pending - spooled, spooled: 0, inherited: { ...inherited, pending: 0 } };
}
