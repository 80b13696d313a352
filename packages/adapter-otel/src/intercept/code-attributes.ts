import type { Caller } from "@logbridge/core";

/** Semantic conventions, with the names that they had before. */
const PATH = ["code.file.path", "code.filepath"];
const LINE = ["code.line.number", "code.lineno"];
const COLUMN = ["code.column.number", "code.column"];
const FUNCTION = ["code.function.name", "code.function"];

/** The caller that the emitter has named, `undefined` where it has named none. */
export function callerIn(attributes: Readonly<Record<string, unknown>>): Caller | undefined {
  const path = first(attributes, PATH);
  const line = first(attributes, LINE);
  if (typeof path !== "string" || typeof line !== "number") return undefined;
  const column = first(attributes, COLUMN);
  const functionName = first(attributes, FUNCTION);
  const fileName = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  const module = fileName.replace(/(.)\.[^.]+$/, "$1");
  return {
    functionName: typeof functionName === "string" ? functionName : null,
    path,
    fileName,
    line,
    column: typeof column === "number" ? column : 0,
    name: module,
    module,
  };
}

function first(attributes: Readonly<Record<string, unknown>>, keys: readonly string[]): unknown {
  const key = keys.find((one) => Object.hasOwn(attributes, one));
  return key === undefined ? undefined : Object.getOwnPropertyDescriptor(attributes, key)?.value;
}
