import type { LogRecord } from "@logbridge/core";
import type { AttributeList } from "./attribute-list.ts";
import { type KeptCaller, keptCaller } from "./kept-parts.ts";

/** Where the call is, by the stable names of the conventions. */
export function writeCaller(record: LogRecord, attributes: AttributeList): void {
  const caller = keptCaller(record);
  if (caller !== null) attributes.addShared(caller, addCaller);
}

function addCaller({ functionName, path, line, column }: KeptCaller, attributes: AttributeList): void {
  if (functionName) attributes.add("code.function.name", functionName);
  if (path !== "") attributes.add("code.file.path", path);
  if (line > 0) attributes.add("code.line.number", line);
  if (column > 0) attributes.add("code.column.number", column);
}

/** Is there something to say of the record's thread or process? */
export function isMadeElsewhere({ process, thread }: LogRecord, processId: number | undefined): boolean {
  return thread.id !== 0 || (processId !== undefined && process.id !== processId);
}

/** The thread, where it is not the main one, and the process, where it is not the one that the resource names. */
export function writeMaker(
  { process, thread }: LogRecord,
  processId: number | undefined,
  attributes: AttributeList,
): void {
  if (processId !== undefined && process.id !== processId) {
    attributes.add("process.pid", process.id);
    attributes.add("process.executable.name", process.name);
  }
  if (thread.id !== 0) {
    attributes.add("thread.id", thread.id);
    attributes.add("thread.name", thread.name);
  }
}
