import type { Tenant } from "./tenant.ts";

const PATIENCE_MS = 10_000;

/** The events for which an appender has given a promise: an `async` function, or one that returns what it waits for. */
export class UnderWay {
  readonly #promises = new Set<Promise<void>>();
  /** Whose event is being handed over, also where a filter hands it on. */
  #tenant: Tenant | null = null;

  /** Runs `hand`, which hands an event of this tenant over. */
  for(tenant: Tenant, hand: () => void): void {
    const outer = this.#tenant;
    this.#tenant = tenant;
    try {
      hand();
    } finally {
      this.#tenant = outer;
    }
  }

  /** The same for the tenant of now, later. */
  bound(hand: () => void): () => void {
    const tenant = this.#tenant;
    return tenant ? () => this.for(tenant, hand) : hand;
  }

  /**
   * Follows what an appender has returned: its rejection is a loss of the tenant, and not one that nobody handles.
   *
   * @returns `false` for no promise
   */
  watch(result: unknown): boolean {
    if (typeof (result as { then?: unknown } | null | undefined)?.then !== "function") return false;
    const tenant = this.#tenant;
    if (tenant) tenant.promised++;
    const settled: Promise<void> = Promise.resolve(result as PromiseLike<unknown>).then(
      () => this.#settle(settled, tenant),
      (error: unknown) => {
        this.#settle(settled, tenant);
        tenant?.failed(error);
      },
    );
    this.#promises.add(settled);
    return true;
  }

  #settle(promise: Promise<void>, tenant: Tenant | null): void {
    this.#promises.delete(promise);
    if (tenant) tenant.promised--;
  }

  /** Resolves when all promises of now are settled, at the latest after ten seconds: what is left counts as pending. */
  async settled(): Promise<void> {
    if (this.#promises.size === 0) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS);
    });
    await Promise.race([Promise.all(this.#promises), late]);
    clearTimeout(timer);
  }
}
