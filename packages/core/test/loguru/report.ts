import { same } from "./compare.ts";
import { type Decision, decisionFor } from "./decisions.ts";
import type { Outcome, Row, Runner } from "./table.ts";

/** A row that does not give what its table asks for. */
export interface Difference extends Outcome {
  readonly id: string;
}

/** What became of the rows of one table. */
export interface Report {
  readonly passed: number;
  readonly failed: readonly Difference[];
  readonly decided: readonly Difference[];
  /** Rows with a decision of their own that pass all the same. */
  readonly agreed: readonly string[];
  /** Rows for Python alone. */
  readonly skipped: number;
}

const LONGEST_ROW_MS = 15_000;

/** Runs every row of a table, one after the other. */
export async function runTable(runner: Runner, rows: readonly Row[], decisions: readonly Decision[]): Promise<Report> {
  const failed: Difference[] = [];
  const decided: Difference[] = [];
  const agreed: string[] = [];
  let passed = 0;
  const own = rows.filter((row) => !row.python_only);
  for (const row of own) {
    const outcome = await outcomeOf(runner, row);
    const decision = decisionFor(decisions, runner.table, row);
    if (same(outcome.expected, outcome.got)) {
      passed++;
      if (decision?.row === row.id) agreed.push(row.id);
    } else (decision ? decided : failed).push({ id: row.id, ...outcome });
  }
  return { passed, failed, decided, agreed, skipped: rows.length - own.length };
}

async function outcomeOf(runner: Runner, row: Row): Promise<Outcome> {
  let late: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      runner.run(row),
      new Promise<never>((_resolve, reject) => {
        late = setTimeout(() => reject(new Error(`has not ended for ${LONGEST_ROW_MS} ms`)), LONGEST_ROW_MS);
      }),
    ]);
  } catch (error) {
    return {
      expected: "no error here",
      got: error instanceof Error ? String(error.stack).split("\n").slice(0, 3) : error,
    };
  } finally {
    clearTimeout(late);
  }
}
