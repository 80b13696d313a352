import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What Python raised. */
export interface RowError {
  readonly type: string;
  readonly message: string;
  readonly kind?: string;
}

/** What every row of a table has. */
export interface Row {
  readonly id: string;
  readonly python_only: boolean;
  readonly tags: readonly string[];
  readonly error?: RowError;
}

/** What a row asks for and what came, as plain values that `same` compares. */
export interface Outcome {
  readonly expected: unknown;
  readonly got: unknown;
}

/** Runs the rows of one table through the public interface. */
export interface Runner<R extends Row = Row> {
  readonly table: string;
  run(row: R): Outcome | Promise<Outcome>;
}

/** The rows of a table in a folder, `null` where the folder has no such table. */
export function readTable(folder: string, table: string): readonly Row[] | null {
  const file = join(folder, `${table}.json`);
  if (!existsSync(file)) return null;
  return (JSON.parse(readFileSync(file, "utf8")) as { readonly rows: readonly Row[] }).rows;
}
