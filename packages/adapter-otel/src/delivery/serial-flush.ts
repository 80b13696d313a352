/** For flushes that do not wait for each other: one runs at a time, and those that are asked for meanwhile share the next. */
export class SerialFlush {
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  /** Resolves when a flush that began after this call, or with it, is over; rejects with what that one does. */
  run(flush: () => Promise<void>): Promise<void> {
    if (!this.#running) return this.#start(flush);
    this.#next ??= this.#running
      .catch(() => {})
      .then(() => {
        this.#next = null;
        return this.#start(flush);
      });
    return this.#next;
  }

  #start(flush: () => Promise<void>): Promise<void> {
    const running = flush().finally(() => {
      this.#running = null;
    });
    this.#running = running;
    return running;
  }
}
