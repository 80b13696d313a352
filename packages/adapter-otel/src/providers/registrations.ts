import { type Method, type PatchSite, patchMethod } from "@logbridge/core";

/** The object of an API by which applications register a provider, and take it away. */
export interface RegisteringApi {
  setGlobalLoggerProvider(provider: object): unknown;
  disable?(): void;
}

/**
 * Hears when applications register a provider, or take theirs away: a slot that was cleared is a new one, and tells nobody.
 */
export class Registrations {
  readonly #changed: () => void;
  readonly #watched = new Map<object, () => void>();

  /** @param changed called after each change, whatever it was */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Watches these too, those that are not watched yet. */
  watch(apis: readonly RegisteringApi[]): void {
    for (const api of apis) if (!this.#watched.has(api)) this.#watched.set(api, this.#patched(api));
  }

  end(): void {
    for (const leave of this.#watched.values()) leave();
    this.#watched.clear();
  }

  #patched(api: RegisteringApi): () => void {
    const leave = (["setGlobalLoggerProvider", "disable"] as const)
      .filter((name) => typeof api[name] === "function" && Object.isExtensible(api))
      .map((name) => patchMethod(api, name, this.#changed, told));
    return () => {
      for (const one of leave) one();
    };
  }
}

function told(site: PatchSite<() => void>): Method {
  return function registering(this: unknown, ...args: never[]): unknown {
    const result = site.original.apply(this, args);
    for (const changed of site.subscribers) changed();
    return result;
  };
}
