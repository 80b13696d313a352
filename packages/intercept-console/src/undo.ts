/**
 * Undoes what was begun, the last first.
 *
 * @param steps more may be added until it is called
 */
export function undoing(steps: readonly (() => void)[]): () => void {
  return () => {
    for (const step of [...steps].reverse()) step();
  };
}
