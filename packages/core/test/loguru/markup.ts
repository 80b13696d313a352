import { createLogger } from "@logbridge/core";
import { callArguments } from "./call.ts";
import { same } from "./compare.ts";
import { errorOutcome } from "./errors.ts";
import type { Outcome, Row, Runner } from "./table.ts";
import { fields, revived } from "./values.ts";

interface MarkupRow extends Row {
  readonly mode: "message" | "message_args" | "format" | "level";
  readonly text: string;
  readonly message?: string;
  readonly args?: readonly unknown[];
  readonly kwargs?: Readonly<Record<string, unknown>>;
  readonly opt_colors?: boolean;
  readonly level_color?: string;
  readonly expected_ansi?: string;
  readonly expected_stripped?: string;
}

function line(row: MarkupRow, colorize: boolean): string {
  const logger = createLogger({ strict: true });
  const { mode, text } = row;
  let got = "";
  if (row.level_color !== undefined) logger.level("INFO", { color: row.level_color });
  if (mode === "level") logger.level("LV", { no: 20, color: text });
  const format = { message: "{message}", message_args: "{message}", format: text, level: "<level>{message}</level>" }[
    mode
  ];
  logger.add((made: string) => (got += made), { format, colorize, catch: false });
  const inMessage = mode === "message" || mode === "message_args";
  const message = inMessage ? text : (row.message ?? "");
  const args = callArguments(message, revived(row.args ?? []) as unknown[], fields(row.kwargs));
  logger.opt({ colors: inMessage || row.opt_colors === true }).log(mode === "level" ? "LV" : "INFO", ...args);
  return got.replace(/\n$/, "");
}

export const markup: Runner<MarkupRow> = {
  table: "markup",
  run(row) {
    const { error } = row;
    if (error) {
      const outcomes: readonly Outcome[] = [true, false].map((colorize) =>
        errorOutcome(error, () => line(row, colorize)),
      );
      return (outcomes.find(({ expected, got }) => !same(expected, got)) ?? outcomes[0]) as Outcome;
    }
    return {
      expected: [row.expected_ansi, row.expected_stripped],
      got: [line(row, true), line(row, false)],
    };
  },
};
