/**
 * What stands for the parts that a runtime lacks ("node:fs", `process`). While a file is read they may be used, to no effect, so that one
 * test that needs them does not cost the others; a test that uses one fails, and is known as one that cannot run there.
 */

const touched = new Set<string>();
let reading = true;

/** The file is read: from here on, whoever uses what is missing is told. */
export function endReading(): void {
  reading = false;
}

/** @returns what has been used since this was asked last, though it is missing */
export function takeTouched(): readonly string[] {
  const names = [...touched];
  touched.clear();
  return names;
}

/** The stand-in of one missing part. @param name such as "node:fs" */
export function missing(name: string): object {
  const use = (): object => {
    touched.add(name);
    if (!reading) throw new Error(`${name} is missing in this runtime`);
    return standIn;
  };
  const standIn: object = new Proxy(function standsForWhatIsMissing() {}, {
    apply: use,
    construct: use,
    set: () => use() === standIn,
    deleteProperty: () => use() === standIn,
    get(_target, key) {
      // Neither a promise nor a list, and not what a bundler asks a module for.
      if (key === "then" || key === "__esModule" || key === Symbol.iterator || key === Symbol.asyncIterator) return;
      if (key === Symbol.toPrimitive || key === "toString") return () => `[${name} is missing]`;
      return standIn;
    },
  });
  return standIn;
}
