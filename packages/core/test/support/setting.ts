import { createLogger, type Logger, type LoggerOptions, type LogRecord } from "@logbridge/core";

/** A logger whose texts and records are kept. */
export interface Setting {
  readonly logger: Logger;
  readonly texts: string[];
  readonly records: LogRecord[];
}

/** A logger with one sink that keeps everything; needs the caller when asked to. */
export function setting(
  options: LoggerOptions = {},
  add: { format?: string; caller?: boolean; level?: number } = {},
): Setting {
  const logger = createLogger(options);
  const texts: string[] = [];
  const records: LogRecord[] = [];
  logger.add(
    (text, record) => {
      texts.push(text);
      records.push(record);
    },
    { format: add.format ?? "{message}", level: add.level ?? 0, ...(add.caller && { needs: { caller: true } }) },
  );
  return { logger, texts, records };
}
