import { LogbridgeError, LogbridgeTypeError, shown } from "../diagnostics.ts";
import { type HandlerHandle, handleOf } from "../handler/handle.ts";
import { Handler } from "../handler/handler.ts";
import { type AddOptions, checkOptions } from "../handler/options.ts";
import { type Counts, type HandlerEntry, type Hub, handlersCame, refreshHub, setHandlers } from "../hub.ts";
import { isPlainObject } from "../record/plain-object.ts";
import { acceptSink, isFileTarget } from "../sinks/accept.ts";
import type { ResolvedSink } from "../sinks/sink.ts";

/** Identifies a handler; what `add()` gives and `remove()` takes. */
export type HandlerId = number;

/** What became of the records of one handler. */
export interface HandlerStats extends Counts {
  readonly id: HandlerId;
  readonly failed: number;
  /** What `sample()` and `throttle()` have suppressed: neither sent nor dropped. */
  readonly suppressed: number;
}

function kindOf(value: unknown): string {
  return typeof value === "function"
    ? "function"
    : typeof value === "object" && value !== null
      ? "stream or object"
      : typeof value;
}

/** Makes a handler that is not in force yet, so that several can be checked before one is. */
export function makeHandler(hub: Hub, value: unknown, options: AddOptions, id: HandlerId): Handler {
  const isFile = isFileTarget(value);
  checkOptions(options, isFile, kindOf(value));
  const resolved = acceptSink(value, { file: options, needs: options.needs, micros: hub.clock(), zone: hub.zone });
  try {
    return new Handler(hub, id, resolved, options);
  } catch (error) {
    void resolved.sink.close?.();
    throw error;
  }
}

/** Puts a handler in force. One with the same key is replaced in its place. */
export function addHandler(hub: Hub, value: unknown, options: AddOptions): HandlerId {
  const handler = makeHandler(hub, value, options, hub.nextId);
  hub.nextId++;
  const replaced = handler.key === undefined ? undefined : hub.handlers.find((known) => known.key === handler.key);
  setHandlers(
    hub,
    replaced ? hub.handlers.map((known) => (known === replaced ? handler : known)) : [...hub.handlers, handler],
  );
  if (replaced) void replaced.close();
  handlersCame(hub);
  return handler.id;
}

/** A sink that is ready already, as the first handler's. */
export function addResolved(hub: Hub, resolved: ResolvedSink, options: AddOptions): void {
  const handler = new Handler(hub, hub.nextId, resolved, options);
  hub.nextId++;
  setHandlers(hub, [...hub.handlers, handler]);
}

function find(hub: Hub, id: unknown): HandlerEntry {
  if (typeof id !== "number" || !Number.isInteger(id))
    throw new LogbridgeTypeError("LB1018", `expected a handler's id as add() gave it, got ${shown(id)}`);
  const found = hub.handlers.find((handler) => handler.id === id);
  if (found) return found;
  const known = hub.handlers.map((handler) => handler.id).join(", ") || "none";
  throw new LogbridgeError("LB1018", `there is no handler ${id}; in force are ${known}`);
}

/** Handlers that were removed and whose sinks are closing: `complete()` waits for them, too. */
const leavingHandlers = new WeakMap<Hub, Map<HandlerEntry, Promise<unknown>>>();

function leavingOf(hub: Hub): Map<HandlerEntry, Promise<unknown>> {
  let leaving = leavingHandlers.get(hub);
  if (!leaving) leavingHandlers.set(hub, (leaving = new Map()));
  return leaving;
}

/** Takes a handler out of force at once; resolves when its sink is closed. Without an id: all of them. Strict: rejects with a sink's error, as in the seed. */
export function removeHandlers(hub: Hub, id: unknown): Promise<void> {
  const going = id === undefined ? hub.handlers : [find(hub, id)];
  setHandlers(
    hub,
    hub.handlers.filter((handler) => !going.includes(handler)),
  );
  const leaving = leavingOf(hub);
  const closed = Promise.all(
    going.map((handler) => {
      const closing = handler.close(hub.strict);
      leaving.set(handler, closing);
      return closing.finally(() => leaving.delete(handler));
    }),
  );
  return closed.then((failures) => {
    const failed = failures.find((failure) => failure !== null);
    if (hub.strict && failed) throw failed.error;
  });
}

/** What can be changed of a handler in force. */
export function handlerHandle(hub: Hub, id: unknown): HandlerHandle {
  const handler = find(hub, id);
  // Who has removed it before has ended it.
  const remove = async (): Promise<void> => {
    if (hub.handlers.includes(handler)) await removeHandlers(hub, id);
  };
  return handleOf(handler, () => refreshHub(hub), remove);
}

/** Options of `complete()`. */
export interface CompleteOptions {
  /** Milliseconds after which what is still on its way is counted as pending. Default 10,000. */
  readonly timeout?: number;
}

/** Waits until everything logged so far has left. */
export async function completeHandlers(hub: Hub, options: CompleteOptions): Promise<Counts> {
  if (!isPlainObject(options as unknown))
    throw new LogbridgeTypeError("LB1019", `complete(): expected an object of options, got ${shown(options)}`);
  for (const name of Object.keys(options))
    if (name !== "timeout")
      throw new LogbridgeError("LB1002", `complete(): unknown option ${shown(name)}; allowed is timeout`);
  const timeout = options.timeout ?? 10_000;
  if (typeof timeout !== "number" || !(timeout >= 0))
    throw new LogbridgeTypeError(
      "LB1019",
      `complete({ timeout }): expected milliseconds from 0 up, got ${shown(timeout)}`,
    );
  const leaving = leavingOf(hub);
  const handlers = [...hub.handlers, ...leaving.keys()];
  const flushed = Promise.all([...hub.handlers.map((handler) => handler.flush()), ...leaving.values()]);
  let cancel: () => void = () => {};
  const late = new Promise<void>((resolve) => {
    // A plain timer: the process must stay alive for what it waits for.
    const timer = setTimeout(resolve, timeout);
    cancel = () => clearTimeout(timer);
  });
  await Promise.race([flushed, late]);
  cancel();
  return handlers
    .map((handler) => handler.counts())
    .reduce(
      (all, one) => ({
        sent: all.sent + one.sent,
        dropped: all.dropped + one.dropped,
        pending: all.pending + one.pending,
      }),
      {
        sent: 0,
        dropped: 0,
        pending: hub.held?.size ?? 0,
      },
    );
}

/** The counts of each handler in force. */
export function handlerStats(hub: Hub): HandlerStats[] {
  return hub.handlers.map((handler) => ({
    id: handler.id,
    failed: handler.failures,
    suppressed: handler.suppressed ?? 0,
    ...handler.counts(),
  }));
}
