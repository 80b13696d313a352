import { type PatchSite, patchMethod } from "@logbridge/core";
import { builtin } from "../builtin.ts";
import { type ConsoleLike, runtimeConsole } from "./talk.ts";

type Listen = (console: ConsoleLike) => () => void;
type Constructor = abstract new (...args: never[]) => object;

/** Who listens to the consoles that are made. */
interface Joining {
  join(console: ConsoleLike): void;
}

/**
 * Listens to every console of the process: the global one, and those that are made by `new Console(…)` from now on.
 *
 * @param listen listens to one console; gives how to stop
 * @param fail told of an error of ours; the application gets its console all the same
 * @returns how to stop with all of them
 */
export function listenToEvery(listen: Listen, fail: (error: unknown) => void): () => void {
  // A test runner's global console is another than the runtime's own, which has the constructor.
  const own: ConsoleLike & { readonly Console?: unknown } = runtimeConsole() ?? globalThis.console;
  const made = new MadeConsoles(listen, fail);
  for (const one of new Set([globalThis.console, own])) made.join(one);
  const unpatch =
    typeof own.Console === "function"
      ? patchMethod<Joining>(own, "Console", made, (site) => joiningConstructor(site as PatchSite<Joining>) as never)
      : () => {};
  shareWithImports();
  return () => {
    unpatch();
    made.leave();
    shareWithImports();
  };
}

/** The consoles that were made meanwhile; each is let go when the application lets it go. */
class MadeConsoles implements Joining {
  readonly #listen: Listen;
  readonly #fail: (error: unknown) => void;
  readonly #leave = new WeakMap<object, () => void>();
  readonly #known = new Set<WeakRef<object>>();
  #sweepAt = 64;

  constructor(listen: Listen, fail: (error: unknown) => void) {
    this.#listen = listen;
    this.#fail = fail;
  }

  join(console: ConsoleLike): void {
    try {
      this.#leave.set(console, this.#listen(console));
      this.#known.add(new WeakRef(console));
      if (this.#known.size >= this.#sweepAt) this.#sweep();
    } catch (error) {
      this.#fail(error);
    }
  }

  leave(): void {
    for (const known of this.#known) {
      const console = known.deref();
      if (console) this.#leave.get(console)?.();
    }
    this.#known.clear();
  }

  #sweep(): void {
    for (const known of this.#known) if (!known.deref()) this.#known.delete(known);
    this.#sweepAt = Math.max(64, this.#known.size * 2);
  }
}

/** Makes consoles as the original does, for subclasses and calls without `new` too, and tells of each. */
function joiningConstructor(site: PatchSite<Joining>): unknown {
  const original = site.original as unknown as Constructor;
  function Console(...args: never[]): object {
    const target = new.target as unknown;
    const of = target === undefined || target === Console ? original : (target as Constructor);
    const made = Reflect.construct(original as never, args, of as never) as ConsoleLike;
    for (const one of site.subscribers) one.join(made);
    return made;
  }
  Console.prototype = original.prototype as object;
  return Object.setPrototypeOf(Console, original);
}

/** `import { Console } from "node:console"` names what the module had when it was last asked. */
function shareWithImports(): void {
  try {
    builtin<{ syncBuiltinESMExports?(): void }>("node:module")?.syncBuiltinESMExports?.();
  } catch {
    // workerd has the function, and says that it does nothing.
  }
}
