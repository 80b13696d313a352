import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger, type Logger, type LogRecord } from "@logbridge/core";
import { onTestFinished } from "vitest";

/** A folder that goes away with the test. */
export function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "logbridge-pino-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** The lines of a file as objects. */
export function linesOf(path: string): Record<string, unknown>[] {
  return readFileSync(path, "utf8").split("\n").filter(Boolean).map(parse);
}

export function parse(line: string): Record<string, unknown> {
  return JSON.parse(line) as Record<string, unknown>;
}

/** A stream that keeps what it is given, one item a write. */
export class Kept {
  readonly lines: string[] = [];
  write(line: string): void {
    this.lines.push(line);
  }
  get records(): Record<string, unknown>[] {
    return this.lines.map(parse);
  }
}

/** A logger and everything that it has received, read at once. */
export function listener(caller = false): { logger: Logger; records: LogRecord[] } {
  const logger = createLogger();
  const records: LogRecord[] = [];
  logger.add(
    { needs: { text: false, caller }, write: (_text: string, record: LogRecord) => void records.push(record) },
    { level: 0 },
  );
  return { logger, records };
}

/** The only one of a list. */
export function only<T>(list: readonly T[]): T {
  if (list.length !== 1) throw new Error(`expected one, got ${list.length}: ${JSON.stringify(list)}`);
  return list[0] as T;
}
