import { isError } from "@logbridge/core";
import { bareError, DEEPEST, hide, type Info, valueOf } from "./info.ts";

/** What is told of an error's texts. */
export type Mask = (text: string) => string;

/** An error of the same class that has nothing but its message and stack. */
export function bareCopy(error: Error, message: string, stack?: string): Error {
  const copy = bareError();
  Object.setPrototypeOf(copy, Object.getPrototypeOf(error) as object);
  hide(copy, "message", message);
  const name = valueOf(error as unknown as Info, "name");
  if (typeof name === "string") hide(copy, "name", name);
  hide(copy, "stack", stack ?? `${error.name}: ${message}${framesOf(error.stack)}`);
  return copy;
}

export function framesOf(stack: unknown): string {
  const at = typeof stack === "string" ? stack.indexOf("\n    at ") : -1;
  return at < 0 ? "" : (stack as string).slice(at);
}

/** Causes and inner errors without properties: no format has left these, and texts that it hid are hidden there. */
export function addBareCauses(copy: Error, error: Error, mask: Mask, depth = 0): Error {
  const cause = valueOf(error as unknown as Info, "cause");
  if (cause !== undefined && depth < DEEPEST) hide(copy, "cause", bareCause(cause, mask, depth + 1));
  const errors = valueOf(error as unknown as Info, "errors");
  if (Array.isArray(errors) && depth < DEEPEST)
    hide(
      copy,
      "errors",
      errors.map((one) => bareCause(one, mask, depth + 1)),
    );
  return copy;
}

function bareCause(value: unknown, mask: Mask, depth: number): unknown {
  if (isError(value)) return addBareCauses(bareCopy(value, mask(String(value.message))), value, mask, depth);
  if (typeof value === "string") return mask(value);
  return typeof value === "object" || typeof value === "function" ? null : value;
}

/** Is there anything in an error's causes that the test is true for? */
export function someCause(error: Error, test: (cause: unknown) => boolean, depth = 0): boolean {
  const { errors, cause } = {
    errors: valueOf(error as unknown as Info, "errors"),
    cause: valueOf(error as unknown as Info, "cause"),
  };
  if (depth >= DEEPEST) return false;
  return [cause, ...(Array.isArray(errors) ? (errors as unknown[]) : [])].some(
    (one) => one !== undefined && (test(one) || (isError(one) && someCause(one, test, depth + 1))),
  );
}
