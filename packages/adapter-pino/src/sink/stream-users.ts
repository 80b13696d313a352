import type { Stream } from "../propagate/stream.ts";

/** How many handlers write to a stream. */
const users = new WeakMap<Stream, number>();

/** One handler more writes to these streams. */
export function enter(leaves: readonly Stream[]): void {
  for (const leaf of leaves) users.set(leaf, (users.get(leaf) ?? 0) + 1);
}

/** One handler less does: the streams that nobody writes to any more. */
export function leave(leaves: readonly Stream[]): readonly Stream[] {
  return leaves.filter((leaf) => {
    const left = Math.max(0, (users.get(leaf) ?? 1) - 1);
    users.set(leaf, left);
    return left === 0;
  });
}
