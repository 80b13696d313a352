import { type Fields, mergeFields } from "./context.ts";

/** The values that all records of a logger share: merged once, written as JSON once. */
export interface Base {
  readonly fields: Fields;
  /** Filled by the format that needs it. */
  json: string | null;
}

/** What a base was merged from, so that it is merged again only when one of these is another. */
export interface BaseCache {
  configured: Fields | null;
  context: Fields | null;
  base: Base | null;
}

/** Nothing is known yet. */
export function emptyBaseCache(): BaseCache {
  return { configured: null, context: null, base: null };
}

/**
 * The base for these values; later ones win: configured, contextual, bound.
 *
 * @param cache of the logger whose `bound` this is
 */
export function baseFrom(
  cache: BaseCache,
  configured: Fields,
  context: Fields | null,
  bound: Fields | null,
): Base | null {
  if (cache.configured !== configured || cache.context !== context) {
    const fields = mergeFields(configured, context, bound);
    cache.base = Object.keys(fields).length === 0 ? null : { fields, json: null };
    cache.configured = configured;
    cache.context = context;
  }
  return cache.base;
}
