import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger, type Logger } from "@logbridge/core";
import { errorOutcome } from "./errors.ts";
import type { Row, Runner } from "./table.ts";

interface TimeRow extends Row {
  readonly pattern: string;
  readonly epoch_micros: string | number;
  readonly offset_seconds: number;
  readonly zone: string;
  readonly target: "record" | "path";
  readonly expected?: string;
}

function loggerOf(row: TimeRow): Logger {
  return createLogger({
    strict: true,
    clock: () => Number(row.epoch_micros) / 1000,
    timeZone: { offsetSeconds: row.offset_seconds, name: row.zone },
  });
}

function fieldOf({ pattern }: TimeRow): string {
  return pattern === "" ? "{time}" : `{time:${pattern}}`;
}

function text(row: TimeRow): string {
  const logger = loggerOf(row);
  let got = "";
  logger.add((made: string) => (got += made), { format: fieldOf(row), catch: false });
  logger.info("");
  return got.replace(/\n$/, "");
}

/** The name of a real file. */
function path(row: TimeRow): unknown {
  const folder = mkdtempSync(join(tmpdir(), "logbridge-names-"));
  try {
    const logger = loggerOf(row);
    logger.add(join(folder, fieldOf(row)));
    void logger.remove();
    const made = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const names = made.map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    );
    return names.length === 1 ? names[0] : names;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const timeFormat: Runner<TimeRow> = {
  table: "time_format",
  run(row) {
    const make = (): unknown => (row.target === "path" ? path(row) : text(row));
    return row.error ? errorOutcome(row.error, make) : { expected: row.expected, got: make() };
  },
};
