import type { Info } from "../map/info.ts";
import type { UncaughtKind } from "../map/remembered.ts";
import type { Self, Subscriber } from "./subscriber.ts";

/** What winston's handlers of uncaught errors have marked the info as. */
export function uncaughtIn(info: Info): UncaughtKind | null {
  if (info["exception"] === true) return "exception";
  return info["rejection"] === true ? "rejection" : null;
}

/** A transport that winston's handler of uncaught errors waits for. */
interface Awaited {
  readonly _ending?: unknown;
  listeners?(event: string): readonly unknown[];
}

/** How long winston waits for its transports. */
const LONGEST_MS = 3000;

/**
 * In replace mode winston's transports get nothing, and its handler of uncaught errors would wait for them in vain before it ends the
 * process: it is told when our own outputs have everything.
 */
export function endWhenComplete({ transports }: Self, listening: readonly Subscriber[]): void {
  const told: (() => void)[] = [];
  for (const one of transports) {
    const transport = (one.transport ?? one) as Awaited;
    // winston has marked it a moment ago, and listens last.
    const listener = transport._ending === true ? transport.listeners?.("finish").at(-1) : undefined;
    if (typeof listener === "function") told.push(() => void listener.call(transport));
  }
  if (told.length === 0) return;
  const all = listening.map(({ logger }) => logger.complete({ timeout: LONGEST_MS }));
  void Promise.allSettled(all).then(() => {
    for (const tell of told) tell();
  });
}
