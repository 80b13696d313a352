import { builtin, hostProcess, isMainThread } from "../builtin.ts";

type Telling = (...args: readonly unknown[]) => unknown;

/** Node's module `inspector`, by the part that is used. */
interface Inspector {
  /** Where a debugger may attach; `undefined` while none may. */
  url(): string | undefined;
  /** Says what it is told to an attached debugger, and prints nothing. */
  readonly console: Readonly<Record<string, Telling>>;
}

/** The process, as far as it tells of debuggers: the event is no documented one. */
interface ProcessLike {
  on(event: "internalMessage", listener: (message: unknown) => void): unknown;
  removeListener(event: "internalMessage", listener: (message: unknown) => void): unknown;
}

let found: Inspector | null | undefined;
/** A debugger reaches a worker through the main thread, and nothing says so there: Node's own console tells it each call, too. */
let isAlwaysTold = false;

function inspector(): Inspector | null {
  if (found !== undefined) return found;
  try {
    const module = builtin<Partial<Inspector>>("node:inspector");
    const usable = typeof module?.url === "function" && typeof module.console?.["log"] === "function";
    found = usable ? (module as Inspector) : null;
    isAlwaysTold = isNode() && !isMainThread();
  } catch {
    // A Node that was built without it says so by an error.
    found = null;
  }
  return found;
}

/** For so many calls an answer of "none may" holds at most: the question costs as much as a record. */
const MOST_UNASKED = 64;
let unasked = 0;
let watching = 0;

/** Bun and Deno, which have the same modules and events, are not known to say by them what Node says. */
function isNode(): boolean {
  return hostProcess()?.release?.name === "node" && !("Bun" in globalThis || "Deno" in globalThis);
}

/** Node says it to the workers of a cluster by this message, in the very call or interrupt by which a debugger may attach from then on. */
function hear(message: unknown): void {
  if ((message as { readonly cmd?: unknown } | null)?.cmd === "NODE_DEBUG_ENABLED") unasked = 0;
}

/**
 * Listens for the moment from which a debugger may attach, so that `isDebugged()` need not ask at each call.
 *
 * @returns stops it
 */
export function watchForDebuggers(): () => void {
  const process = hostProcess() as ProcessLike | undefined;
  if (!process || !isNode()) return () => {};
  if (watching++ === 0) process.on("internalMessage", hear);
  return () => {
    if (--watching > 0) return;
    process.removeListener("internalMessage", hear);
    unasked = 0;
  };
}

/** May a debugger be attached? Its console then shows what the runtime's own console is told, whether it is printed or not. */
export function isDebugged(): boolean {
  if (unasked > 0) {
    unasked--;
    return false;
  }
  const module = inspector();
  if (!module) return false;
  if (isAlwaysTold) return true;
  try {
    if (module.url() !== undefined) return true;
  } catch {
    found = null;
  }
  if (watching > 0) unasked = MOST_UNASKED;
  return false;
}

/** Shows a call in the debugger's console, and nowhere else. */
export function tellDebugger(method: string, args: readonly unknown[]): void {
  const told = inspector()?.console[method];
  if (typeof told === "function") told(...args);
}
