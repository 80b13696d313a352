/**
 * Foreign loggers whose own outputs are sinks of ours: what one of them says goes back to its outputs, and to those of no other.
 *
 * @example
 * const owners = new HostedOwners();
 * const end = owners.begin(theirLogger);
 * owners.has(theirLogger); // true until end()
 */
export class HostedOwners {
  readonly #sinks = new WeakMap<object, number>();
  #open = 0;

  /**
   * A sink has begun.
   *
   * @param owner the logger whose outputs are hosted; `null`: an output that belongs to none
   * @returns ends it; a second call does nothing
   */
  begin(owner: object | null): () => void {
    this.#count(owner, 1);
    let ended = false;
    return () => {
      if (!ended) this.#count(owner, -1);
      ended = true;
    };
  }

  /** Do the logger's own outputs get what it says through us? */
  has(owner: object): boolean {
    return (this.#sinks.get(owner) ?? 0) > 0;
  }

  /** Is there any sink, of whatever owner? */
  get isOpen(): boolean {
    return this.#open > 0;
  }

  #count(owner: object | null, step: 1 | -1): void {
    this.#open += step;
    if (owner) this.#sinks.set(owner, (this.#sinks.get(owner) ?? 0) + step);
  }
}
