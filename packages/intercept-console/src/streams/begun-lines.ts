import { type Inbound, type InboundPort, isPatch } from "@logbridge/core";
import { hostProcess } from "../builtin.ts";

/** Methods by which a console prints to its stream for errors. */
const TO_STDERR: ReadonlySet<string> = new Set(["warn", "error", "trace", "assert", "time", "countReset"]);

/** The lines that were begun on the outputs that one interception listens to, and what ends them besides a newline. */
export class BegunLines {
  readonly #interrupts = new Map<unknown, () => void>();

  /**
   * @param stream an output
   * @param interrupt ends the line that was begun there; must not throw
   * @returns forgets it
   */
  add(stream: unknown, interrupt: () => void): () => void {
    this.#interrupts.set(stream, interrupt);
    return () => void this.#interrupts.delete(stream);
  }

  /** A line of its own is printed to stderr. */
  interruptStderr(): void {
    if (this.#interrupts.size > 0) this.#interrupts.get(hostProcess()?.stderr)?.();
  }

  /** A console prints a line of its own. */
  interruptBy(console: unknown, method: string): void {
    this.#interrupts.get(streamOf(console, method))?.();
  }

  /** The process says its last words. */
  interruptAll(): void {
    for (const interrupt of this.#interrupts.values()) interrupt();
  }
}

/**
 * The way in of one that listens to a console and to outputs: a call of the console ends the line that was begun where it prints.
 *
 * @param port is changed itself, since another object would not have its private parts
 */
export function portInOrder(port: InboundPort, begun: BegunLines): InboundPort {
  const inner = port.deliver.bind(port);
  const deliver: InboundPort["deliver"] = (inbound, skip) => {
    // Of a call that was not heard by a patch it is not known which console printed it, and to which stream.
    const method = isPatch(skip) ? methodOf(inbound) : undefined;
    if (method !== undefined) begun.interruptBy(inbound.target, method);
    return inner(inbound, skip);
  };
  return Object.assign(port, { deliver });
}

function methodOf({ origin }: Inbound): string | undefined {
  return origin?.name === "console" ? origin.level?.name : undefined;
}

/** The stream to which a console prints; the global one's is the process's. */
function streamOf(console: unknown, method: string): unknown {
  const isError = TO_STDERR.has(method);
  const key = isError ? "_stderr" : "_stdout";
  // Of Node's global console it is a getter, and other runtimes have none.
  const own: unknown = Object.getOwnPropertyDescriptor(console, key)?.value;
  return own ?? (isError ? hostProcess()?.stderr : hostProcess()?.stdout);
}
