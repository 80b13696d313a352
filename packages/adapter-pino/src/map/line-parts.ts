import { type Bindings, bindingsIn, bindingsOf } from "./bindings.ts";
import { parsed, parsedOrNull } from "./parsed.ts";
import { put } from "./put.ts";
import { isHidden } from "./taken-error.ts";
import { part, serializersOf } from "./their-logger.ts";
import type { Written } from "./written.ts";

/**
 * A line is level, time, bindings, and the body: the call's own fields and the text. Each as `,"key":value`. `null` for what a hook has made no
 * JSON.
 */
export function split({ logger, number, time, line, isHooked = false }: Written): {
  readonly bindings: Bindings;
  readonly body: string;
} | null {
  const level = (part(logger, "lsCache") as Readonly<Record<number, string>> | undefined)?.[number] ?? "";
  const bound = String(part(logger, "chindings") ?? "");
  const start = level + time + bound;
  const end = line.lastIndexOf("}");
  if (line.startsWith(start)) return { bindings: bindingsOf(bound), body: line.slice(start.length, end) };
  if (isHooked) return splitHooked(level + time, bound, line);
  // Another version of pino, or a patched one: level and time are known, whatever else is there is taken for the call's.
  const { level: _level, time: _time, ...rest } = parsed(`,${line.slice(1, end)}`);
  return { bindings: bindingsOf(""), body: `,${JSON.stringify(rest).slice(1, -1)}` };
}

/** A hook has changed the line before its body: what has the keys of bindings are some. */
function splitHooked(start: string, bound: string, line: string): ReturnType<typeof split> {
  const whole = parsedOrNull(`,${line.slice(line.indexOf("{") + 1, line.lastIndexOf("}"))}`);
  if (!whole) return null;
  for (const key of Object.keys(parsed(`,${start.slice(1)}`))) delete whole[key];
  const bindings: Record<string, unknown> = {};
  for (const key of Object.keys(parsed(bound))) {
    if (!Object.hasOwn(whole, key)) continue;
    put(bindings, key, whole[key]);
    delete whole[key];
  }
  return { bindings: bindingsIn(bindings), body: `,${JSON.stringify(whole).slice(1, -1)}` };
}

/** The text stands at the end, and its key cannot be inside of it: there the quotes are escaped. A field of that key stands before. */
export function withoutText(
  body: string,
  key: string,
  text: unknown,
  { logger, isHooked = false }: Written,
): { readonly props: string; readonly message: unknown } {
  const start = `,"${key}":`;
  const at = text === undefined ? -1 : body.lastIndexOf(start);
  if (at < 0) return { props: body, message: undefined };
  const isPlain =
    !isHooked && typeof text === "string" && !isHidden(logger, key) && serializersOf(logger)[key] === undefined;
  if (isPlain) return { props: body.slice(0, at), message: text };
  const { [key]: message, ...rest } = parsed(body.slice(at));
  if (message !== undefined && Object.keys(rest).length === 0) return { props: body.slice(0, at), message };
  const { [key]: whole, ...others } = parsed(body);
  // Neither is JSON where the text is redacted with `remove`: pino then writes `undefined`.
  if (whole === undefined) return { props: body.slice(0, at), message: "" };
  // The text is an object that has this key itself.
  return { props: `,${JSON.stringify(others).slice(1, -1)}`, message: whole };
}
