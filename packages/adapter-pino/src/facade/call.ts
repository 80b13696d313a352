import { inspect, isError, isPlainObject } from "@logbridge/core";
import { fillPercent } from "../map/percent-text.ts";
import { dataOf, put } from "../map/put.ts";
import { httpKind, httpView } from "./http-objects.ts";
import { ERROR_KEY, MESSAGE_KEY, type ShownFields, type Ways } from "./ways.ts";

/** What a call of pino says, in the parts of our record. */
export interface Said {
  readonly message: string;
  readonly template: string;
  readonly args: readonly unknown[];
  readonly fields: Record<string, unknown>;
  readonly error: { readonly value: unknown } | null;
  /** No text was given: the message is made of the rest. */
  readonly isTextless: boolean;
  /** The text stood among the fields. */
  readonly isField: boolean;
}

const UNREADABLE = "[unreadable]";

/** The arguments of a call, sorted by pino's rules. */
interface Sorted {
  readonly object: Record<string, unknown>;
  readonly text: unknown;
  readonly values: readonly unknown[];
}

/**
 * Understands a call as pino does: `(text, ...values)`, `(object, text, ...values)`, `(error)`, `(error, text)`. What pino would lose is
 * kept: of the values that no placeholder took, an error is the exception, a plain object at the end is fields, others stand at
 * the text's end.
 */
export function understand(ways: Ways, prefix: string, args: readonly unknown[], label: string, number: number): Said {
  try {
    return understood(ways, prefix, args, label, number);
  } catch {
    return understoodInPart(ways, prefix, args, label, number);
  }
}

/** A revoked proxy, say: what cannot be looked at costs itself alone, and throws nothing into the application. */
function understoodInPart(ways: Ways, prefix: string, args: readonly unknown[], label: string, number: number): Said {
  try {
    const readable = args.map((value) => (isReadable(value) ? value : UNREADABLE));
    return understood(ways, prefix, readable, label, number);
  } catch {
    return {
      message: UNREADABLE,
      template: UNREADABLE,
      args: [],
      fields: {},
      error: null,
      isTextless: false,
      isField: false,
    };
  }
}

function understood(ways: Ways, prefix: string, args: readonly unknown[], label: string, number: number): Said {
  const { object, text, values } = sorted(args);
  const template = templateOf(prefix, text);
  const filled = template === null ? null : fillPercent(template, values, (value) => ways.json(value));
  const left = [...(isError(text) ? [text] : []), ...(filled ? filled.left : values)];
  const last = left.at(-1);
  const ends = isPlainObject(last);
  if (ends) moveFields(object, left.pop() as object);
  keepError(object, [text, ...values]);
  const said = filled?.text ?? ownText(object, text);
  const shown = ways.call(object, said, label, number);
  // What was hidden in the text is in its template and arguments too.
  const isChanged = said !== undefined && shown.text !== said;
  const isErrorText = shown.error !== null && Object.hasOwn(object, ERROR_KEY);
  const rest = left.filter((value) => value !== object[ERROR_KEY]).map((value) => textOf(ways.inText(value)));
  const message = [messageOf(shown), ...rest].filter((one) => one !== "").join(" ");
  return {
    message,
    template: isChanged ? message : (template ?? message),
    args: isChanged ? [] : (ends ? values.slice(0, -1) : values).map((value) => ways.inText(value)),
    fields: shown.fields,
    error: shown.error,
    // As with pino, an error under its own key is the text where there is none.
    isTextless: shown.text === undefined && !isErrorText && rest.every((one) => one === ""),
    isField: said === undefined && shown.text !== undefined,
  };
}

function isReadable(value: unknown): boolean {
  try {
    isError(value);
    isPlainObject(value);
    dataOf(value);
    httpKind(value);
    return true;
  } catch {
    return false;
  }
}

function sorted([first, ...rest]: readonly unknown[]): Sorted {
  const [text, ...values] = rest;
  if (first === undefined || (first === null && rest.length > 0)) return { object: {}, text, values };
  if (typeof first !== "object" || first === null) return { object: {}, text: first, values: rest };
  const kind = isError(first) ? null : httpKind(first);
  if (kind) return { object: { [kind]: httpView(first, kind) }, text, values };
  return { object: isError(first) ? { [ERROR_KEY]: first } : dataOf(first), text: text ?? undefined, values };
}

/** The text with its placeholders; `null` where there is none. */
function templateOf(prefix: string, text: unknown): string | null {
  if (typeof text === "string") return prefix + text;
  return prefix === "" || text === undefined || text === null || isError(text) ? null : prefix + textOf(text);
}

/** A value after the text is as good as one before it, which wins. */
function moveFields(object: Record<string, unknown>, from: object): void {
  const more = dataOf(from);
  for (const key of Object.keys(more)) if (!Object.hasOwn(object, key)) put(object, key, more[key]);
}

/** The first error that was given anywhere is the exception. */
function keepError(object: Record<string, unknown>, values: readonly unknown[]): void {
  if (Object.hasOwn(object, ERROR_KEY) || Object.values(object).some(isError)) return;
  const given = values.find(isError);
  if (given) object[ERROR_KEY] = given;
}

/** The text where none was written: the error's, unless there is one among the fields. */
function ownText(object: Record<string, unknown>, text: unknown): unknown {
  if (text !== undefined && !isError(text)) return text;
  const { [MESSAGE_KEY]: own, [ERROR_KEY]: error } = object;
  if (own !== undefined) return undefined;
  const { message } = dataOf(isError(error) ? {} : error);
  return typeof message === "string" ? message : undefined;
}

function messageOf({ text, error, fields }: ShownFields): string {
  if (text !== undefined) return textOf(text);
  if (error && isError(error.value)) return String(error.value.message);
  return Object.keys(fields).length > 0 ? inspect(fields) : "";
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : inspect(value);
}
