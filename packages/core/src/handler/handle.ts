import { LogbridgeError } from "../diagnostics.ts";
import type { HandlerEntry } from "../hub.ts";
import { FILE_OPTION_NAMES } from "../sinks/file/options.ts";
import type { HandlerOptions } from "./options.ts";

/** A handle on a handler that is in force: what can be changed without removing it. */
export interface HandlerHandle {
  readonly id: number;
  /** The lowest level that the handler takes. Reading gives its number; set a name or number. */
  get level(): number;
  set level(level: string | number);
  /** How many records `sample()` and `throttle()` have suppressed in it. */
  readonly suppressed: number;
  /** Changes options; the sink and what it holds stay. */
  update(options: HandlerOptions): void;
  /** Removes the handler at the end of an `await using` block, and waits until its sink is closed. */
  [Symbol.asyncDispose](): Promise<void>;
}

const FIXED: readonly string[] = ["key", "onError", "needs", ...FILE_OPTION_NAMES];

/** The handler as its user may change it. */
export function handleOf(handler: HandlerEntry, changed: () => void, remove: () => Promise<void>): HandlerHandle {
  const handle = {
    id: handler.id,
    get level(): number {
      return handler.levelNo;
    },
    set level(level: string | number) {
      handler.update({ level });
      changed();
    },
    get suppressed(): number {
      return handler.suppressed ?? 0;
    },
    update(options: HandlerOptions): void {
      const fixed = Object.keys(options).find((name) => FIXED.includes(name));
      if (fixed)
        throw new LogbridgeError(
          "LB1014",
          `handler.update(): option ${fixed} cannot change; remove the handler and add it again`,
        );
      handler.update(options);
      changed();
    },
  } as HandlerHandle;
  // Older runtimes lack the symbol; the type promises it only to those who can write `await using`.
  if (typeof Symbol.asyncDispose === "symbol") handle[Symbol.asyncDispose] = remove;
  // Another option set here would do nothing: `update()` changes them.
  return Object.freeze(handle);
}
