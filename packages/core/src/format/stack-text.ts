import type { ExceptionInfo } from "./exception.ts";

/**
 * An exception as an engine prints one: title and frames, then its inner errors and causes. What collectors of errors read.
 *
 * @param withProperties gives the line of an error's own properties, where they are to stand below its frames
 * @example
 * stackText(record.exception); // "TypeError: no\n    at save (/app/save.js:3:9)\nCaused by: Error: disk full\n    at …"
 */
export function stackText(info: ExceptionInfo, withProperties: (info: ExceptionInfo) => string = () => ""): string {
  const { type, message, stack, cause, errors = [] } = info;
  const properties = withProperties(info);
  return [
    message === "" ? type : `${type}: ${message}`,
    ...stack.map((frame) => frame.text),
    ...(properties === "" ? [] : [`    ${properties}`]),
    ...errors.map((error, index) => `[error ${index + 1} of ${errors.length}] ${stackText(error, withProperties)}`),
    ...(cause ? [`Caused by: ${stackText(cause, withProperties)}`] : []),
  ].join("\n");
}
