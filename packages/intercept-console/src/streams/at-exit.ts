import { hostProcess } from "../builtin.ts";

const works = new Set<() => void>();

function runAll(): void {
  for (const work of [...works]) work();
}

/**
 * Runs work when the process ends: before the handlers write out what they hold, since it may give them more.
 *
 * @param work must not throw
 * @returns forgets it
 */
export function atExit(work: () => void): () => void {
  const process = hostProcess();
  if (works.size === 0) process?.prependListener?.("exit", runAll);
  works.add(work);
  return () => {
    if (works.delete(work) && works.size === 0) process?.removeListener?.("exit", runAll);
  };
}
