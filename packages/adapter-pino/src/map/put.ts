/** Sets a property that may be called `__proto__`. */
export function put(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__")
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}

/** The own enumerable properties of what the application binds to a logger: as with pino, getters are asked once, there. */
export function boundOf(value: object): Record<string, unknown> {
  const bound: Record<string, unknown> = {};
  for (const key of Object.keys(value))
    try {
      put(bound, key, (value as Record<string, unknown>)[key]);
    } catch {
      put(bound, key, "[Getter]");
    }
  return bound;
}

/** The own enumerable data properties; getters are not run. */
export function dataOf(value: unknown): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  if (typeof value !== "object" || value === null) return data;
  for (const key of Object.keys(value)) {
    const found = Object.getOwnPropertyDescriptor(value, key);
    if (found) put(data, key, "value" in found ? found.value : "[Getter]");
  }
  return data;
}
