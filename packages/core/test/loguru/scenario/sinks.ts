import type { Logger, LogRecord, SinkLike } from "@logbridge/core";
import { snapshot } from "../compare.ts";
import { makeError } from "../errors.ts";
import { turns } from "./flow.ts";
import type { Step } from "./step.ts";

/** Where a program writes what happens. */
export interface Journal {
  event(event: unknown): void;
  note(text: string): void;
}

function received(id: string, text: string, record: LogRecord): object {
  const { exception } = record;
  return {
    handler: id,
    text,
    message: record.message,
    level: record.level.name,
    extra: snapshot(record.extra),
    ...(exception && { exception: { type: exception.type, message: exception.message } }),
  };
}

/** The sink that a step names. */
export function makeSink(step: Step, journal: Journal, root: Logger): SinkLike {
  const { id = "", sink = "function", ticks = 1, throw_on } = step;
  const keep = (text: string, record: LogRecord): void => journal.event(received(id, text, record));
  const fail = (): never => {
    journal.note(`throwing ${id}`);
    throw makeError({ type: step.error ?? "Error", message: step.error_message ?? "sink" });
  };
  const wanted = (record: LogRecord): boolean => throw_on === undefined || record.message === throw_on;
  switch (sink) {
    case "function":
      return keep;
    case "object":
      return {
        // A stream of Python's is flushed after each record; here that is for the sink's own write to do.
        write(text: string, record: LogRecord): void {
          keep(text, record);
          journal.note(`flush ${id}`);
        },
        close: () => journal.note(`stop ${id}`),
      };
    case "async":
      return async (text: string, record: LogRecord) => {
        await turns(ticks);
        keep(text, record);
      };
    case "throws":
      return (text: string, record: LogRecord) => (wanted(record) ? fail() : keep(text, record));
    case "async_throws":
      return async (text: string, record: LogRecord) => {
        await turns(ticks);
        if (wanted(record)) fail();
        keep(text, record);
      };
    case "stop_throws":
      return {
        write: keep,
        close(): void {
          throw makeError({ type: "AppError", message: "stop" });
        },
      };
    case "relog":
      return (text: string, record: LogRecord) => {
        keep(text, record);
        root.info("inner");
      };
    default:
      throw new Error(`the runner does not know the sink ${sink}`);
  }
}
