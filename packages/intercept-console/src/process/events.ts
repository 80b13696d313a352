import { LogbridgeError } from "@logbridge/core";

/** What listens to an event. */
export type Listener = (this: unknown, ...args: unknown[]) => unknown;

/** The events of a process, as far as they are used here: Node's, and what Bun and Deno give in its place. */
export interface ProcessEvents {
  on(event: string, listener: Listener): unknown;
  removeListener(event: string, listener: Listener): unknown;
  rawListeners(event: string): Listener[];
}

/** The process of this runtime; `null` in a browser, and for what bundlers put in its place. */
export function processEvents(): ProcessEvents | null {
  const { process } = globalThis as unknown as { readonly process?: Partial<ProcessEvents> };
  const isReal = typeof process?.on === "function" && typeof process.rawListeners === "function";
  return isReal ? (process as ProcessEvents) : null;
}

/**
 * The process of this runtime, for an option that means nothing without one.
 *
 * @param option its name, for the message
 * @throws LogbridgeError LB1557 where there is none
 */
export function processEventsFor(option: string): ProcessEvents {
  const found = processEvents();
  if (found) return found;
  throw new LogbridgeError(
    "LB1557",
    `interceptConsole(): option ${option} must be left out or false here: this runtime has no process whose events could be heard`,
  );
}
