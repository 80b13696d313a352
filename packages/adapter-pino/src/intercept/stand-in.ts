import type { InboundPort } from "@logbridge/core";
import { carry, METADATA } from "../map/metadata.ts";
import { part, symbolOf } from "../map/their-logger.ts";
import type { Written } from "../map/written.ts";
import { leavesOf, type Stream } from "../propagate/stream.ts";

/** Every copy of this package knows the stand-ins of the others. */
const STAND_IN: unique symbol = Symbol.for("logbridge.pino.standIn") as never;

type Holder = Record<symbol, unknown>;
type Target = Stream & Record<PropertyKey, unknown>;

/** Stands in for a logger's stream for the one write that follows. */
class StandIn implements Stream {
  declare readonly [STAND_IN]: true;
  line: string;
  drops: boolean;
  readonly #holder: Holder;
  readonly #symbol: symbol;
  readonly #stream: Target;
  readonly #port: InboundPort;

  constructor(holder: Holder, symbol: symbol, port: InboundPort, line: string) {
    this.#holder = holder;
    this.#symbol = symbol;
    this.#stream = holder[symbol] as Target;
    this.#port = port;
    this.line = line;
    this.drops = port.mode === "replace";
  }

  /** pino asks for this first: from here on whoever logs meanwhile finds the true stream. */
  get [METADATA](): unknown {
    this.#leave();
    return this.#stream[METADATA];
  }

  write(line: string): unknown {
    this.#leave();
    // Somebody may have asked for a line and never written it: then another one comes here. A line that a hook of pino changes is not known.
    if (this.drops && (this.#isMine(line) || this.#isHooked())) return true;
    carry(this as never, this.#stream);
    return this.#port.through(() => this.#stream.write(line));
  }

  /** Agents wrap pino's function and add fields of their own at the end of what it has published. */
  #isMine(line: string): boolean {
    return line === this.line || line.startsWith(this.line.slice(0, this.line.lastIndexOf("}")));
  }

  #isHooked(): boolean {
    const hooks = part(this.#holder, "hooks") as { streamWrite?: unknown } | undefined;
    return hooks?.streamWrite !== undefined;
  }

  #leave(): void {
    if (this.#holder[this.#symbol] === this) this.#holder[this.#symbol] = this.#stream;
  }
}

Object.defineProperty(StandIn.prototype, STAND_IN, { value: true });

/**
 * pino asks for its stream after it has published the line. For this one write it gets another: one that drops the line (replace), or one
 * that marks what a stream of this process prints meanwhile as pino's own output (tee). Nothing stays behind.
 */
export function standIn(port: InboundPort, { logger, line }: Written): void {
  const symbol = symbolOf(logger, "stream");
  const holder = symbol && holderOf(logger, symbol);
  if (!symbol || !holder) return;
  const stream = holder[symbol] as Target & Partial<StandIn>;
  const drops = port.mode === "replace";
  if (stream[STAND_IN]) {
    const standing = stream as unknown as StandIn;
    standing.drops = drops || (standing.drops && standing.line === line);
    standing.line = line;
  } else if (drops || !leavesOf(stream).every(writesByDescriptor))
    holder[symbol] = new StandIn(holder, symbol, port, line);
}

function holderOf(logger: object, symbol: symbol): Holder | null {
  for (let at: object | null = logger; at; at = Object.getPrototypeOf(at) as object | null)
    if (Object.hasOwn(at, symbol)) return at as Holder;
  return null;
}

/** pino's own destinations print nothing in this process's streams. */
function writesByDescriptor(leaf: Stream): boolean {
  return typeof leaf._len === "number" || leaf.worker !== undefined;
}
