/** How many sinks of `pinoSinks()` that are added write to the stream of a root logger. */
const hosts = new WeakMap<object, number>();

/** Says that a sink writes to a root's stream, until the returned function is called. */
export function host(root: object): () => void {
  hosts.set(root, (hosts.get(root) ?? 0) + 1);
  let isOpen = true;
  return () => {
    if (isOpen) hosts.set(root, (hosts.get(root) ?? 1) - 1);
    isOpen = false;
  };
}

export function isHosted(root: object): boolean {
  return (hosts.get(root) ?? 0) > 0;
}
