import { platform } from "#platform";
import { LogbridgeError } from "../diagnostics.ts";
import type { ContextStore } from "../platform/platform.ts";
import { processState } from "../state.ts";

/** The values that a record's `extra` is merged from. */
export type Fields = Readonly<Record<string, unknown>>;

// One for all copies of the package, and made at the first `contextualize`: a store that is never run costs the process nothing.
const context: { store: ContextStore<Fields> | null } = processState("context", () => ({ store: null }));

/** The values of the innermost `contextualize` around the running code, `null` outside of all. */
export function contextFields(): Fields | null {
  return context.store?.getStore() ?? null;
}

function openStore(): ContextStore<Fields> {
  context.store ??= platform.createContextStore<Fields>();
  if (!context.store)
    throw new LogbridgeError(
      "LB1011",
      "contextualize(): this runtime has no AsyncLocalStorage, so values cannot follow asynchronous code; use logger.bind(values) and pass that logger on",
    );
  return context.store;
}

/** Copies own enumerable data properties; later ones win; keys such as `__proto__` stay ordinary keys. */
export function mergeFields(...parts: readonly (Fields | null | undefined)[]): Record<string, unknown> {
  const merged: Record<string, unknown> = {};
  for (const part of parts) if (part) copyFields(part, merged);
  return merged;
}

/** Adds the own enumerable data properties of `from` to `to`. Getters are not run: they stand as `[Getter]`. */
export function copyFields(from: Fields, to: Record<string, unknown>): void {
  for (const key of Object.keys(from)) {
    const descriptor = Object.getOwnPropertyDescriptor(from, key);
    if (!descriptor) continue;
    const value: unknown = "value" in descriptor ? descriptor.value : "[Getter]";
    if (key === "__proto__")
      Object.defineProperty(to, key, { value, configurable: true, enumerable: true, writable: true });
    else to[key] = value;
  }
}

/** Runs `fn` with `values` added to the context and gives its result. */
export function runInContext<R>(values: Fields, fn: () => R): R {
  const opened = openStore();
  return opened.run(mergeFields(opened.getStore(), values), fn);
}

function enter(opened: ContextStore<Fields>, values: Fields): void {
  try {
    opened.enterWith(values);
  } catch {
    // workerd has the method, and refuses each call.
    throw new LogbridgeError(
      "LB1011",
      "contextualize(values): this runtime's AsyncLocalStorage can only run a function in a context; use contextualize(values, fn)",
    );
  }
}

/** Adds `values` from here on; gives the function that takes them away again. */
export function enterContext(values: Fields): () => void {
  const opened = openStore();
  const outer = opened.getStore();
  enter(opened, mergeFields(outer, values));
  return () => opened.enterWith(outer ?? {});
}
