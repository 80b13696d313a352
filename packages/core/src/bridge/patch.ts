import { processState } from "../state.ts";

/** A foreign method as the application had it. */
export type Method = (this: unknown, ...args: never[]) => unknown;

/** One patched method of one foreign object, with everybody who listens there. */
export interface PatchSite<Subscriber> {
  /** Who listens. Empty: the patch only passes on. */
  subscribers: readonly Subscriber[];
  /** What was there before: an own property's descriptor, or `null` where it was inherited. */
  readonly before: PropertyDescriptor | null;
  readonly original: Method;
}

interface Installed extends PatchSite<unknown> {
  readonly wrapper: Method;
}

/** Marks our wrappers, so that other copies and our own sinks know them. */
const PATCH = Symbol.for("logbridge.patch");

/** Is this function a patch of ours, of whatever copy? */
export function isPatch(value: object): boolean {
  return PATCH in value;
}

const sites: WeakMap<object, Map<PropertyKey, Installed>> = processState("patches", () => new WeakMap());

/**
 * Patches a method beside other people's patches.
 *
 * There is one patch per object and key in the process: whoever comes second, from whatever copy of the package, becomes one
 * more subscriber. When the last one leaves, the property is put back exactly where our patch is the outermost;
 * where somebody wrapped it meanwhile, it stays and only passes on, since removing it would cut theirs off.
 *
 * @param target the foreign object
 * @param key the method
 * @param subscriber what `wrap`'s function finds in `site.subscribers`; its shape belongs to the bridge
 * @param wrap makes the method that takes the place; called once per patch
 * @returns how to leave; a second call does nothing
 * @example
 * const leave = patchMethod(console, "log", { seen }, (site) => function (...args) {
 *   for (const one of site.subscribers) one.seen(args);
 *   return site.original.apply(this, args);
 * });
 */
export function patchMethod<Subscriber>(
  target: object,
  key: PropertyKey,
  subscriber: Subscriber,
  wrap: (site: PatchSite<Subscriber>) => Method,
): () => void {
  const known = sites.get(target)?.get(key);
  const current = (target as Record<PropertyKey, unknown>)[key];
  // A patch of ours that somebody wrapped and that nobody uses any more may not be in the chain: a new one goes on top.
  const site =
    known && (known.subscribers.length > 0 || current === known.wrapper)
      ? known
      : install(target, key, current as Method, wrap);
  site.subscribers = [...site.subscribers, subscriber];
  let joined = true;
  return () => {
    if (!joined) return;
    joined = false;
    site.subscribers = site.subscribers.filter((one) => one !== subscriber);
    if (site.subscribers.length === 0) uninstall(target, key, site);
  };
}

function install<Subscriber>(
  target: object,
  key: PropertyKey,
  original: Method,
  wrap: (site: PatchSite<Subscriber>) => Method,
): Installed {
  const before = Object.getOwnPropertyDescriptor(target, key) ?? null;
  const draft = { subscribers: [] as readonly Subscriber[], before, original };
  const wrapper = wrap(draft);
  Object.defineProperty(wrapper, PATCH, { value: true });
  for (const name of ["name", "length"] as const)
    Object.defineProperty(wrapper, name, { value: original?.[name], configurable: true });
  Object.defineProperty(target, key, {
    value: wrapper,
    configurable: true,
    writable: true,
    enumerable: before?.enumerable ?? true,
  });
  const site: Installed = Object.assign(draft, { wrapper }) as Installed;
  let ofTarget = sites.get(target);
  if (!ofTarget) sites.set(target, (ofTarget = new Map()));
  ofTarget.set(key, site);
  return site;
}

function uninstall(target: object, key: PropertyKey, site: Installed): void {
  if (Object.getOwnPropertyDescriptor(target, key)?.value !== site.wrapper) return;
  if (site.before) Object.defineProperty(target, key, site.before);
  else delete (target as Record<PropertyKey, unknown>)[key];
  const ofTarget = sites.get(target);
  if (ofTarget?.get(key) === site) ofTarget.delete(key);
}
