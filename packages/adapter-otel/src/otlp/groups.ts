import type { OtlpResource, OtlpScope } from "./encoded.ts";

/** An item with the two that it is filed under in a request. */
interface Grouped {
  readonly resource: OtlpResource;
  readonly scope: OtlpScope;
}

/** What a request holds, by resource, then by scope. */
export type Groups<Group> = ReadonlyMap<OtlpResource, ReadonlyMap<OtlpScope, Group>>;

/** How items are gathered that belong together. */
export interface Gathering<Item, Group> {
  open(scope: OtlpScope): Group;
  add(group: Group, item: Item): void;
}

/** Files items under their resources and scopes, which are told apart by identity; each group gets them in their order. */
export function grouped<Item extends Grouped, Group>(
  items: readonly Item[],
  gathering: Gathering<Item, Group>,
): Groups<Group> {
  const groups = new Map<OtlpResource, Map<OtlpScope, Group>>();
  let [resource, scope, group]: Partial<[OtlpResource, OtlpScope, Group]> = [];
  for (let index = 0; index < items.length; index++) {
    const item = items[index] as Item;
    // Neighbours mostly belong together.
    if (group === undefined || item.resource !== resource || item.scope !== scope) {
      ({ resource, scope } = item);
      group = groupFor(groups, resource, scope, gathering);
    }
    gathering.add(group, item);
  }
  return groups;
}

function groupFor<Item, Group>(
  groups: Map<OtlpResource, Map<OtlpScope, Group>>,
  resource: OtlpResource,
  scope: OtlpScope,
  gathering: Gathering<Item, Group>,
): Group {
  let scopes = groups.get(resource);
  if (!scopes) groups.set(resource, (scopes = new Map()));
  let group = scopes.get(scope);
  if (group === undefined) scopes.set(scope, (group = gathering.open(scope)));
  return group;
}
