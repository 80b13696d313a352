import { isError } from "@logbridge/core";
import { dataOf } from "./error-copy.ts";
import { hide, type Info, MESSAGE, valueOf, type WinstonFormat } from "./info.ts";
import { type ErrorBefore, type ErrorLeft, errorBefore, errorLeft } from "./left-error.ts";
import { hideInText, printedBefore } from "./printed-object.ts";
import { shownBy } from "./shown-values.ts";

/** Errors that we have put into infos, which no format of the application's expects there. */
const placed = new WeakSet<Error>();

/** An error of ours in an info, before a format runs on it. */
interface Placed {
  readonly key: string;
  readonly error: ErrorBefore;
  readonly fields: Info;
}

export function placeError(error: Error): void {
  placed.add(error);
}

function placedIn(info: Info): Placed | null {
  for (const key of Object.keys(info)) {
    const value = info[key];
    if (isError(value) && placed.has(value)) return { key, error: errorBefore(value, info), fields: { ...info } };
  }
  return null;
}

/**
 * Runs a format of the application's on an info that has an error of ours: what the format hides in the text, in the stack and in the
 * fields, which are the error's properties as in winston, is hidden on that error and in the line, too.
 */
export function formattedWithError(format: WinstonFormat, info: Info): Info | null {
  const before = placedIn(info);
  const printed = printedBefore(info);
  const result = (format.transform(info as never, format.options as never) || null) as Info | null;
  if (printed && result) hideInText(printed, result);
  if (!before || !result || result[before.key] !== before.error.value) return result;
  const left = leftOf(before, result);
  if (left.value === before.error.value) return result;
  const error = left.value as Error;
  const data = dataOf(error);
  hide(error, "toJSON", () => data);
  placed.add(error);
  result[before.key] = error;
  const line = result[MESSAGE];
  if (typeof line === "string") result[MESSAGE] = corrected(line, before.key, data, left.mask);
  return result;
}

/** The same for a logger that runs its format itself: the error says what is left of it when it is printed. */
export function guardError(info: Info): void {
  const before = placedIn(info);
  if (before) hide(before.error.value, "toJSON", () => dataOf(leftOf(before, info).value as Error));
}

function leftOf({ key, error, fields }: Placed, result: Info): ErrorLeft {
  const { value, message, stack, properties } = error;
  // The format has looked into the error by itself.
  if (value.message !== message || value.stack !== stack) return { value, mask: (text) => text };
  const seen: Info = {};
  const shown = shownBy(result, null);
  for (const name of ["level", "message", "stack", "metadata", "meta", key]) {
    const one = valueOf(shown, name);
    if (one !== undefined) seen[name] = one;
  }
  for (const [name, own] of properties) {
    const now = nowOf(name, value, own, { fields, shown });
    if (now !== undefined) seen[name] = now;
  }
  const before = { info: fields, message: fields["message"], stack: fields["stack"] };
  const text = valueOf(result, "message");
  return errorLeft(
    { ...error, copied: true },
    seen,
    before,
    typeof text === "string" ? text : String(fields["message"]),
  );
}

/** A property of the error as the format has left it: among the fields, or on the error itself. */
function nowOf(
  name: string,
  error: Error,
  own: unknown,
  { fields, shown }: Readonly<Record<"fields" | "shown", Info>>,
): unknown {
  const still = valueOf(error as unknown as Info, name);
  if (still !== own || !Object.hasOwn(fields, name)) return still;
  for (const holder of [shown, valueOf(shown, "metadata"), valueOf(shown, "meta")])
    if (typeof holder === "object" && holder !== null && Object.hasOwn(holder, name)) {
      const one = valueOf(holder, name);
      return one === fields[name] ? own : one;
    }
  return undefined;
}

/** A line that was made before the error was corrected. */
function corrected(line: string, key: string, data: object, mask: (text: string) => string): string {
  try {
    const parsed = JSON.parse(line) as Info;
    const holders = [parsed, parsed["metadata"], parsed["@fields"]] as (Info | null | undefined)[];
    const holder = holders.find((one) => typeof one === "object" && one !== null && Object.hasOwn(one, key));
    if (!holder) return line;
    holder[key] = data;
    return JSON.stringify(parsed, null, /^\{\n(\s+)/.exec(line)?.[1]);
  } catch {
    return mask(line);
  }
}
