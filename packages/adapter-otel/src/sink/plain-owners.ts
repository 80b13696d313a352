import type { OtlpResource, OtlpScope } from "../otlp/encoded.ts";
import { plainValue } from "../otlp/plain-value.ts";

type Attributes = Readonly<Record<string, unknown>>;

/** A resource whose values are plain: what an exporter of the SDK can encode without running anybody's code. */
class PlainResource implements OtlpResource {
  readonly schemaUrl?: string | undefined;
  readonly #source: OtlpResource;
  #of: Attributes | null = null;
  #attributes: Attributes = {};

  constructor(source: OtlpResource) {
    this.#source = source;
    if (source.schemaUrl !== undefined) this.schemaUrl = source.schemaUrl;
  }

  /** They are others when detectors are done. */
  get attributes(): Attributes {
    const { attributes } = this.#source;
    if (this.#of !== attributes) this.#attributes = plainValue(attributes) as Attributes;
    this.#of = attributes;
    return this.#attributes;
  }

  get asyncAttributesPending(): boolean {
    return this.#source.asyncAttributesPending === true;
  }
}

/** The resource with plain values; what its detectors find later is in it, too. */
export function plainResource(resource: OtlpResource): OtlpResource {
  return new PlainResource(resource);
}

const scopes = new WeakMap<OtlpScope, OtlpScope>();

/** The scope with plain attributes; the same one for the same one. */
export function plainScope(scope: OtlpScope): OtlpScope {
  if (scope.attributes === undefined) return scope;
  let plain = scopes.get(scope);
  if (!plain) scopes.set(scope, (plain = { ...scope, attributes: plainValue(scope.attributes) as Attributes }));
  return plain;
}
