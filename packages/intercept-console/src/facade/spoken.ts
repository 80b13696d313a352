import { formatConsole, type Inbound, inspect, isError, mergeFields } from "@logbridge/core";
import { errorText } from "../error-text.ts";
import { directivesOf, ERROR_KEYS } from "../map.ts";

/** What a call of a facade says. */
export type Spoken = Pick<Inbound, "message" | "template" | "args" | "fields" | "error" | "printed" | "reprint">;

/** The values of a call, without what its text's directives take. */
interface Values {
  readonly error: unknown;
  readonly fields: Record<string, unknown> | undefined;
  /** What is neither an error nor fields. */
  readonly others: readonly unknown[];
}

/**
 * Reads a call whose text stands first, or second behind an object or error; in whatever order, nothing is lost: the first error is the
 * exception, the others stay in `args`; objects are fields and not in the text; the rest is in `args`, and in the text as `console` writes it.
 *
 * @param isFields is this object a bearer of fields, rather than a value?
 */
export function readSpoken(data: readonly unknown[], isFields: (value: unknown) => boolean): Spoken {
  const at = typeof data[0] === "string" ? 0 : typeof data[1] === "string" ? 1 : -1;
  if (at < 0) return withoutText(sorted(data, isFields));
  const text = data[at] as string;
  const behind = data.slice(at + 1);
  const taken = directivesOf(text);
  const filled = behind.slice(0, taken);
  const { error, fields, others } = sorted([...data.slice(0, at), ...behind.slice(taken)], isFields);
  const thrown = error === undefined ? filled.find((value) => isError(value)) : error;
  const printed = [text, ...filled, ...others];
  const message = formatConsole(printed);
  return {
    message,
    printed,
    reprint: { text: message, from: formatConsole },
    template: text,
    args: [...filled, ...others],
    ...(fields && { fields }),
    ...(thrown !== undefined && { error: thrown }),
  };
}

/**
 * A value that cannot be put into words (`%j` of a BigInt, a `toString()` that throws): a call of a logger does not throw, and what was
 * given is in the record.
 *
 * @param otherwise the text where no value is one
 */
export function saidOrGiven<S extends Spoken | null>(
  say: (data: readonly unknown[]) => S,
  data: readonly unknown[],
  otherwise: string,
): S | Spoken {
  try {
    return say(data);
  } catch {
    const at = data.findIndex((value) => typeof value === "string");
    const text = at < 0 ? otherwise : (data[at] as string);
    const args = data.filter((_value, index) => index !== at);
    const error = args.find((value) => isError(value));
    return { message: text, template: text, args, ...(error !== undefined && { error }) };
  }
}

function withoutText({ error, fields, others }: Values): Spoken {
  const message = others.length > 0 ? formatConsole(others) : wholeText(error, fields);
  const reprint = others.length > 0 ? { printed: others, reprint: { text: message, from: formatConsole } } : null;
  return { message, args: others, ...reprint, ...(fields && { fields }), ...(error !== undefined && { error }) };
}

/** The text of a call that has none. */
function wholeText(error: unknown, fields: object | undefined): string {
  if (isError(error)) return errorText(error);
  return fields ? inspect(fields) : "";
}

function sorted(values: readonly unknown[], isFields: (value: unknown) => boolean): Values {
  const error = values.find((value) => isError(value));
  const bearers = values.filter((value) => !isError(value) && isFields(value));
  const others = values.filter((value) => (error === undefined || value !== error) && !bearers.includes(value));
  const fields = bearers.length > 0 ? mergeFields(...(bearers as Record<string, unknown>[])) : undefined;
  if (error !== undefined || !fields) return { error, fields, others };
  const key = ERROR_KEYS.find((one) => isError(fields[one]));
  if (key === undefined) return { error, fields, others };
  const { [key]: thrown, ...rest } = fields;
  return { error: thrown, fields: rest, others };
}
