import { builtin } from "../builtin.ts";
import type { Method } from "./talk.ts";

interface Channels {
  subscribe(name: string, listener: (message: unknown) => void): void;
  unsubscribe(name: string, listener: (message: unknown) => void): void;
}

const PUBLISHED: readonly string[] = ["log", "info", "debug", "warn", "error"];

/**
 * Hears the calls that do not pass the console's properties: by references that were taken before us, and of other consoles.
 * Node publishes them since version 22; they can be heard, not silenced.
 *
 * @param heard must not throw: the error would be an uncaught one of the application
 * @returns how to stop
 */
export function onPublished(heard: (method: string, args: readonly unknown[], hook: Method) => void): () => void {
  const found = builtin<Channels>("node:diagnostics_channel");
  if (!found) return () => {};
  const undo = PUBLISHED.map((method) => {
    // Node goes on to use this very array, so it is copied at once.
    const listener = (message: unknown): void =>
      heard(method, [...(message as readonly unknown[])], listener as Method);
    found.subscribe(`console.${method}`, listener);
    return () => found.unsubscribe(`console.${method}`, listener);
  });
  return () => {
    for (const one of undo) one();
  };
}
