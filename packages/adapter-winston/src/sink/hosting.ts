/** Loggers whose own transports are sinks of ours, and how many. */
const hosted = new WeakMap<object, number>();
let open = 0;

/**
 * A sink of a winston transport has begun.
 *
 * @param owner the root logger whose transports are hosted as a whole
 * @returns ends it
 */
export function beginHosting(owner: object | null): () => void {
  const count = (step: 1 | -1): void => {
    open += step;
    if (owner) hosted.set(owner, (hosted.get(owner) ?? 0) + step);
  };
  count(1);
  let ended = false;
  return () => {
    if (!ended) count(-1);
    ended = true;
  };
}

/** Do the logger's own outputs get what it says through us? */
export function isHosted(root: object): boolean {
  return (hosted.get(root) ?? 0) > 0;
}

/** Is there any winston transport that we write to? */
export function isAnyHosted(): boolean {
  return open > 0;
}
