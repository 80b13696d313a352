import { type AddOptions, createLogger, type LogRecord } from "@logbridge/core";
import { errorOutcome } from "./errors.ts";
import type { Row, Runner } from "./table.ts";
import { type Mark, revived } from "./values.ts";

type Step =
  | readonly ["enable" | "disable", unknown]
  | readonly ["configure", readonly (readonly [string | null, boolean])[]]
  | readonly ["log", string | null, (string | number)?];

interface FilterRow extends Row {
  readonly filter: unknown;
  readonly handler_level: string | number;
  readonly levels: readonly (readonly [string, number])[];
  readonly steps: readonly Step[];
  readonly expected?: readonly boolean[];
}

const FUNCTIONS: Readonly<Record<string, (record: LogRecord) => unknown>> = {
  always_true: () => true,
  always_false: () => false,
  level_is_debug: ({ level }) => level.name === "DEBUG",
  level_no_not_10: ({ level }) => level.no !== 10,
  returns_zero: () => 0,
  returns_string: () => "text",
  returns_none: () => undefined,
  name_starts_with_a: ({ name }) => name?.startsWith("a"),
};

const mark: Mark = (name, value) => {
  if (name === "$fn") return { value: FUNCTIONS[String(value)] };
  return name === "$entries" ? { value: new Map(value as [string | null, unknown][]) } : undefined;
};

function emitted({ filter, handler_level, levels, steps }: FilterRow): boolean[] {
  const logger = createLogger({ strict: true });
  let count = 0;
  for (const [name, no] of levels) logger.level(name, { no });
  const options = { level: handler_level, ...(filter !== null && { filter: revived(filter, mark) }), catch: false };
  logger.add(() => count++, { format: "{message}", ...options } as AddOptions);
  const results: boolean[] = [];
  for (const [op, value, level = "DEBUG"] of steps) {
    if (op === "enable") logger.enable(revived(value) as string);
    else if (op === "disable") logger.disable(revived(value) as string);
    else if (op === "configure")
      logger.configure({ activation: value as readonly (readonly [string | null, boolean])[] });
    else {
      const before = count;
      logger.forModule(value as string | null).log(level as string | number, "message");
      results.push(count > before);
    }
  }
  return results;
}

export const filterActivation: Runner<FilterRow> = {
  table: "filter_activation",
  run: (row) =>
    row.error ? errorOutcome(row.error, () => emitted(row)) : { expected: row.expected, got: emitted(row) },
};
