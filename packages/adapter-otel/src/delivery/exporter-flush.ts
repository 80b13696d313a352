import { startTimer } from "./timer.ts";

/** Has an exporter send what it keeps. One flush runs at a time; what is asked for meanwhile is the next one. */
export class ExporterFlush {
  readonly #flush: () => Promise<void>;
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  constructor(flush: () => Promise<void>) {
    this.#flush = flush;
  }

  /** Whoever has handed something over and waits for it. Never throws. */
  begin(): void {
    this.#run().catch(() => {});
  }

  /**
   * Flushes, and waits for it no longer than that. The process stays alive meanwhile.
   *
   * @returns what has gone wrong; `null` where nothing has
   */
  async finish(timeoutMs: number): Promise<{ readonly error: unknown } | null> {
    let cancel = (): void => {};
    const late = new Promise<never>((_resolve, reject) => {
      const error = new Error(`the exporter has not flushed for ${timeoutMs} ms`);
      cancel = startTimer(() => reject(error), timeoutMs, true);
    });
    try {
      await Promise.race([this.#run(), late]);
      return null;
    } catch (error) {
      return { error };
    } finally {
      cancel();
    }
  }

  #run(): Promise<void> {
    if (!this.#running) return this.#start();
    this.#next ??= this.#running
      .catch(() => {})
      .then(() => {
        this.#next = null;
        return this.#start();
      });
    return this.#next;
  }

  #start(): Promise<void> {
    const running = this.#flush().finally(() => {
      this.#running = null;
    });
    this.#running = running;
    return running;
  }
}
