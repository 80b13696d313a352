import { shown } from "../diagnostics.ts";
import { type Difference, differences } from "./equality.ts";

/** A case that an adapter does not pass. Test runners show it as a failed assertion, with its difference. */
export class ConformanceFailure extends Error {
  override readonly name: string = "ConformanceFailure";
  readonly code: string = "LB1456";
  readonly expected: unknown;
  readonly actual: unknown;
  /** Test runners that know it print `expected` and `actual` side by side. */
  readonly showDiff: boolean;

  constructor(message: string, values?: { readonly expected: unknown; readonly actual: unknown }) {
    super(message);
    this.expected = values?.expected;
    this.actual = values?.actual;
    this.showDiff = values !== undefined;
  }
}

const MOST_LINES = 12;

/** What differs, a line for each place. */
export function differenceText(part: string, actual: unknown, expected: unknown): string {
  const found = differences(actual, expected, part);
  const lines = found.slice(0, MOST_LINES).map(lineOf);
  if (found.length > MOST_LINES) lines.push(`… and ${found.length - MOST_LINES} more`);
  return lines.map((line) => `  ${line}`).join("\n");
}

function lineOf({ path, actual, expected }: Difference): string {
  return `${path}: expected ${expected === undefined ? "nothing" : shown(expected)}, got ${actual === undefined ? "nothing" : shown(actual)}`;
}
