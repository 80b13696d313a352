/** Resolves after some milliseconds; 0 lets everything that is due in this turn run. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
