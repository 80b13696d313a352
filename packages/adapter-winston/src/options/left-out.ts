import type { NotTaken } from "@logbridge/core";

const UNCAUGHT =
  'Use process.on("uncaughtExceptionMonitor", (error) => logger.exception(error)); for an output of its own, logger.add(winstonSink(transport), { filter }); for a logger that goes on living, interceptWinston() and winstonSinks(logger).';

/** Options that say something which our configuration has no word for. */
const KNOWN: Readonly<Record<string, (value: unknown) => Omit<NotTaken, "option"> | null>> = {
  transports: () => null,
  level: () => null,
  levels: () => null,
  format: () => null,
  defaultMeta: () => null,
  silent: (value) =>
    value
      ? {
          why: "A silent logger prints nothing, so no handler was made.",
          instead: "Leave silent out to have the transports, or add handlers when they are wanted.",
        }
      : null,
  exitOnError: (value) =>
    value === true || value === undefined
      ? null
      : {
          why: "Whether the process goes on after an uncaught error is no matter of a logger here: Node ends it.",
          instead: 'Listen to "uncaughtException" yourself and log there.',
        },
  handleExceptions: uncaught,
  handleRejections: uncaught,
  exceptionHandlers: uncaught,
  rejectionHandlers: uncaught,
};

function uncaught(value: unknown): Omit<NotTaken, "option"> | null {
  return value ? { why: "Uncaught errors come in by an interception and not by a handler.", instead: UNCAUGHT } : null;
}

/** What a configuration says beside its outputs, and cannot be taken over. */
export function leftOut(options: object, transports: readonly object[]): NotTaken[] {
  const entries: NotTaken[] = [];
  for (const [option, value] of Object.entries(options)) {
    if (!Object.hasOwn(KNOWN, option)) {
      if (value !== undefined)
        entries.push({
          option,
          why: "winston 3 has no such option.",
          instead: "Leave it out; formats do what options such as colors and rewriters did before.",
        });
      continue;
    }
    const entry = KNOWN[option]?.(value);
    if (entry) entries.push({ option, ...entry });
  }
  transports.forEach((transport, index) => {
    for (const option of ["handleExceptions", "handleRejections"] as const) {
      const entry = uncaught((transport as Record<string, unknown>)[option]);
      if (entry) entries.push({ option: `transports[${index}].${option}`, ...entry });
    }
  });
  return entries;
}
