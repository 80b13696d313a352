import { platform } from "#platform";
import { rawText } from "../format/raw.ts";

/** A value as the console prints it beside a text: strings bare, the rest inspected, nothing of the user's run. */
export function asText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "object" && value !== null)
    return platform.isError(value) ? errorMessage(value) : (rawText(value) ?? inspected(value));
  return typeof value === "function" || typeof value === "symbol" || typeof value === "bigint"
    ? inspected(value)
    : String(value);
}

/** A value on one line. */
export function inspected(value: unknown): string {
  return platform.inspect(value, { oneLine: true });
}

/** An error's message without running a getter that a user put there. */
export function errorMessage(error: Error): string {
  if (platform.isProxy(error)) return "[Proxy of an error]";
  for (let at: object | null = error; at; at = Object.getPrototypeOf(at) as object | null) {
    const found = Object.getOwnPropertyDescriptor(at, "message");
    if (found)
      return typeof found.value === "string" ? found.value : "value" in found ? asText(found.value) : "[Getter]";
  }
  return "";
}
