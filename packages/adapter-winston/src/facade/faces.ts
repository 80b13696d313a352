/** Makes one method of a logger, root or child, so that it works detached, too. */
export type MakeMethod = (face: object) => unknown;

/**
 * Gives an object methods that are made when they are first asked for: a child logger is cheap, and each of its methods knows it.
 * They can be overwritten as any property.
 *
 * @param target the root, or what all children inherit from
 */
export function defineMethods(target: object, methods: ReadonlyMap<string, MakeMethod>): void {
  for (const [name, make] of methods) {
    const own = (face: object, value: unknown): void => {
      Object.defineProperty(face, name, { value, writable: true, enumerable: true, configurable: true });
    };
    Object.defineProperty(target, name, {
      configurable: true,
      enumerable: true,
      get(this: object) {
        const made = make(this);
        own(this, made);
        return made;
      },
      set(this: object, value: unknown) {
        own(this, value);
      },
    });
  }
}
