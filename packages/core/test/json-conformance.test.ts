import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loguruJson } from "../src/format/json.ts";
import { ianaZone } from "../src/format/time.ts";
import { LogRecord, NONE } from "../src/record/record.ts";

interface Row {
  readonly id: string;
  readonly python_only: boolean;
  readonly now: string;
  readonly started: string;
  readonly tz: string;
  readonly message: string;
  readonly no_name?: boolean;
  readonly bind?: Readonly<Record<string, unknown>>;
  readonly exception?: { readonly type: string; readonly args: readonly [string] };
  readonly raises?: { readonly type: string; readonly args: readonly [string] };
  readonly volatile: readonly string[];
  readonly expected: {
    readonly text: unknown;
    readonly record: Readonly<Record<string, unknown>> & {
      readonly extra: object;
      readonly level: { name: string; no: number; icon: string };
      readonly message: string;
    };
  };
}

const table = JSON.parse(readFileSync(new URL("./fixtures/conformance/serialize.json", import.meta.url), "utf8")) as {
  readonly key_order: { readonly top: string[]; readonly record: string[] };
  readonly rows: readonly Row[];
};

/** Python's trace of no error at all: JavaScript has no error being handled, so there is no exception. */
const OTHERWISE: ReadonlySet<string> = new Set(["se-022"]);

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  integer: Number.isInteger,
  boolean: (value) => typeof value === "boolean",
};

/** Microseconds of an ISO time with six digits. */
function microsOf(text: string): number {
  return Date.parse(`${text.slice(0, 19)}Z`) * 1000 + Number(text.slice(20, 26));
}

function plainOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const special = (value as { $special?: string }).$special;
  if (special === "tuple") return [1, 2];
  if (special === "float_int") return 1;
  return special === undefined ? value : undefined;
}

/** What logging would make of the row; the functions under test turn it into JSON. */
function recordOf(row: Row): LogRecord {
  const { expected } = row;
  const thrown = row.exception ?? row.raises;
  const error = thrown && Object.assign(new Error(thrown.args[0]), { name: thrown.type });
  const bound = Object.fromEntries(
    Object.entries(row.bind ?? expected.record.extra).map(([key, value]) => [key, plainOf(value)]),
  );
  return new LogRecord({
    seq: 1,
    micros: microsOf(row.now),
    startedMicros: microsOf(row.started),
    level: expected.record.level,
    message: expected.record.message,
    markup: null,
    template: row.message,
    args: [],
    extra: bound,
    thrown: error ?? NONE,
    raw: false,
    name: row.no_name ? null : "my.module",
    caller: {
      functionName: "run",
      path: "/srv/my/module.js",
      fileName: "module.js",
      line: 1,
      column: 1,
      name: "my.module",
      module: "module",
    },
    callerSource: null,
    process: { id: 1, name: "main" },
    thread: { id: 0, name: "main" },
    origin: null,
  });
}

/** Keys in order and values, or the type of a value that differs from run to run. */
function compare(actual: unknown, expected: unknown, path: string): void {
  if (typeof expected !== "object" || expected === null) {
    expect(actual, path).toEqual(expected);
    return;
  }
  const type = (expected as { $type?: string }).$type;
  if (type !== undefined) {
    expect(TYPES[type]?.(actual), `${path} is ${type}`).toBe(true);
    return;
  }
  expect(Object.keys(actual as object), path).toEqual(Object.keys(expected));
  for (const [key, value] of Object.entries(expected))
    compare((actual as Record<string, unknown>)[key], value, `${path}.${key}`);
}

describe("serialize: true is the seed's JSON", () => {
  test.each(table.rows.filter((row) => !row.python_only && !OTHERWISE.has(row.id)))("$id", (row) => {
    const line = loguruJson(String(row.expected.text), recordOf(row), ianaZone(row.tz));
    const parsed = JSON.parse(line) as { record: object };
    expect(Object.keys(parsed)).toEqual(table.key_order.top);
    expect(Object.keys(parsed.record)).toEqual(table.key_order.record);
    compare(parsed.record, row.expected.record, "record");
  });
});
