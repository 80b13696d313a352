import { inspect, isError } from "@logbridge/core";

/** Why something failed, for a message. */
export function reasonOf(cause: unknown): string {
  return isError(cause) ? String(cause.message) : inspect(cause);
}
