/**
 * What exists once per process, however many copies and versions of this package are loaded: plain, additive data
 * under one symbol. A newer copy adds fields, an older one ignores them; no copy removes or changes the meaning of one.
 */
const KEY = Symbol.for("logbridge.v1");

type ProcessState = Record<string, unknown>;

/**
 * The part of the process state with this name, made by the first copy that asks for it.
 *
 * @param name the part
 * @param create makes it where it is not there yet
 */
export function processState<T>(name: string, create: () => T): T {
  const holder = globalThis as unknown as Record<symbol, ProcessState | undefined>;
  let state = holder[KEY];
  if (!state) {
    state = Object.create(null) as ProcessState;
    Object.defineProperty(holder, KEY, { value: state, enumerable: false });
  }
  state[name] ??= create();
  return state[name] as T;
}
