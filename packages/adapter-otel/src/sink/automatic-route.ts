import type { LogRecord } from "@logbridge/core";
import { Counters, type DeliveryCounts, sumOfCounts } from "../delivery/counters.ts";
import { firstProvider, type OtelLoggerProvider } from "../providers.ts";
import type { Route } from "./route.ts";

/** How the routes are made, each when it is first needed. */
export interface RouteMakers {
  own(): Route;
  through(provider: OtelLoggerProvider): Route;
}

/** Through the provider that the application has registered, from the moment on at which it has one; by our own means until then. */
export class AutomaticRoute implements Route {
  readonly #make: RouteMakers;
  #own: Route | null = null;
  readonly #theirs = new Map<OtelLoggerProvider, Route>();

  constructor(make: RouteMakers) {
    this.#make = make;
  }

  write(record: LogRecord): void {
    this.#current().write(record);
  }

  async flush(timeoutMs?: number): Promise<void> {
    await this.#each((route) => route.flush(timeoutMs));
  }

  flushSync(): void {
    for (const route of this.#used()) route.flushSync();
  }

  endNaturally(): Promise<unknown> | undefined {
    const waits = this.#used().map((route) => route.endNaturally());
    return waits.some((wait) => wait !== undefined) ? Promise.all(waits) : undefined;
  }

  async close(): Promise<void> {
    await this.#each((route) => route.close());
  }

  counts(): DeliveryCounts {
    return this.#used()
      .map((route) => route.counts())
      .reduce(sumOfCounts, new Counters().read());
  }

  reaches(target: unknown): boolean {
    return firstProvider() !== null && this.#current().reaches(target);
  }

  #current(): Route {
    const provider = firstProvider();
    if (provider === null) return (this.#own ??= this.#make.own());
    let route = this.#theirs.get(provider);
    if (!route) this.#theirs.set(provider, (route = this.#make.through(provider)));
    return route;
  }

  #used(): readonly Route[] {
    return [...(this.#own ? [this.#own] : []), ...this.#theirs.values()];
  }

  /** One that fails does not keep the others from it. */
  async #each(work: (route: Route) => Promise<void>): Promise<void> {
    const results = await Promise.allSettled(this.#used().map(work));
    const failed = results.find((result) => result.status === "rejected");
    if (failed) throw failed.reason;
  }
}
