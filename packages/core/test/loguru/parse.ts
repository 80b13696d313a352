import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { createLogger } from "@logbridge/core";
import { same, snapshot } from "./compare.ts";
import { asyncErrorOutcome } from "./errors.ts";
import type { Row, Runner } from "./table.ts";
import { fields, type Mark, revived } from "./values.ts";

type Groups = Record<string, unknown>;

interface ParseRow extends Row {
  readonly content: string;
  readonly pattern: unknown;
  readonly flags: string;
  readonly cast: unknown;
  readonly chunk: number | null;
  readonly input: "path" | "stream" | "invalid";
  readonly expected?: readonly unknown[];
  readonly expected_whole_file?: readonly unknown[];
}

const CASTS: Readonly<Record<string, (value: string) => unknown>> = {
  int: Number,
  float: Number,
  upper: (value) => value.toUpperCase(),
  length: (value) => value.length,
  json: (value) => JSON.parse(value) as unknown,
  or_empty: (value: string | null) => value ?? "",
  bool_yes: (value) => value === "yes",
};

/** They change the groups in place; what they give back is not used. */
const FUNCTIONS: Readonly<Record<string, (groups: Groups) => unknown>> = {
  swap_a_b: (groups) => ([groups["a"], groups["b"]] = [groups["b"], groups["a"]]),
  int_all(groups) {
    for (const key of Object.keys(groups)) groups[key] = Number(groups[key]);
  },
  add_key: (groups) => (groups["extra"] = "added"),
  drop_b: (groups) => delete groups["b"],
  return_new: () => ({ new: "groups" }),
  noop: () => {},
};

const mark: Mark = (name, value) => (name === "$fn" ? { value: FUNCTIONS[String(value)] } : undefined);

function castOf(written: unknown): unknown {
  const cast = revived(written, mark);
  if (typeof cast !== "object" || cast === null || Object.getPrototypeOf(cast) !== Object.prototype) return cast;
  return Object.fromEntries(Object.entries(fields(cast)).map(([key, name]) => [key, CASTS[String(name)] ?? name]));
}

async function groupsOf(row: ParseRow, source: unknown): Promise<unknown[]> {
  const { pattern, flags, cast, chunk } = row;
  const expression = typeof pattern === "string" ? new RegExp(pattern, flags) : revived(pattern);
  const options = { ...(cast !== null && { cast: castOf(cast) }), ...(chunk !== null && { chunk }) };
  const found: unknown[] = [];
  const parse = createLogger({ strict: true }).parse as Parse;
  for await (const groups of parse(source, expression, options)) found.push(snapshot(groups));
  return found;
}

/** The tables also hand over what the types refuse. */
type Parse = (source: unknown, pattern: unknown, options: object) => AsyncIterable<Groups>;

async function parsed(row: ParseRow): Promise<unknown[]> {
  if (row.input === "invalid") return groupsOf(row, Symbol("no source"));
  if (row.input === "stream") return groupsOf(row, Readable.from([Buffer.from(row.content)]));
  const folder = mkdtempSync(join(tmpdir(), "logbridge-parse-"));
  try {
    writeFileSync(join(folder, "file.log"), row.content);
    return await groupsOf(row, join(folder, "file.log"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const parse: Runner<ParseRow> = {
  table: "parse",
  async run(row) {
    if (row.error) return asyncErrorOutcome(row.error, () => parsed(row));
    const got = await parsed(row);
    // What one scan of the whole file gives is as right as what the seed's chunks make of it.
    const whole = row.expected_whole_file;
    return { expected: whole && same(whole, got) ? whole : row.expected, got };
  },
};
