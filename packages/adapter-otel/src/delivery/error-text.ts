import { inspect, isError } from "@logbridge/core";

/** What an error says, on one line; no code of its owner runs. */
export function errorText(error: unknown): string {
  if (typeof error === "string") return error;
  const message: unknown = isError(error) ? Object.getOwnPropertyDescriptor(error, "message")?.value : undefined;
  return typeof message === "string" && message !== "" ? message.replace(/\s+/g, " ").slice(0, 500) : inspect(error);
}
