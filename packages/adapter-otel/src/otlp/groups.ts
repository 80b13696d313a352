import type { OtlpResource, OtlpScope } from "./encoded.ts";

/** An item with the two that it is filed under in a request. */
interface Grouped {
  readonly resource: OtlpResource;
  readonly scope: OtlpScope;
}

/** The items of a request by resource, then by scope; each list in the order of the items. */
export type Groups<Item> = ReadonlyMap<OtlpResource, ReadonlyMap<OtlpScope, readonly Item[]>>;

/** Files items under their resources and scopes, which are told apart by identity. */
export function grouped<Item extends Grouped>(items: readonly Item[]): Groups<Item> {
  const groups = new Map<OtlpResource, Map<OtlpScope, Item[]>>();
  let list: Item[] = [];
  let { resource, scope }: Partial<Grouped> = {};
  for (const item of items) {
    // Neighbours mostly belong together.
    if (item.resource !== resource || item.scope !== scope) {
      ({ resource, scope } = item);
      list = listFor(groups, resource, scope);
    }
    list.push(item);
  }
  return groups;
}

function listFor<Item>(
  groups: Map<OtlpResource, Map<OtlpScope, Item[]>>,
  resource: OtlpResource,
  scope: OtlpScope,
): Item[] {
  let scopes = groups.get(resource);
  if (!scopes) groups.set(resource, (scopes = new Map()));
  let list = scopes.get(scope);
  if (!list) scopes.set(scope, (list = []));
  return list;
}
