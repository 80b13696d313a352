import type { Method } from "@logbridge/core";
import type { ConsoleMethod } from "./levels.ts";

interface Channels {
  subscribe(name: string, listener: (message: unknown) => void): void;
  unsubscribe(name: string, listener: (message: unknown) => void): void;
}

const PUBLISHED: readonly ConsoleMethod[] = ["log", "info", "debug", "warn", "error"];

/** Where Node has `process.getBuiltinModule`, a browser bundle needs no import of a Node module. */
function channels(): Channels | null {
  const host = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown; versions?: { node?: string } } };
  const major = Number(host.process?.versions?.node?.split(".")[0] ?? 0);
  return major >= 22 ? ((host.process?.getBuiltinModule?.("node:diagnostics_channel") as Channels | undefined) ?? null) : null;
}

/**
 * Hears calls that do not pass the console's properties: references that were taken before, as log libraries do.
 * Node publishes them since version 22; they can be heard, but not silenced.
 */
export function onEarlyBound(heard: (method: ConsoleMethod, args: readonly unknown[], hook: Method) => void): () => void {
  const found = channels();
  if (!found) return () => {};
  const undo = PUBLISHED.map((method) => {
    const listener = (message: unknown): void => {
      try {
        // Node goes on using this very array, so it is copied at once.
        heard(method, [...(message as readonly unknown[])], listener as Method);
      } catch {
        // An error of a subscriber would become an uncaught exception of the application.
      }
    };
    found.subscribe(`console.${method}`, listener);
    return () => found.unsubscribe(`console.${method}`, listener);
  });
  return () => {
    for (const one of undo) one();
  };
}
