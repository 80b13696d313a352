/** Files that are between the call of a logger and its transports. */
const BETWEEN =
  /node_modules[\\/](?:\.pnpm[\\/].*node_modules[\\/])?(?:winston|winston-transport|logform|triple-beam|readable-stream)[\\/]|[( ](?:node:|native)/;
const DEEP = 40;

/**
 * Does a transport get this info later than it was logged, because a slow sibling has held the logger up? Then whoever is on the stack is not
 * the caller.
 *
 * @param skip the function that the transport was called by
 */
export function isLate(skip: (...args: never[]) => unknown): boolean {
  const { stackTraceLimit } = Error;
  const holder: { stack?: unknown } = {};
  Error.stackTraceLimit = DEEP;
  try {
    Error.captureStackTrace(holder, skip);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  const { stack } = holder;
  if (typeof stack !== "string") return true;
  for (const line of stack.split("\n").slice(1)) {
    // The stream reads what it had to keep.
    if (/\b(?:flow|resume_) \(/.test(line)) return true;
    if (!BETWEEN.test(line)) return false;
  }
  return true;
}
