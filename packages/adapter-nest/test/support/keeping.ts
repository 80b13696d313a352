import { createLogger, type Logger, type LogRecord } from "@logbridge/core";

/** A logger that keeps its records, the caller too. */
export function keeping(): { readonly logger: Logger; readonly records: LogRecord[] } {
  const logger = createLogger() as Logger;
  const records: LogRecord[] = [];
  logger.add(
    { needs: { text: false, caller: true }, write: (_text, record) => void records.push(record) },
    { level: 0 },
  );
  return { logger, records };
}
