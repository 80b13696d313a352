// Takes every job of the queue through its step, with up to three attempts, then ends.
import { readFile } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import createDebug from "debug";
import auditLog from "./loggers/audit.cjs";
import { attemptLog, jobLog } from "./loggers/jobs.mjs";
import queueLog from "./loggers/queue.cjs";
import { invoice } from "./steps/invoice.mjs";
import mailStep from "./steps/mail.cjs";

const debug = createDebug("worker:queue");
const queue = queueLog.getLogger("queue.main");
const retry = queueLog.getLogger("queue.retry");
const silent = queueLog.getLogger("queue.silent");
const steps = { invoice, mail: mailStep.mail };
const apiKey = process.env.API_KEY ?? "key-none";

function attemptJob(job, attempt) {
  const id = `${job.id}.${attempt}`;
  const log = attemptLog(job, attempt);
  const audit = auditLog.queueAudit.child({ queue: job.kind }).child({ job: job.id });
  log.trace(`[pino:trace:${id}] seen from the second attempt on`);
  log.notice({ apiKey, account: { apiKey, plan: "free" }, host: "w1" }, `[pino:start:${id}] started`);
  audit.info("[winston:start:%s] attempt %d with %s", id, attempt, apiKey, { priority: attempt });
  audit.trace(`[winston:trace:${id}] never written`);
  silent.error(`[log4js:silent:${id}] never written`);
  try {
    steps[job.kind](job, attempt);
  } catch (error) {
    log.error(error, `[pino:failed:${id}] failed`);
    audit.log("warn", `[winston:failed:${id}] %s, %j left`, error.message, { attempts: 3 - attempt });
    retry.addContext("job", job.id);
    retry.warn(`[log4js:retry:${id}] trying again`, error);
    retry.debug("[log4js:retry.debug:%s] %j", id, { in: "0 s" });
    return false;
  }
  log.audit(`[pino:done:${id}] done after ${attempt}`);
  audit.notice(`[winston:done:${id}] done`, { attempts: attempt });
  return true;
}

async function work(job) {
  queue.addContext("job", job.id);
  queue.notice(`[log4js:take:${job.id}] took a job of kind`, job.kind);
  debug(`[debug:take:${job.id}] %o`, job);
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    if (attemptJob(job, attempt)) break;
    await setImmediate();
  }
  queue.info("[log4js:left:%d] left the queue", job.id);
}

const jobs = JSON.parse(await readFile(new URL("queue.json", import.meta.url), "utf8"));
console.time("[console:time] all jobs");
for (const job of jobs) await work(job);
console.timeEnd("[console:time] all jobs");
console.trace("[console:trace] end of the queue");
jobLog.fatal({ err: new Error("no more jobs") }, "[pino:empty] the queue is empty");
auditLog.queueAudit.log({ level: "fatal", message: "[winston:empty] the queue is empty", jobs: jobs.length });
queue.error("[log4js:empty] the queue is empty");
await queueLog.closeQueueLog();
await auditLog.closeAudit();
console.error("[console:end] the worker ends");
