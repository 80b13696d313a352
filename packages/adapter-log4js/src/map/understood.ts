import { formatConsole, inspect, isError, isPlainObject, type LogRecord, mergeFields } from "@logbridge/core";

/** A call of log4js, understood. */
export interface Understood {
  readonly message: string;
  readonly template: string;
  readonly args: readonly unknown[];
  readonly fields: Record<string, unknown>;
  readonly error: { readonly value: unknown } | null;
}

const DIRECTIVE = /%[%sdijfoOc]/g;

/** How many of the values behind a text its directives take. */
function countTaken(data: readonly unknown[]): number {
  const [text] = data;
  if (typeof text !== "string") return 0;
  const directives = (text.match(DIRECTIVE) ?? []).filter((one) => one !== "%%").length;
  return Math.min(directives, data.length - 1);
}

/**
 * What a call says: the text as log4js prints it, but without the stack of an error that stands behind it, since that is the
 * record's exception; and as fields the logger's context and the objects that no directive took.
 */
export function understand(data: readonly unknown[], context: unknown): Understood {
  const [first] = data;
  const from = typeof first === "string" ? 1 + countTaken(data) : 0;
  const at = data.findIndex(isError);
  const fields = mergeFields(...[context, ...data.slice(from)].filter(isPlainObject));
  const message = textOf(data, at >= from ? at : -1);
  const isText = typeof first === "string";
  const args = data.slice(isText ? 1 : 0);
  calls.set(args, { message, text: isText ? first : null });
  return { message, template: isText ? first : message, args, fields, error: at < 0 ? null : { value: data[at] } };
}

/** What was said, by the arguments of its record. */
const calls = new WeakMap<readonly unknown[], { readonly message: string; readonly text: string | null }>();

/**
 * The values that a call of log4js was made with. `null` for a record that comes from elsewhere, and for one whose message or
 * arguments are others by now: they were redacted, or a patcher has changed them.
 */
export function dataOf({ args, message }: LogRecord): readonly unknown[] | null {
  const said = calls.get(args);
  if (said?.message !== message) return null;
  return said.text === null ? args : [said.text, ...args];
}

function textOf(data: readonly unknown[], hidden: number): string {
  const shown = data.filter((_, index) => index !== hidden);
  if (data.length === 0) return "";
  if (shown.length === 0) return messageOf(data[hidden] as object);
  // A text alone stays as it is; with something behind it, `%%` is one `%`, also when that is not shown.
  if (hidden < 0 || shown.length > 1) return printed(shown);
  return typeof shown[0] === "string" ? printed([shown[0], ""]).slice(0, -1) : printed(shown);
}

/** As log4js prints it; its values may say themselves how they are shown, and fail at that. */
function printed(values: readonly unknown[]): string {
  try {
    return formatConsole(values);
  } catch {
    return values.map((value) => (typeof value === "string" ? value : inspect(value))).join(" ");
  }
}

function messageOf(error: object): string {
  const message: unknown = Object.getOwnPropertyDescriptor(error, "message")?.value;
  return typeof message === "string" ? message : "";
}
