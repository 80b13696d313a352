import type { Caller } from "../record/caller.ts";
import type { Fields } from "../record/context.ts";
import type { Origin } from "../record/origin.ts";
import type { Reprint } from "../record/reprint.ts";

/** What a bridge says of itself. */
export interface Bridge {
  /** "winston", "console" … */
  readonly name: string;
  /** The packages whose frames are between the caller and the hook: names as under `node_modules`. */
  readonly packages: readonly string[];
  /** The mode when the options name none. */
  readonly mode: "tee" | "replace";
  /** The bridge is an output channel: what is said to it from inside a sink or library is that one's output. */
  readonly output?: boolean;
  /** The function that listens, as `interceptWinston()`: named where an option is refused. */
  readonly caller?: string;
}

/** A foreign record on its way in. */
export interface Inbound {
  /** The foreign logger, category or channel: compared with what sinks lead to. */
  readonly target: unknown;
  /** The severity in Loguru's numbers, by the level table. */
  readonly level: { readonly name: string; readonly no: number };
  readonly message: string;
  /** The message once more, where it is known that `isHarmless()` holds for it: formats believe it. */
  readonly harmless?: string | undefined;
  /** The library has made the text by itself, of a counter, a timer, a stack, a table: `parse` finds nothing in it. */
  readonly isComputed?: boolean | undefined;
  readonly template?: string | undefined;
  readonly args?: readonly unknown[] | undefined;
  /** Values that stand in the texts of the message and the exception already. They are not shown: a handler that redacts hides in the texts what it hides in them. */
  readonly printed?: readonly unknown[] | undefined;
  /** How the text is made anew where something is hidden in `printed`. The texts of the exception are made from others then. */
  readonly reprint?: Reprint | undefined;
  /** Structured fields and context. */
  readonly fields?: Fields | undefined;
  /** What was thrown, as the object itself. Absent: nothing. */
  readonly error?: unknown;
  /** Milliseconds since 1970. Absent: now. */
  readonly timeMs?: number | undefined;
  /** What the library calls the logger. Absent: the caller's module. */
  readonly name?: string | null | undefined;
  readonly origin: Origin;
  /** The caller as captured by the hook; absent: captured here. */
  readonly caller?: Caller | null | undefined;
}
