import { basename, extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Caller } from "@logbridge/core";

/** What a function for `setParseCallStackFunction` gives. */
export type ParseCallStack = (error: Error, linesToSkip: number) => unknown;

type Method = (...args: never[]) => unknown;

/**
 * The caller as a function of the application's own reads it from a stack; `undefined` where that finds none.
 *
 * @param skip the method that was called: the stack begins above it
 * @param wrappers how many lines more to skip, as `callStackLinesToSkip` says
 */
export function parsedCaller(parse: ParseCallStack, skip: Method, wrappers: number): Caller | undefined {
  const error = new Error();
  Error.captureStackTrace(error, skip);
  let found: Record<string, unknown> | null | undefined;
  try {
    found = parse(error, wrappers + 1) as typeof found;
  } catch {
    // As in log4js: the usual way is taken then.
    return undefined;
  }
  const { fileName, lineNumber, columnNumber, functionName } = found ?? {};
  if (typeof fileName !== "string" || typeof lineNumber !== "number") return undefined;
  const path = fileName.startsWith("file:") ? fileURLToPath(fileName) : fileName;
  const module = basename(path, extname(path));
  return {
    path,
    fileName: basename(path),
    module,
    line: lineNumber,
    column: typeof columnNumber === "number" ? columnNumber : 0,
    functionName: typeof functionName === "string" && functionName !== "" ? functionName : null,
    name: module,
  };
}
