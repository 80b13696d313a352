import { platform } from "#platform";

/**
 * A value on one line, whatever it is. Runtimes read some accessors while they inspect (`Symbol.toStringTag`, an error's `stack`),
 * and those may throw.
 */
export function inspectSafely(value: unknown, depth: number): string {
  try {
    return platform.inspect(value, { oneLine: true, depth });
  } catch {
    return "[Unreadable]";
  }
}
