/**
 * The first circle of a graph, from a node back to itself, or `null`.
 *
 * @param edges what each node leads to
 */
export function findCircle(edges: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const done = new Set<string>();
  const path: string[] = [];

  const visit = (node: string): readonly string[] | null => {
    const before = path.indexOf(node);
    if (before !== -1) return [...path.slice(before), node];
    if (done.has(node)) return null;
    path.push(node);
    for (const next of edges.get(node) ?? []) {
      const circle = visit(next);
      if (circle) return circle;
    }
    path.pop();
    done.add(node);
    return null;
  };

  for (const node of edges.keys()) {
    const circle = visit(node);
    if (circle) return circle;
  }
  return null;
}
