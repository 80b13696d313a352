// The nightly jobs: log4js, one category for each job.
import { join } from "node:path";
import log4js from "log4js";
import { config } from "./config.js";

log4js.configure({
  appenders: {
    file: {
      type: "file",
      filename: join(config.logDir, "scheduler.log"),
      layout: { type: "pattern", pattern: "%d %p %c [run %X{run}] %m" },
    },
    out: { type: "stdout", layout: { type: "basic" } },
  },
  categories: {
    default: { appenders: ["file"], level: config.logLevel },
    "scheduler.cleanup": { appenders: ["file", "out"], level: config.logLevel },
  },
});

const log = log4js.getLogger("scheduler");
const cleanup = log4js.getLogger("scheduler.cleanup");
const reports = log4js.getLogger("scheduler.reports");

function removeExpired(run) {
  cleanup.addContext("run", run);
  cleanup.info("[log4js:cleanup.start:%d] removing carts older than %d days", run, 30);
  if (run % 2 === 0) {
    cleanup.error(`[log4js:cleanup.failed:${run}] could not remove carts`, new Error("the table is locked"));
    return;
  }
  cleanup.warn(`[log4js:cleanup.slow:${run}] slower than yesterday`, { removed: 12, kept: ["vip", "open"] });
}

function sendReports(run) {
  reports.addContext("run", run);
  reports.debug(`[log4js:reports.query:${run}] select * from orders`);
  reports.info(`[log4js:reports.sent:${run}] 100% sent, 0 %s left in the text`);
  console.info(`[console:reports:${run}]`, { sent: 3, failed: 0 });
}

/** Runs all jobs once. */
export function runJobs(run) {
  log.addContext("run", run);
  log.info(`[log4js:tick:${run}] tick`);
  removeExpired(run);
  sendReports(run);
  log.mark(`[log4js:tock:${run}] all jobs are done`);
}

/** Resolves when the appenders have written what they were given. */
export function stopScheduler() {
  log.fatal("[log4js:stopped] scheduler stops, no job will run until the next start");
  return new Promise((done) => log4js.shutdown(done));
}
