type Host = typeof globalThis & { readonly process?: NodeJS.Process };

/** The process, where there is one. */
export function hostProcess(): NodeJS.Process | undefined {
  return (globalThis as Host).process;
}

/** A module of the runtime, asked of the process so that a bundle for browsers has no import of it; `undefined` where there is none. */
export function builtin<Module>(name: string): Module | undefined {
  const process = hostProcess() as { getBuiltinModule?(name: string): unknown } | undefined;
  return process?.getBuiltinModule?.(name) as Module | undefined;
}

/** Worker threads reach the process's streams, and its debugger, through the main thread. */
export function isMainThread(): boolean {
  return builtin<typeof import("node:worker_threads")>("node:worker_threads")?.isMainThread !== false;
}
