import { format } from "node:util";
import type { Delivered, DeliveredError, MakeOptions } from "@logbridge/core/conformance";
import log4js, { type LoggingEvent } from "log4js";

/** An appender that keeps what it gets, as the case wants it to behave. */
export function keepingAppender(
  kept: LoggingEvent[],
  target: MakeOptions["target"],
): { configure(): (event: LoggingEvent) => void } {
  let calls = 0;
  const configure = (): ((event: LoggingEvent) => void) & { shutdown?(done: () => void): void } => {
    let waiting = 0;
    let whenIdle = (): void => {};
    const appender = (event: LoggingEvent): void => {
      if (target === "throws" || (target === "recovers" && calls++ === 0)) throw new Error("the appender is broken");
      if (target === "stuck") return;
      if (target !== "slow") return void kept.push(event);
      waiting++;
      setImmediate(() => {
        kept.push(event);
        if (--waiting === 0) whenIdle();
      });
    };
    if (target === "stuck") return Object.assign(appender, { shutdown() {} });
    if (target !== "slow") return appender;
    return Object.assign(appender, {
      shutdown(done: () => void) {
        if (waiting === 0) done();
        else whenIdle = done;
      },
    });
  };
  return { configure };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function errorOf(error: Error & { code?: string | number }): DeliveredError {
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    code: error.code,
    // One that causes itself has to end somewhere.
    cause: error.cause instanceof Error && error.cause !== error ? errorOf(error.cause) : undefined,
  };
}

/** An event as an appender reads it. */
export function deliveredOf(event: LoggingEvent): Delivered {
  const [text, ...behind] = event.data as unknown[];
  const error = behind.find((value) => value instanceof Error);
  // What was thrown and is no error stands behind the text as it is.
  const thrown = behind.find((value) => typeof value === "string");
  return {
    level: event.level.levelStr,
    levelNo: event.level.level,
    timeMs: event.startTime.getTime(),
    // With something behind it log4js reads the text as printf.
    message: behind.length === 0 ? String(text) : format(text, "").slice(0, -1),
    args: undefined,
    fields: behind.find(isPlain),
    error: error
      ? errorOf(error)
      : thrown === undefined
        ? undefined
        : { type: undefined, message: thrown, stack: undefined, code: undefined, cause: undefined },
    name: event.categoryName,
    context: event.context as Record<string, unknown>,
    caller:
      event.fileName !== undefined && event.lineNumber !== undefined
        ? { file: event.fileName, line: event.lineNumber }
        : undefined,
  };
}

/** Takes a level out of the registry again: log4js itself has no way to. */
export function forgetLevel(name: string): void {
  const registry = log4js.levels as unknown as { levels: { levelStr: string }[] } & Record<string, unknown>;
  delete registry[name];
  const at = registry.levels.findIndex((level) => level.levelStr === name);
  if (at >= 0) registry.levels.splice(at, 1);
}
