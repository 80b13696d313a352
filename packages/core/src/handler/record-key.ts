import type { LogRecord } from "../record/record.ts";
import { givenKey, type KeyValue, rememberedKey } from "./key-text.ts";
import { type Called, wrongOption } from "./suppression-options.ts";

/** What records have in common that count as equal. */
export type ThrottlePart<Extra extends object = Record<string, unknown>> =
  | "message"
  | "level"
  | "name"
  | "site"
  | ((record: LogRecord<Extra>) => KeyValue);

/** How the key of a record is found. */
export interface RecordKey {
  /** `null`: the record has none. */
  readonly of: (record: LogRecord<object>) => string | null;
  /** The key as a person reads it. */
  readonly textOf: (key: string) => string;
  readonly needsCaller: boolean;
  readonly runsUserCode: boolean;
}

type PartOf = (record: LogRecord<object>) => string | null;

const PARTS: Readonly<Record<string, PartOf>> = {
  message: ({ template }) => template,
  level: (record) => record._level.name,
  name: ({ name }) => name ?? "(unknown)",
  site: siteOf,
};
const NEED_CALLER: readonly unknown[] = ["name", "site"];
const ALLOWED = `${Object.keys(PARTS)
  .map((part) => `"${part}"`)
  .join(", ")}, a function that gives the key, or a list of these`;

/** Where nobody knows the place of a call, its message stands for it. */
function siteOf(record: LogRecord<object>): string {
  const { file } = record;
  return file === null ? record.template : `${file.path}:${record.line}:${record.column}`;
}

/** Stands between the parts of a key, and stands for its first character inside of one: no two lists of parts give the same key. */
const BETWEEN = "\u0000\u0002";
const INSIDE = "\u0000\u0001";

/**
 * Compiles the option `per`.
 *
 * @throws LogbridgeTypeError with the function's code where it names no part of a record
 */
export function compileRecordKey(called: Called, per: unknown): RecordKey {
  const list: readonly unknown[] = Array.isArray(per) ? per : [per];
  if (list.length === 0) throw wrongOption(called, "per", ALLOWED, per);
  const parts = list.map((part, index) => partOf(called, part, Array.isArray(per) ? `per[${index}]` : "per"));
  const needs = {
    needsCaller: list.some((part) => NEED_CALLER.includes(part)),
    runsUserCode: list.some((part) => typeof part === "function"),
  };
  const [first, ...rest] = parts as [PartOf, ...PartOf[]];
  if (rest.length > 0)
    return {
      of: (record) => joined(parts, record),
      textOf: (key) => key.replaceAll(BETWEEN, " ").replaceAll(INSIDE, "\u0000"),
      ...needs,
    };
  const of: PartOf = (record) => {
    const text = first(record);
    return text === null ? null : rememberedKey(text);
  };
  return { of, textOf: (key) => key, ...needs };
}

function partOf(called: Called, part: unknown, option: string): PartOf {
  if (typeof part === "function") {
    const ask = part as (record: LogRecord<object>) => unknown;
    return (record) => givenKey(ask(record), `${called.name}(): ${option}`);
  }
  const known = typeof part === "string" && Object.hasOwn(PARTS, part) ? PARTS[part] : undefined;
  if (known === undefined) throw wrongOption(called, option, ALLOWED, part);
  return known;
}

/** One part that is none: no key at all. */
function joined(parts: readonly PartOf[], record: LogRecord<object>): string | null {
  let key = "";
  for (let index = 0; index < parts.length; index++) {
    const part = (parts[index] as PartOf)(record);
    if (part === null) return null;
    const remembered = rememberedKey(part);
    const plain = remembered.includes("\u0000") ? remembered.replaceAll("\u0000", INSIDE) : remembered;
    key = index === 0 ? plain : key + BETWEEN + plain;
  }
  return key;
}
