// Makes the calls that are made on every runtime, without us where `globalThis.mode` is "plain".
import { createLogger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";
import { calls } from "/packages/intercept-console/test/methods/calls.mjs";

const { mode } = globalThis;
const { debug: mark } = console;
let records = [];
const logger = createLogger({ patcher: (record) => void records.push(record) });
logger.add(() => {});
const interception = mode === "plain" ? null : interceptConsole({ logger, mode });
const outcomes = [];
for (const [index, { title, run, values = [] }] of calls.entries()) {
  mark("call", index);
  records = [];
  let thrown = null;
  try {
    await run(console);
  } catch (error) {
    thrown = String(error);
  }
  const lost = records.length === 0 ? [] : values.filter((value) => !records.some((record) => isKept(value, record)));
  outcomes.push({ title, thrown, records: records.length, lost: lost.map(String) });
}
interception?.restore();
globalThis.done = outcomes;

function isKept(value, record) {
  if (typeof value !== "object" || value === null) return true;
  if (record.args.includes(value) || record.exception?.value === value) return true;
  return Object.keys(value).every((key) => Object.hasOwn(record.extra, key));
}
