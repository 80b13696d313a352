import type { AddOptions, HandlerId, Logger, LogRecord } from "@logbridge/core";
import { inboundLevel, type WinstonLevels } from "../levels.ts";
import type { WinstonFormat } from "../map/info.ts";
import type { WinstonTransport } from "../sink/transports.ts";
import { winstonSink } from "../sink.ts";

/** How the facade stands when a transport is added. */
interface Standing {
  readonly format: WinstonFormat | null;
  readonly levels: WinstonLevels;
  /** The facade's level. */
  readonly level: string;
}

/** True for what `exceptions` and `rejections` have logged. */
function isUncaught({ extra }: LogRecord): boolean {
  return extra["exception"] === true || extra["rejection"] === true;
}

/** The transports that were added through a facade: each is a handler of our logger. */
export class Outputs {
  readonly #logger: Logger;
  readonly #handlers = new Map<object, HandlerId>();
  /** Those for uncaught errors alone are no `transports`. */
  readonly #uncaught = new Map<object, HandlerId>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  get transports(): object[] {
    return [...this.#handlers.keys()];
  }

  get uncaught(): ReadonlyMap<object, HandlerId> {
    return this.#uncaught;
  }

  /** The transport's own level decides, else the facade's. */
  add(transport: WinstonTransport, { format, levels, level }: Standing): void {
    if (this.#handlers.has(transport)) return;
    const own = (transport as { readonly level?: unknown }).level;
    const { no } = inboundLevel(typeof own === "string" ? own : level, levels, null);
    this.#handlers.set(transport, this.#handle(transport, format, { level: no }));
  }

  /** A transport that gets uncaught errors alone. */
  addUncaught(transport: WinstonTransport, format: WinstonFormat | null): void {
    if (this.#uncaught.has(transport)) return;
    this.#uncaught.set(transport, this.#handle(transport, format, { level: 0, filter: isUncaught }));
  }

  #handle(transport: WinstonTransport, format: WinstonFormat | null, options: AddOptions): HandlerId {
    return this.#logger.add(winstonSink(transport, format ? { format } : {}), options);
  }

  remove(transport: object): void {
    const id = this.#handlers.get(transport);
    if (id === undefined) return;
    this.#handlers.delete(transport);
    // Somebody may have removed all handlers of the logger.
    if (this.#logger.stats().handlers.some((one) => one.id === id)) void this.#logger.remove(id);
  }

  clear(): void {
    for (const transport of this.transports) this.remove(transport);
  }
}
