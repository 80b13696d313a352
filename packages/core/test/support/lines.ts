import {
  createLogger,
  type Inbound,
  type InterceptOptions,
  type Logger,
  type LogRecord,
  openPort,
} from "../../src/index.ts";

/** A bridge that is told lines, with what arrived behind it. */
export interface Told {
  readonly logger: Logger;
  readonly records: LogRecord[];
  readonly port: ReturnType<typeof openPort>;
  /** Tells a line as INFO, unless said otherwise. */
  tell(message: string, more?: Partial<Inbound>): boolean;
}

export function telling(options: Omit<InterceptOptions, "logger">, level: string | number = 0): Told {
  const logger = createLogger();
  const records: LogRecord[] = [];
  logger.add({ needs: { text: false }, write: (_text, record) => void records.push(record) }, { level });
  const port = openPort({ name: "lines", packages: [], mode: "tee" }, options, logger);
  const tell = (message: string, more: Partial<Inbound> = {}): boolean =>
    port.deliver(
      {
        target: port,
        level: { name: "INFO", no: 20 },
        message,
        origin: { name: "lines", level: { name: "said" } },
        ...more,
      },
      tell,
    );
  return { logger, records, port, tell };
}
