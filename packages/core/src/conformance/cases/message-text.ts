import type { Bench } from "../bench.ts";

/** Several libraries print the values that were logged with a message behind it, and that is then their message. */
function startsWith(actual: string | undefined, message: string): boolean {
  return actual?.startsWith(message) === true && /^\s/.test(actual.slice(message.length));
}

/** The message of a call that had more than a message: to the letter outward, with the values behind it at most inward. */
export function expectMessage(bench: Bench, actual: string | undefined, message: string): void {
  if (bench.inward && startsWith(actual, message)) return;
  bench.exam.same("message", actual, message, "the message");
}
