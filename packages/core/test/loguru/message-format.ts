import { createLogger } from "@logbridge/core";
import { callArguments } from "./call.ts";
import { errorOutcome } from "./errors.ts";
import type { Row, Runner } from "./table.ts";
import { fields, revived } from "./values.ts";

interface MessageRow extends Row {
  readonly template: unknown;
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly mode: "plain" | "colors";
  readonly expected?: string;
}

function message(row: MessageRow): unknown {
  const logger = createLogger({ strict: true });
  let got: string | undefined;
  logger.add((_text, record) => (got = record.message), { format: "{message}", catch: false });
  const args = callArguments(revived(row.template), revived(row.args) as unknown[], fields(row.kwargs));
  logger.opt({ colors: row.mode === "colors" }).info(...args);
  return got;
}

export const messageFormat: Runner<MessageRow> = {
  table: "message_format",
  run: (row) =>
    row.error ? errorOutcome(row.error, () => message(row)) : { expected: row.expected, got: message(row) },
};
