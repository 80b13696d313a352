import { isError } from "@logbridge/core";
import { addBareCauses, bareCopy, framesOf } from "./bare-copy.ts";
import { copied, type Info, LEVEL, put, valueOf, type WinstonFormat } from "./info.ts";
import { type ErrorBefore, type ErrorLeft, errorLeft } from "./left-error.ts";
import { ANSI, maskedValue } from "./masking.ts";
import { shownBy } from "./shown-values.ts";

/**
 * What a format would have left of an error that it did not get, since winston keeps it behind the text: it runs on the error's parts
 * alone. Class and frames where it drops them or throws.
 *
 * @param left what is left of it by what the format did to the record
 * @param level the record's level, by winston's name
 */
export function unseenError(
  error: ErrorBefore,
  left: ErrorLeft,
  format: WinstonFormat,
  level: string,
): { readonly value: unknown } {
  const own = formattedAlone(error, format, level);
  if (own === error.value) return left;
  if (left.value === error.value) return { value: own };
  const { mask } = left;
  const copy = bareCopy(own, mask(own.message), mask(own.stack ?? ""));
  addBareCauses(copy, own, mask);
  const parts = own as unknown as Info;
  for (const key of Object.keys(own)) put(copy as unknown as Info, key, maskedValue(key, valueOf(parts, key), 0));
  return { value: copy };
}

function formattedAlone(error: ErrorBefore, format: WinstonFormat, level: string): Error {
  const { value, message, stack, properties } = error;
  const info: Info = { level, message, [LEVEL]: level };
  if (stack !== "") info["stack"] = stack;
  for (const [key, one] of properties) put(info, key, copied(one));
  const before = { info, message, stack: stack === "" ? undefined : stack };
  const keys = Object.keys(info);
  try {
    const result = format.transform(info as never, format.options as never);
    if (typeof result === "object" && result !== null) {
      const seen = shownBy(result as Info, keys);
      const text = isError(seen) ? seen.message : valueOf(seen, "message");
      const shown = typeof text === "string" ? text.replace(ANSI, "") : message;
      return errorLeft({ ...error, copied: true }, seen, before, shown).value as Error;
    }
  } catch {
    // It would have lost the record; this one is there already.
  }
  return bareCopy(value, "[Redacted]", `${value.name}: [Redacted]${framesOf(stack)}`);
}
