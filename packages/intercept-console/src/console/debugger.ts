import { builtin } from "../builtin.ts";

type Telling = (...args: readonly unknown[]) => unknown;

/** Node's module `inspector`, by the part that is used. */
interface Inspector {
  /** Where a debugger may attach; `undefined` while none may. */
  url(): string | undefined;
  /** Says what it is told to an attached debugger, and prints nothing. */
  readonly console: Readonly<Record<string, Telling>>;
}

let found: Inspector | null | undefined;

function inspector(): Inspector | null {
  if (found !== undefined) return found;
  try {
    const module = builtin<Partial<Inspector>>("node:inspector");
    const usable = typeof module?.url === "function" && typeof module.console?.["log"] === "function";
    found = usable ? (module as Inspector) : null;
  } catch {
    // A Node that was built without it says so by an error.
    found = null;
  }
  return found;
}

/** May a debugger be attached? Its console then shows what the runtime's own console is told, whether it is printed or not. */
export function isDebugged(): boolean {
  const module = inspector();
  if (!module) return false;
  try {
    return module.url() !== undefined;
  } catch {
    found = null;
    return false;
  }
}

/** Shows a call in the debugger's console, and nowhere else. */
export function tellDebugger(method: string, args: readonly unknown[]): void {
  const told = inspector()?.console[method];
  if (typeof told === "function") told(...args);
}
