import { LogbridgeTypeError } from "@logbridge/core";
import { givenText } from "../given-text.ts";

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
    `interceptStream(): option to must be a writable stream that nobody has locked, such as process.stdout, got ${givenText(to)}`,
  );
}

/** What outlets want to know of one stream. */
interface Heard {
  readonly drain: () => void;
  readonly close: () => void;
  readonly error: (error: unknown) => void;
}

const EVENTS = ["drain", "close", "error"] as const;

/** What listens to a stream: many children that print to stderr are one listener there, since Node warns of more than ten. */
interface Ear {
  readonly outlets: Set<Heard>;
  readonly listeners: Readonly<Record<string, (value?: unknown) => void>>;
}

const ears = new WeakMap<NodeWritableLike, Ear>();

function earAt(stream: NodeWritableLike): Ear {
  const known = ears.get(stream);
  if (known) return known;
  const outlets = new Set<Heard>();
  const listeners = Object.fromEntries(
    EVENTS.map((event) => [
      event,
      (value?: unknown) => {
        for (const outlet of [...outlets]) outlet[event](value);
      },
    ]),
  );
  for (const event of EVENTS) stream.on(event, listeners[event]);
  const ear = { outlets, listeners };
  ears.set(stream, ear);
  return ear;
}

function hear(stream: NodeWritableLike, heard: Heard): () => void {
  const { outlets, listeners } = earAt(stream);
  outlets.add(heard);
  return () => {
    if (!outlets.delete(heard) || outlets.size > 0) return;
    ears.delete(stream);
    for (const event of EVENTS) stream.removeListener(event, listeners[event]);
  };
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
  const leave = hear(stream, { drain: () => goOn(), close: end, error: onError });
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
      leave();
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
