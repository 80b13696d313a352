// Makes the calls of calls.mjs: without us where `globalThis.mode` is "plain", else with an interception in that mode.
import { createLogger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";
import { calls } from "./calls.mjs";

const { mode } = globalThis;
const records = [];
let current = 0;
// A patcher is called while the call runs; a sink that is code of the page may get its records later where they look like a circle.
const logger = createLogger({ patcher: (record) => void records.push({ index: current, record }) });
logger.add(() => {});
// Taken before anybody listens, so that it passes by whatever listens.
const { debug: mark } = console;
const interception = mode === "plain" ? null : interceptConsole({ logger, mode });
const thrown = [];
const all = calls();
for (const [index, { method, args }] of all.entries()) {
  current = index;
  mark("call", index);
  try {
    console[method](...args);
  } catch (error) {
    thrown.push([index, String(error)]);
  }
}
interception?.restore();
const restored = Object.values(console).every(
  (method) => typeof method !== "function" || String(method).includes("[native code]"),
);

globalThis.done = {
  calls: all.map(({ method, args }) => ({ method, args: args.length })),
  thrown,
  restored,
  polluted: {}.polluted !== undefined,
  gettersRun: globalThis.gettersRun ?? 0,
  records: records.map(({ index, record }) => ({
    index,
    message: record.message,
    level: record.level.name,
    method: record.origin.level.name,
    depth: record.origin.depth ?? 0,
    lost: all[index].args.filter((value) => !isKept(value, record)).map((value) => kindOf(value)),
  })),
};

function isPrimitive(value) {
  return (typeof value !== "object" && typeof value !== "function") || value === null;
}

/** Is the value itself still there: among the arguments, as the exception, or its properties in `extra`? */
function isKept(value, record) {
  if (isPrimitive(value)) return true;
  if (record.args.includes(value) || record.exception?.value === value) return true;
  const keys = Object.keys(value);
  return keys.every((key) => Object.hasOwn(record.extra, key) || record.exception !== null);
}

function kindOf(value) {
  return Object.prototype.toString.call(value);
}
