type Hidden = (...args: never[]) => unknown;

interface Stacks {
  prepareStackTrace?: unknown;
  captureStackTrace?: (holder: object, above: Hidden) => void;
}

type Prepare = (error: unknown, sites: unknown) => unknown;

/**
 * Runs a console's own `trace` so that the stack it prints is the one without us, in length too.
 *
 * The stack is taken beforehand, above our function, by whatever prints stacks in this process (source maps, a
 * `prepareStackTrace` of the application), and handed over when `trace` asks for its own.
 *
 * @param above our outermost function: only what called it is shown
 */
export function withOwnFramesHidden<R>(above: Hidden, run: () => R): R {
  const stacks = Error as Stacks;
  const before = Object.getOwnPropertyDescriptor(stacks, "prepareStackTrace");
  if (!stacks.captureStackTrace || before?.writable === false || Object.isFrozen(stacks)) return run();
  const theirs = foreignPreparation(stacks);
  const swap = <T>(prepare: Prepare, work: () => T): T => {
    stacks.prepareStackTrace = prepare;
    try {
      return work();
    } finally {
      if (before) Object.defineProperty(stacks, "prepareStackTrace", before);
      else delete stacks.prepareStackTrace;
    }
  };
  const clean = theirs
    ? swap(
        (_error, sites) => sites,
        () => stackAbove(stacks, above),
      )
    : framesOf(stackAbove(stacks, above));
  const prepare: Prepare = (error, sites) => {
    if (theirs) return theirs.call(Error, error, isTrace(error) ? clean : sites);
    return `${Error.prototype.toString.call(error)}${isTrace(error) ? clean : (sites as readonly unknown[]).map((site) => `\n    at ${site}`).join("")}`;
  };
  return swap(prepare, run);
}

/** What prints stacks here. Node shows its own function, which maps sources where it is told to; Bun's gives the sites back as they are. */
function foreignPreparation({ prepareStackTrace }: Stacks): Prepare | null {
  if (typeof prepareStackTrace !== "function") return null;
  const isOfBun = "Bun" in globalThis && prepareStackTrace.name === "ErrorPrepareStackTrace";
  return isOfBun ? null : (prepareStackTrace as Prepare);
}

const TITLE = "Trace";

function stackAbove(stacks: Stacks, above: Hidden): unknown {
  const holder: { readonly name: string; readonly message: string; stack?: unknown } = { name: TITLE, message: "" };
  stacks.captureStackTrace?.(holder, above);
  return holder.stack;
}

function framesOf(stack: unknown): string {
  const at = typeof stack === "string" ? stack.indexOf("\n") : -1;
  return at < 0 ? "" : (stack as string).slice(at);
}

/** Consoles make no error for a trace, but an object of this name. */
function isTrace(error: unknown): boolean {
  return !(error instanceof Error) && (error as { readonly name?: unknown } | null)?.name === TITLE;
}

/** The text of a trace where a console cannot be asked for it. */
export function traceText(text: string, above: Hidden): string {
  const stack = stackAbove(Error as Stacks, above);
  return `${text === "" ? TITLE : `${TITLE}: ${text}`}${framesOf(stack)}`;
}
