import { describeException, type InboundPort } from "@logbridge/core";
import type { Source } from "../source.ts";
import { type Listener, processEvents } from "./events.ts";
import { thrownAt } from "./thrown-at.ts";

/** The one event that changes nothing: the process ends, or goes on, as it would without a listener. */
const EVENT = "uncaughtExceptionMonitor";

/**
 * Takes in what nobody caught in the process: errors, and rejections where the runtime makes errors of them.
 *
 * The records are with the handlers when the process goes on to end. A page's errors are heard elsewhere: without a process nothing is
 * heard here.
 */
export const listenToUncaught: Source = ({ port, levels, begun }) => {
  const host = processEvents();
  if (!host) return () => {};
  const heard: Listener = (thrown, kind) => {
    try {
      // Where nobody handles it, nothing ends a line any more.
      if (host.rawListeners("uncaughtException").length === 0) begun.interruptAll();
      deliver(port, levels.of("uncaught"), thrown, kind === "unhandledRejection", heard);
    } catch (error) {
      // Thrown from here it would take the place of the error that the application is to see.
      port.fail(error);
    }
  };
  host.on(EVENT, heard);
  return () => void host.removeListener(EVENT, heard);
};

function deliver(
  port: InboundPort,
  level: { readonly name: string; readonly no: number },
  thrown: unknown,
  isRejection: boolean,
  hook: Listener,
): void {
  if (!port.wants(level.no)) return;
  const kind = isRejection ? "unhandledRejection" : "uncaughtException";
  port.deliver(
    {
      target: globalThis.process,
      level,
      message: uncaughtText(thrown, isRejection),
      args: [],
      printed: [thrown],
      error: thrown,
      caller: thrownAt(thrown),
      origin: { name: "uncaught", level: { name: kind } },
    },
    hook,
  );
}

/** What browsers print above the stack of what nobody caught. */
export function uncaughtText(thrown: unknown, isRejection: boolean): string {
  return `Uncaught ${isRejection ? "(in promise) " : ""}${titleOf(thrown)}`;
}

/** An error by its class and message, another value as it is. */
function titleOf(thrown: unknown): string {
  const { type, message, value, stack } = describeException(thrown);
  const isError = stack.length > 0 || (typeof value === "object" && value !== null && type !== "object");
  if (!isError) return message;
  return message === "" ? type : `${type}: ${message}`;
}
