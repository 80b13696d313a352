import type { Listener, ProcessEvents } from "./events.ts";

/** What prints the warnings of the process; `print` is there to be patched. */
export interface WarningPrint {
  print: Listener;
  /** What `print` is where nobody has patched it. */
  readonly original: Listener;
  /** Puts everything back as it was found. */
  release(): void;
}

const EVENT = "warning";
/** Marks the listener that stands for Node's, so that another copy of this package finds it. */
const PRINT = Symbol.for("logbridge.warning-print");

/** What the source of the runtime's own listener says; Bun shows none. */
const OWN = /traceProcessWarnings|\[native code\]/;

/**
 * The listener by which the runtime prints warnings, with one of ours in its place, through which it can be patched. Where it
 * was left out (`--no-warnings`) or taken off, what is given prints nothing.
 */
export function warningPrint(host: ProcessEvents): WarningPrint {
  const listeners = host.rawListeners(EVENT);
  for (const one of listeners) {
    const known = (one as { readonly [PRINT]?: WarningPrint })[PRINT];
    if (known) return known;
  }
  const own = listeners.find((one) => one.name === "onWarning" && OWN.test(Function.prototype.toString.call(one)));
  const inPlace = function onWarning(this: unknown, ...args: unknown[]): unknown {
    return held.print.apply(this, args);
  };
  const original: Listener = own ?? (() => undefined);
  const held: WarningPrint = {
    print: original,
    original,
    release: () => (own ? exchange(host, inPlace, own) : void host.removeListener(EVENT, inPlace)),
  };
  Object.defineProperty(inPlace, PRINT, { value: held });
  if (own) exchange(host, own, inPlace);
  else host.on(EVENT, inPlace);
  return held;
}

/** Puts one listener in the place of another. One that somebody has taken off stays off. */
function exchange(host: ProcessEvents, from: Listener, to: Listener): void {
  const listeners = host.rawListeners(EVENT);
  const at = listeners.indexOf(from);
  if (at < 0) return;
  // An emitter has no way to replace a listener: all from there on are taken off, and put on again.
  const behind = listeners.slice(at + 1);
  for (const one of [...behind.reverse(), from]) host.removeListener(EVENT, one);
  for (const one of [to, ...behind.reverse()]) host.on(EVENT, one);
}
