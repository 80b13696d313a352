import { givenName, type LogRecord, type Origin } from "@logbridge/core";
import type { Copy } from "../levels.ts";

/** What a record comes from. */
interface Source {
  readonly category: string;
  /** The copy of log4js, by the prototype of its loggers; `null` for a facade, which belongs to none. */
  readonly prototype: object | null;
}

const sources = new WeakMap<Origin, Source>();

/** The origin of a record that was said to a logger of this category. */
export function originIn(
  category: string,
  prototype: object | null,
  level: { readonly levelStr: string; readonly level: number },
): Origin {
  const origin: Origin = { name: "log4js", level: { name: level.levelStr, no: level.level } };
  sources.set(origin, { category, prototype });
  return origin;
}

/** The category that a record was said to, in this copy or in a facade; `null` for records from elsewhere. */
export function saidCategory({ origin }: LogRecord, copy: Copy): string | null {
  const source = origin && sources.get(origin);
  return source && (source.prototype === null || source.prototype === copy.Logger.prototype) ? source.category : null;
}

/**
 * The category of a record: the name that somebody gave it. The module that a call was made in says it only where there is a category of that
 * name, so that it is the same whether or not another handler has looked for the caller.
 *
 * @param otherwise the category of records without a name
 */
export function categoryOf(
  record: LogRecord,
  isConfigured: (category: string) => boolean,
  otherwise: string = "default",
): string {
  if (record.origin?.name === "log4js") return record.name || otherwise;
  const given = givenName(record);
  if (given) return given;
  const { name } = record;
  return name && isConfigured(name) ? name : otherwise;
}
