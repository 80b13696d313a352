import { readyPattern } from "../ready-pattern.ts";
import type { ContextStore, InspectOptions, Platform } from "./platform.ts";
import { inspectValue, isError } from "./web-inspection.ts";
import { formatPrintf } from "./web-printf.ts";

const LAST_NEWLINE = readyPattern(/\n$/);

// Taken once, before anything can be patched.
const rawError: ((...data: unknown[]) => void) | undefined =
  typeof console === "undefined" ? undefined : console.error.bind(console);

interface Page {
  addEventListener?(event: string, listener: () => void): void;
  removeEventListener?(event: string, listener: () => void): void;
}

const page = globalThis as unknown as Page;

/** The work of a page that is left: of all listeners of a window, the one that was added first is asked first. */
const atExit: { readonly first: Set<() => void>; readonly others: Set<() => void> } = {
  first: new Set(),
  others: new Set(),
};

function leave(): void {
  for (const work of [...atExit.first, ...atExit.others]) {
    try {
      work();
    } catch (error) {
      // As an error in a listener of its own would end.
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}

/** Node's variables and modules, which a worker has where its configuration asks for them. */
interface WorkerProcess {
  readonly env?: Readonly<Record<string, unknown>>;
  getBuiltinModule?(name: string): unknown;
}

/** Of Node's module of that name. */
interface AsyncHooks {
  readonly AsyncLocalStorage: new <T>() => ContextStore<T>;
  readonly AsyncResource: { bind<Work>(work: Work): Work };
}

/** Asked anew each time: what runs before anything else of a page may define a `process` later. */
function workerProcess(): WorkerProcess | undefined {
  return (globalThis as { process?: WorkerProcess }).process;
}

function asyncHooks(): AsyncHooks | null {
  try {
    return (workerProcess()?.getBuiltinModule?.("node:async_hooks") as AsyncHooks | undefined) ?? null;
  } catch {
    return null;
  }
}

/** Browsers and workers without Node's modules. */
export const platform: Platform = {
  runtime: "web",
  writeStderr(text) {
    rawError?.(text.replace(LAST_NEWLINE, ""));
  },
  env(name) {
    try {
      const value = workerProcess()?.env?.[name];
      return typeof value === "string" ? value : undefined;
    } catch {
      return undefined;
    }
  },
  process: { id: 0, name: "browser" },
  thread: { id: 0, name: "main" },
  inspect(value, options?: InspectOptions) {
    try {
      return inspectValue(value, options?.depth ?? 4, false);
    } catch {
      return "[Unreadable]";
    }
  },
  formatPrintf,
  consoleText: formatPrintf,
  // Inspection opens nothing here that a script cannot read.
  textsIn: () => [],
  sealedKind: () => null,
  isError,
  isProxy: () => false,
  // Runtimes of this kind freeze or coarsen the monotonic clock, so only the wall clock is asked.
  nowMicros: () => Date.now() * 1000,
  bindContext<Work extends (...args: never[]) => unknown>(work: Work): Work {
    return asyncHooks()?.AsyncResource.bind(work) ?? work;
  },
  createContextStore<T>(): ContextStore<T> | null {
    const hooks = asyncHooks();
    return hooks ? new hooks.AsyncLocalStorage<T>() : null;
  },
  onExit(work, first = false) {
    const works = first ? atExit.first : atExit.others;
    works.add(work);
    page.addEventListener?.("pagehide", leave);
    return () => {
      works.delete(work);
      if (atExit.first.size + atExit.others.size === 0) page.removeEventListener?.("pagehide", leave);
    };
  },
  onIdle: () => () => {},
  afterTurn: (work) => void Promise.resolve().then(work),
  // A page that was left may come back.
  isExiting: () => false,
  watchWrites: () => () => {},
  drainFile: () => false,
  originalPosition: () => null,
  sourceLine: () => null,
  watchVariables: () => "this runtime has no inspector",
  variablesOf: () => null,
  packageOf: () => null,
  filePath: (name) => name,
  files: null,
  standardDescriptor: () => null,
  isTerminal: () => false,
  setTimer(work, ms) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};
