import { type Bindings, bindingsOf } from "./bindings.ts";
import { parsed } from "./parsed.ts";
import { isHidden } from "./taken-error.ts";
import { type PinoLogger, part, serializersOf } from "./their-logger.ts";
import type { Written } from "./written.ts";

/** A line is level, time, bindings, and the body: the call's own fields and the text. Each as `,"key":value`. */
export function split({ logger, number, time, line }: Written): { readonly bindings: Bindings; readonly body: string } {
  const level = (part(logger, "lsCache") as Readonly<Record<number, string>> | undefined)?.[number] ?? "";
  const bound = String(part(logger, "chindings") ?? "");
  const start = level + time + bound;
  const end = line.lastIndexOf("}");
  if (line.startsWith(start)) return { bindings: bindingsOf(bound), body: line.slice(start.length, end) };
  // Another version of pino, or a patched one: level and time are known, whatever else is there is taken for the call's.
  const { level: _level, time: _time, ...rest } = parsed(`,${line.slice(1, end)}`);
  return { bindings: bindingsOf(""), body: `,${JSON.stringify(rest).slice(1, -1)}` };
}

/** The text stands at the end, and its key cannot be inside of it: there the quotes are escaped. A field of that key stands before. */
export function withoutText(
  body: string,
  key: string,
  text: unknown,
  logger: PinoLogger,
): { readonly props: string; readonly message: unknown } {
  const start = `,"${key}":`;
  const at = text === undefined ? -1 : body.lastIndexOf(start);
  if (at < 0) return { props: body, message: undefined };
  const isPlain = typeof text === "string" && !isHidden(logger, key) && serializersOf(logger)[key] === undefined;
  if (isPlain) return { props: body.slice(0, at), message: text };
  const { [key]: message, ...rest } = parsed(body.slice(at));
  if (message !== undefined && Object.keys(rest).length === 0) return { props: body.slice(0, at), message };
  const { [key]: whole, ...others } = parsed(body);
  // Neither is JSON where the text is redacted with `remove`: pino then writes `undefined`.
  if (whole === undefined) return { props: body.slice(0, at), message: "" };
  // The text is an object that has this key itself.
  return { props: `,${JSON.stringify(others).slice(1, -1)}`, message: whole };
}
