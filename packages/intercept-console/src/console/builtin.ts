/**
 * A module of the runtime, asked of the process, so that a bundle for browsers has no import of it.
 *
 * @returns `undefined` where there is none
 */
export function builtin<Module>(name: string): Module | undefined {
  const host = globalThis as { readonly process?: { getBuiltinModule?(name: string): unknown } };
  return host.process?.getBuiltinModule?.(name) as Module | undefined;
}
