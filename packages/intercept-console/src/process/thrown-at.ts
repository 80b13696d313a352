import { type Caller, describeException, type Frame, moduleNameOf } from "@logbridge/core";

/** Frames that stand between the code that means something and the making of the error: the runtime's, and packages that warn for others. */
const BETWEEN =
  /^(?:node:|internal\/|ext:|bun:|wasm:|native$|<anonymous>$|\[native code\]$)|[\\/]node_modules[\\/]process-warning[\\/]/;

/**
 * Where an error was made, as its stack tells: the innermost frame of the application or of a package, at the place that a
 * source map names. `null` where no frame tells.
 *
 * @param thrown anything
 */
export function thrownAt(thrown: unknown): Caller | null {
  const frame = describeException(thrown).stack.find(({ file, line }) => line !== null && !BETWEEN.test(file));
  return frame ? callerOf(frame) : null;
}

/** A place in the code as a caller. */
export function callerOf({
  function: functionName,
  file,
  line,
  column,
}: Pick<Frame, "function" | "file" | "line" | "column">): Caller {
  const fileName = file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
  return {
    functionName: functionName?.replace(/^Object\.(?=<anonymous>$)/, "") ?? "<anonymous>",
    path: file,
    fileName,
    line: line ?? 0,
    column: column ?? 0,
    name: moduleNameOf(file),
    module: fileName.replace(/(.)\.[^.]+$/, "$1"),
  };
}
