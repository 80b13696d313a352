import { isError, report } from "@logbridge/core";

/** What stands in a line for a value whose serializer has thrown. */
export const FAILED = "[serializer failed]";

type Function_ = (...args: never[]) => unknown;

const reported = new WeakSet<Function_>();

/** What a serializer shows of a value: one that throws costs the value, and no record. */
export function serialized(key: string, serializer: (value: never) => unknown, value: unknown): unknown {
  return guarded(`serializers.${key}`, serializer, () => serializer(value as never), FAILED);
}

/**
 * Calls a function of the application. What it throws is reported once (LB1573).
 *
 * @param otherwise the result where it throws
 */
export function guarded<T>(what: string, theirs: Function_, call: () => T, otherwise: T): T {
  try {
    return call();
  } catch (error) {
    if (!reported.has(theirs)) {
      reported.add(theirs);
      const why = JSON.stringify(isError(error) ? String(error.message) : String(error));
      report("LB1573", `pino: ${what} threw ${why}; the record is logged without what it would show`);
    }
    return otherwise;
  }
}
