import type { OtlpResource } from "./encoded.ts";
import { ownValue } from "./value.ts";

/** Calls `each` with the attributes of a resource or scope; those without a value are left out. */
export function eachAttribute(
  attributes: Readonly<Record<string, unknown>> | undefined,
  each: (key: string, value: unknown) => void,
): void {
  if (!attributes) return;
  for (const key of Object.keys(attributes)) {
    const value = ownValue(attributes, key);
    if (value !== undefined) each(key, value);
  }
}

/**
 * Keeps what is made of resources or scopes for as long as these live. One whose attributes are not all known yet is made anew.
 *
 * @param make what is to be kept
 */
export function keptFor<Owner extends object, Made>(make: (owner: Owner) => Made): (owner: Owner) => Made {
  const made = new WeakMap<Owner, Made>();
  return (owner) => {
    const known = made.get(owner);
    if (known !== undefined) return known;
    const fresh = make(owner);
    if ((owner as Partial<OtlpResource>).asyncAttributesPending !== true) made.set(owner, fresh);
    return fresh;
  };
}
