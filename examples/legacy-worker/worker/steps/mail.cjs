"use strict";

const createDebug = require("debug");

const debug = createDebug("worker:mail");
// The mail team wants its lines on stdout.
debug.log = console.log.bind(console);

exports.mail = (job, attempt) => {
  const id = `${job.id}.${attempt}`;
  debug(`[debug:smtp:${id}] EHLO as %o`, { host: "mx.example.org", tls: true });
  console.group(`[console:mail:${id}] envelope`);
  console.log(`[console:mail.to:${id}] to %s`, job.to);
  console.info(`[console:mail.size:${id}]`, 1024, "bytes");
  console.groupEnd();
  if (attempt <= job.failures) throw new Error("mailbox is full", { cause: new Error("quota exceeded") });
  console.count(`[console:mail.count:${id}]`);
};
