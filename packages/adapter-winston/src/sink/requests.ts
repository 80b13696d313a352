import { type Method, type PatchSite, patchMethod } from "@logbridge/core";

/** winston's Http, which calls back before its request is answered. */
interface Requesting {
  readonly _request?: unknown;
  readonly _doRequest?: unknown;
  readonly ssl?: unknown;
  /** What waits for a batch to be full, or for its time. */
  readonly batchOptions?: readonly unknown[];
}

/** Counts the requests of an Http transport that have no answer yet, and what waits for its batch. */
export class OpenRequests {
  readonly #transport: Requesting;
  readonly #settled: () => void;
  readonly #leave: () => void;
  #open = 0;

  constructor(transport: object, settled: () => void) {
    this.#transport = transport as Requesting;
    this.#settled = settled;
    const key = typeof this.#transport._doRequest === "function" ? "_doRequest" : "_request";
    this.#leave = patchMethod(transport, key, this as OpenRequests, (site) => wrapRequest(site));
  }

  begin(): () => void {
    this.#open++;
    return () => {
      this.#open--;
      this.#settled();
    };
  }

  pending(): number {
    return this.#open + (this.#transport.batchOptions?.length ?? 0);
  }

  leave(): void {
    this.#leave();
  }
}

/** Is it winston's Http, of any version? */
export function makesRequests(transport: object): boolean {
  const { _request, ssl } = transport as Requesting;
  return typeof _request === "function" && typeof ssl === "boolean";
}

function wrapRequest(site: PatchSite<OpenRequests>): Method {
  const { original } = site;
  return function (this: unknown, ...args: readonly unknown[]) {
    const ends = site.subscribers.map((one) => one.begin());
    let ended = false;
    const end = (): void => {
      if (!ended) for (const one of ends) one();
      ended = true;
    };
    let watched = false;
    const wrapped = args.map((arg) => {
      if (typeof arg !== "function") return arg;
      watched = true;
      return function (this: unknown, ...results: unknown[]): unknown {
        end();
        return arg.apply(this, results);
      };
    });
    try {
      return original.apply(this, wrapped as never);
    } catch (error) {
      end();
      throw error;
    } finally {
      if (!watched) end();
    }
  };
}
