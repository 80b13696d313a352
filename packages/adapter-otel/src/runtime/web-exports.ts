let isRunning = false;

/** Without asynchronous contexts: the part of `work` that runs at once. @see Runtime.asExport */
export function asExport<T>(work: () => T): T {
  const before = isRunning;
  isRunning = true;
  try {
    return work();
  } finally {
    isRunning = before;
  }
}

/** @see Runtime.isInExport */
export function isInExport(): boolean {
  return isRunning;
}
