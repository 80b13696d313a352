import { isError, isProxy, mergeFields } from "@logbridge/core";

/** An object of any class that has values of its own. Lists, dates and the like are values themselves. */
export function isBearer(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || isProxy(value) || Symbol.iterator in value) return false;
  return Object.keys(value).length > 0;
}

/** What a child's records carry, whatever a library gives for it: nothing where that has no values of its own. */
export function childValues(values: unknown): Record<string, unknown> {
  if (isError(values)) return { error: values };
  return isBearer(values) ? mergeFields(values) : {};
}
