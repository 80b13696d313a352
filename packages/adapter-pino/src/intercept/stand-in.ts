import type { InboundPort } from "@logbridge/core";
import { carry, METADATA } from "../map/metadata.ts";
import { part, symbolOf } from "../map/their-logger.ts";
import type { Written } from "../map/written.ts";
import { leavesOf, type Stream } from "../propagate/stream.ts";

/** Every copy of this package knows the stand-ins of the others. */
const STAND_IN: unique symbol = Symbol.for("logbridge.pino.standIn") as never;

type Holder = Record<symbol, unknown>;
type Target = Stream & Record<PropertyKey, unknown>;

/** Who takes a line when it comes out of a hook. */
interface Waiting {
  readonly port: InboundPort;
  /** `true`: it was taken. */
  take(line: string, skip: (...args: never[]) => unknown): boolean;
}

/** Stands in for a logger's stream for the one write that follows. */
class StandIn implements Stream {
  declare readonly [STAND_IN]: true;
  line: string;
  drops: boolean;
  waiting: Waiting[] = [];
  readonly #holder: Holder;
  readonly #symbol: symbol;
  readonly #stream: Target;
  readonly #port: InboundPort;

  constructor(holder: Holder, symbol: symbol, port: InboundPort, line: string, drops: boolean) {
    this.#holder = holder;
    this.#symbol = symbol;
    this.#stream = holder[symbol] as Target;
    this.#port = port;
    this.line = line;
    this.drops = drops;
  }

  /** pino asks for this first: from here on whoever logs meanwhile finds the true stream. */
  get [METADATA](): unknown {
    this.#leave();
    return this.#stream[METADATA];
  }

  write(line: string): unknown {
    this.#leave();
    const isTaken = this.#hand(line);
    // Somebody may have asked for a line and never written it: then another one comes here.
    if (isTaken || (this.drops && this.#isMine(line))) return true;
    carry(this as never, this.#stream);
    return this.#port.through(() => this.#stream.write(line));
  }

  /** Agents wrap pino's function and add fields of their own at the end of what it has published. */
  #isMine(line: string): boolean {
    return line === this.line || line.startsWith(this.line.slice(0, this.line.lastIndexOf("}")));
  }

  /** Hands the line that a hook has given to who waits for it. `true`: it goes no further. */
  #hand(line: string): boolean {
    let isTaken = false;
    for (const { port, take } of this.waiting)
      try {
        if (take(line, StandIn.prototype.write as never) && port.mode === "replace") isTaken = true;
      } catch (error) {
        port.fail(error);
      }
    return isTaken;
  }

  #leave(): void {
    if (this.#holder[this.#symbol] === this) this.#holder[this.#symbol] = this.#stream;
  }
}

Object.defineProperty(StandIn.prototype, STAND_IN, { value: true });

/**
 * pino asks for its stream after it has published the line. For this one write it gets another: one that drops the line, or one that marks
 * what a stream of this process prints meanwhile as pino's own output, also where nobody wanted the record. Nothing stays behind.
 *
 * @param drops the line was taken in replace mode
 */
export function standIn(port: InboundPort, { logger, line }: Written, drops: boolean): void {
  const standing = standingIn(logger);
  if (standing) {
    standing.drops = drops || (standing.drops && standing.line === line);
    if (standing.line !== line) standing.waiting = [];
    standing.line = line;
  } else if (drops) place(port, logger, line, drops);
  else {
    const stream = part(logger, "stream") as Stream | undefined;
    if (stream && !leavesOf(stream).every(writesByDescriptor)) place(port, logger, line, drops);
  }
}

/** The same for a logger with a hook that changes its lines: only at the stream it is known what they say. */
export function awaitLine(port: InboundPort, { logger, line }: Written, take: Waiting["take"]): void {
  const standing = standingIn(logger) ?? place(port, logger, line, false);
  if (!standing) return;
  if (standing.line !== line) [standing.line, standing.drops, standing.waiting] = [line, false, []];
  standing.waiting.push({ port, take });
}

function standingIn(logger: object): StandIn | null {
  const stream = part(logger, "stream") as Partial<StandIn> | undefined;
  return stream?.[STAND_IN] ? (stream as StandIn) : null;
}

function place(port: InboundPort, logger: object, line: string, drops: boolean): StandIn | null {
  const symbol = symbolOf(logger, "stream");
  const holder = symbol && holderOf(logger, symbol);
  if (!symbol || !holder) return null;
  const made = new StandIn(holder, symbol, port, line, drops);
  holder[symbol] = made;
  return made;
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
