/** The first of these methods that nobody can replace: the object is frozen, or the property was defined so. */
export function fixedAmong<Key extends string>(target: object, methods: readonly Key[]): Key | undefined {
  return methods.find((key) => {
    const own = Object.getOwnPropertyDescriptor(target, key);
    return own ? own.configurable === false : !Object.isExtensible(target);
  });
}
