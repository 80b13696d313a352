import { SerialFlush } from "./serial-flush.ts";
import { within } from "./within.ts";

/** Has an exporter send what it keeps. One flush runs at a time; what is asked for meanwhile is the next one. */
export class ExporterFlush {
  readonly #flush: () => Promise<void>;
  readonly #flushes = new SerialFlush();

  constructor(flush: () => Promise<void>) {
    this.#flush = flush;
  }

  /** Whoever has handed something over and waits for it. Never throws. */
  begin(): void {
    this.#flushes.run(this.#flush).catch(() => {});
  }

  /**
   * Flushes, and waits for it no longer than that. The process stays alive meanwhile.
   *
   * @returns what has gone wrong; `null` where nothing has
   */
  async finish(timeoutMs: number): Promise<{ readonly error: unknown } | null> {
    try {
      const said = `the exporter has not flushed for ${timeoutMs} ms`;
      await within(timeoutMs, this.#flushes.run(this.#flush), { said, keepsAlive: true });
      return null;
    } catch (error) {
      return { error };
    }
  }
}
