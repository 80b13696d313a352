import type { LogRecord } from "../record/record.ts";

/**
 * The name that somebody gave a record: `forModule()`, or the library that it was intercepted from. `null` where only the
 * caller's module would say it. Looks at no stack, and says the same whether or not another handler did.
 *
 * @example
 * const category = givenName(record) ?? "default";
 */
export function givenName(record: LogRecord): string | null {
  const name = record._name ?? null;
  return name !== null && record._caller?.name === name ? null : name;
}
