import { Counters, type DeliveryCounts } from "../delivery/counters.ts";
import type { Route } from "./route.ts";

/** The environment has switched sending off. What comes is counted as dropped, and nothing is said: somebody wanted it so. */
export class NoRoute implements Route {
  readonly #counters = new Counters();

  write(): void {
    this.#counters.taken++;
    this.#counters.drop(1, "closed");
  }

  async flush(): Promise<void> {}

  flushSync(): void {}

  endNaturally(): undefined {}

  async close(): Promise<void> {}

  counts(): DeliveryCounts {
    return this.#counters.read();
  }

  reaches(): boolean {
    return false;
  }
}
