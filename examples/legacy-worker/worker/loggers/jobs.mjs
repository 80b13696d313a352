// The job log: pino with names of our own for nearly everything.
import pino from "pino";
import settings from "../settings.cjs";

let written = 0;

export const jobLog = pino(
  {
    base: { app: "worker" },
    customLevels: { notice: 35, audit: 45 },
    errorKey: "failure",
    formatters: {
      level: (label) => ({ severity: label.toUpperCase() }),
      log: ({ host, ...fields }) => (host === undefined ? fields : { ...fields, machine: host }),
    },
    messageKey: "message",
    mixin: () => {
      written += 1;
      return { n: written };
    },
    redact: { paths: ["apiKey", "*.apiKey"], censor: "***" },
    serializers: { job: ({ id, kind }) => `${kind}#${id}` },
    timestamp: pino.stdTimeFunctions.isoTime,
  },
  pino.destination({ dest: settings.logFile("jobs.log"), sync: true }),
);

/** The log of one job: a child, and under it a child for each attempt with a level of its own. */
export function attemptLog(job, attempt) {
  const log = jobLog.child({ job }, { msgPrefix: `${job.kind}: ` });
  return log.child({ attempt }, { level: attempt > 1 ? "trace" : "info" });
}
