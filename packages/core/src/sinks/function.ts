import type { LogRecord } from "../record/record.ts";
import type { ResolvedSink, SinkNeeds } from "./sink.ts";

/** A function that takes the formatted text and the record. A promise is awaited; any other result is not used. */
export type SinkFunction = (text: string, record: LogRecord) => unknown;

/** A function as a sink. */
export function functionSink(write: SinkFunction, needs: SinkNeeds | undefined): ResolvedSink {
  return {
    sink: { ...(needs && { needs }), write: (text, record) => write(text, record) as void | Promise<void> },
    kind: "function",
    own: false,
    colors: false,
    label: `function ${write.name || "(anonymous)"}`,
  };
}
