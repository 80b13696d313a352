import { readError } from "@logbridge/core";

/**
 * The text of an error that stands alone: its message, and what it is called where it has none, so that no record is empty. A getter
 * that somebody put there does not run.
 */
export function errorText(error: Error): string {
  const own: unknown = Object.getOwnPropertyDescriptor(error, "message")?.value;
  // Reading the whole makes the engine write the stack, which most errors need not have for this.
  if (typeof own === "string" && own !== "") return own;
  const { message, type } = readError(error);
  return message === "" ? type : message;
}
