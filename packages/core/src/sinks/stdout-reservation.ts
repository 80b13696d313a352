import { LogbridgeError } from "../diagnostics.ts";
import { processState } from "../state.ts";

/** Who writes to stdout in this process, and who keeps it for a protocol: one for all copies of the package. */
interface StdoutState {
  reservations: number;
  /** The open sinks of ours on descriptor 1. */
  readonly sinks: Set<object>;
}

const state: StdoutState = processState<StdoutState>("stdout", () => ({ reservations: 0, sinks: new Set() }));

/** The bridge by whose name a sink says that it writes to a descriptor. */
export const DESCRIPTOR: string = "descriptor";

/** Names under which a file system shows the descriptor. */
const PATHS = /^\/(?:dev\/(?:stdout|fd\/1)|proc\/(?:self|thread-self)\/fd\/1)$/;

/** Does a sink of ours write to stdout? */
export function isStdoutOccupied(): boolean {
  return state.sinks.size > 0;
}

/** Notes a sink of ours on stdout, until the function that it gives is called. */
export function occupyStdout(sink: object): () => void {
  state.sinks.add(sink);
  return () => void state.sinks.delete(sink);
}

/** Keeps stdout from sinks, until the function that it gives is called. */
export function closeStdout(): () => void {
  state.reservations++;
  let held = true;
  return () => {
    if (held) state.reservations--;
    held = false;
  };
}

/**
 * Refuses stdout, by whatever name, while it is kept for a protocol.
 *
 * @param target a path, or a stream with its descriptor
 * @throws LogbridgeError LB1553
 */
export function refuseReservedStdout(target: unknown): void {
  if (state.reservations === 0 || !isStdout(target)) return;
  throw new LogbridgeError(
    "LB1553",
    "add(): stdout is kept for a protocol by interceptConsole({ protectStdout: true }); add process.stderr or a file instead",
  );
}

function isStdout(target: unknown): boolean {
  if (typeof target === "string") return PATHS.test(target);
  return typeof target === "object" && target !== null && (target as { readonly fd?: unknown }).fd === 1;
}
