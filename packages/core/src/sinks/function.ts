import type { LogRecord } from "../record/record.ts";
import type { ResolvedSink, SinkNeeds } from "./sink.ts";

/** A function that takes the formatted text and the record; it may be asynchronous. */
export type SinkFunction = (text: string, record: LogRecord) => void | Promise<void>;

/** A function as a sink. */
export function functionSink(write: SinkFunction, needs: SinkNeeds | undefined): ResolvedSink {
  return {
    sink: { ...(needs && { needs }), write },
    kind: "function",
    own: false,
    colors: false,
    label: `function ${write.name || "(anonymous)"}`,
  };
}
