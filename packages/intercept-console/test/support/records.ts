import { createLogger, type Logger, type LogRecord, type Sink } from "@logbridge/core";

/** A logger with a plain sink, and what arrived there. */
export interface Kept {
  readonly logger: Logger;
  readonly records: LogRecord[];
  readonly messages: () => string[];
}

export function keeping(level: string | number = 0): Kept {
  const logger = createLogger();
  const records: LogRecord[] = [];
  const sink: Sink = { needs: { text: false, caller: true }, write: (_text, record) => void records.push(record) };
  logger.add(sink, { level });
  return { logger, records, messages: () => records.map(({ message }) => message) };
}
