import { type Inbound, LogbridgeError } from "@logbridge/core";
import { processEvents } from "../process/events.ts";
import { callerOf, thrownAt } from "../process/thrown-at.ts";
import { uncaughtText } from "../process/uncaught.ts";
import type { Listening, Source } from "../source.ts";

/** What is read of the events in which a page or worker tells what nobody caught. */
interface UncaughtEvent {
  readonly target?: unknown;
  /** What was thrown; `null` also where the browser keeps it from us. */
  readonly error?: unknown;
  /** What a promise was rejected with. */
  readonly reason?: unknown;
  readonly message?: unknown;
  readonly filename?: unknown;
  readonly lineno?: unknown;
  readonly colno?: unknown;
}

type Listener = (event: UncaughtEvent) => void;

/** A window or the scope of a worker. */
interface ErrorScope {
  addEventListener(type: string, listener: Listener): void;
  removeEventListener(type: string, listener: Listener): void;
}

/** All that a browser says of an error in a script of another origin: the place is not told either. */
const WITHHELD = "Script error.";

/**
 * Takes in what nobody caught in a page or worker of a browser, as one more listener: whether the browser prints the error stays with
 * the page's own. Runtimes that have a process tell it there.
 *
 * @throws LogbridgeError LB1557 where neither a process nor a page tells
 */
export const listenToPageErrors: Source = (listening) => {
  if (processEvents()) return () => {};
  const scope = globalThis as unknown as Partial<ErrorScope>;
  if (typeof scope.addEventListener !== "function" || typeof scope.removeEventListener !== "function")
    throw new LogbridgeError(
      "LB1557",
      "interceptConsole(): option uncaught must be left out or false here: this runtime has neither a process nor a page whose events could be heard",
    );
  return listen(scope as ErrorScope, listening);
};

function listen(scope: ErrorScope, listening: Listening): () => void {
  const onError: Listener = (event) => {
    // What an element tells and lets bubble was not thrown.
    if (event.target === scope) take(scope, listening, saidByError(event), onError);
  };
  const onRejection: Listener = (event) => take(scope, listening, saidByRejection(event), onRejection);
  scope.addEventListener("error", onError);
  scope.addEventListener("unhandledrejection", onRejection);
  return () => {
    scope.removeEventListener("error", onError);
    scope.removeEventListener("unhandledrejection", onRejection);
  };
}

type Said = Pick<Inbound, "message" | "error" | "printed" | "caller" | "origin">;

function take(target: ErrorScope, { port, levels }: Listening, say: () => Said, hook: Listener): void {
  const level = levels.of("uncaught");
  if (!port.wants(level.no)) return;
  try {
    port.deliver({ target, level, args: [], ...say() }, hook);
  } catch (error) {
    // Thrown from here it would be an uncaught error of the page.
    port.fail(error);
  }
}

function saidByError(event: UncaughtEvent): () => Said {
  return () => {
    const origin = originOf("uncaughtException");
    const { error, message } = event;
    const text = uncaughtText(error, false);
    // Nothing was thrown here: a script of another origin, a worker of the page, an observer that goes round.
    if ((error === null || error === undefined) && typeof message === "string" && message !== "" && message !== text)
      return { message, caller: message === WITHHELD ? null : placeOf(event), origin };
    return { message: text, error, printed: [error], caller: thrownAt(error) ?? placeOf(event), origin };
  };
}

function saidByRejection({ reason }: UncaughtEvent): () => Said {
  return () => ({
    message: uncaughtText(reason, true),
    error: reason,
    printed: [reason],
    caller: thrownAt(reason),
    origin: originOf("unhandledRejection"),
  });
}

function originOf(kind: string): Inbound["origin"] {
  return { name: "uncaught", level: { name: kind } };
}

/** Where the browser says that it was thrown: all that is known of a script that is no JavaScript, or of a value that is no error. */
function placeOf({ filename, lineno, colno }: UncaughtEvent): Inbound["caller"] {
  if (typeof filename !== "string" || filename === "" || typeof lineno !== "number" || lineno < 1) return null;
  return callerOf({ function: null, file: filename, line: lineno, column: typeof colno === "number" ? colno : null });
}
