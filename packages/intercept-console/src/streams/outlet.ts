import { inspect, LogbridgeTypeError } from "@logbridge/core";

/** A writable stream of Node, by the part that is used here: structural and small, so that none is refused for its types. */
export interface NodeWritableLike {
  readonly write: CallableFunction;
  readonly on: CallableFunction;
  readonly removeListener: CallableFunction;
}

/** Where what comes is passed on to: a writable stream of Node or of the Web. */
export type OutletLike = NodeWritableLike | WritableStream<Uint8Array> | WritableStream<string>;

/** A stream that gets what comes. */
export interface Outlet {
  /** A promise where it takes no more for now: resolves when it does again, or takes nothing any more. Never throws. */
  write(chunk: string | Uint8Array): Promise<void> | null;
  /** Leaves the stream to its owner. */
  close(): void;
}

/**
 * @param failed told once when it has failed
 * @throws LogbridgeTypeError LB1555
 */
export function openOutlet(to: unknown, failed: (error: unknown) => void): Outlet {
  const { write, on, getWriter, locked } = (to ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof write === "function" && typeof on === "function") return nodeOutlet(to as NodeWritableLike, failed);
  if (typeof getWriter === "function" && locked !== true) return webOutlet(to as WritableStream<unknown>, failed);
  throw new LogbridgeTypeError(
    "LB1555",
    `interceptStream(): option to must be a writable stream that nobody has locked, such as process.stdout, got ${inspect(to)}`,
  );
}

function nodeOutlet(stream: NodeWritableLike, failed: (error: unknown) => void): Outlet {
  let over = false;
  let goOn: () => void = () => {};
  const end = (): void => {
    over = true;
    goOn();
  };
  const onError = (error: unknown): void => {
    if (!over) failed(error);
    end();
  };
  const listeners = { drain: () => goOn(), close: end, error: onError };
  for (const [event, listener] of Object.entries(listeners)) stream.on(event, listener);
  return {
    write(chunk) {
      if (over) return null;
      try {
        if (stream.write(chunk)) return null;
      } catch (error) {
        onError(error);
      }
      return over ? null : new Promise<void>((resolve) => (goOn = resolve));
    },
    close() {
      goOn();
      for (const [event, listener] of Object.entries(listeners)) stream.removeListener(event, listener);
    },
  };
}

function webOutlet(stream: WritableStream<unknown>, failed: (error: unknown) => void): Outlet {
  const writer = stream.getWriter();
  let over = false;
  const fail = (error: unknown): void => {
    if (!over) failed(error);
    over = true;
  };
  writer.closed.catch(fail);
  return {
    write(chunk) {
      if (over) return null;
      writer.write(chunk).catch(fail);
      return writer.ready.catch(fail);
    },
    close() {
      over = true;
      writer.releaseLock();
    },
  };
}
