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
  try {
    return callerOf(parse(error, wrappers + 1));
  } catch {
    // As in log4js: the usual way is taken then.
    return undefined;
  }
}

/** What was found, in our words. It may be anything, and fail wherever it is touched. */
function callerOf(found: unknown): Caller | undefined {
  const { fileName, lineNumber, columnNumber, functionName } = (found ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof fileName !== "string" || typeof lineNumber !== "number") return undefined;
  const path = pathOf(fileName);
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

/** The file of a URL; a text that is no URL of a file stays as it is. */
function pathOf(fileName: string): string {
  if (!fileName.startsWith("file:")) return fileName;
  try {
    return fileURLToPath(fileName);
  } catch {
    return fileName;
  }
}
