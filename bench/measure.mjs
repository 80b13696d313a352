// One contender at one piece of work, in a process of its own: nothing that another one did to the engine is left over.
import { openOutput } from "./output.mjs";

/**
 * What a contender is told.
 * @typedef {object} Task
 * @property {string} work
 * @property {string} file where its records go: a path, or the URL of a receiver
 * @property {(records: number) => Promise<void>} arrived resolves when so many records are at the receiver
 *
 * What it gives for a piece of work.
 * @typedef {object} Subject
 * @property {(index: number) => void} log one record, or one turn of the loop
 * @property {() => unknown} [finish] hands everything to the kernel, or to the receiver
 */

const [contender = "", work = "", target = "-", ...numbers] = process.argv.slice(2);
const [measured = 0, warm = 0, burst = 0] = numbers.map(Number);
const output = await openOutput(target);
const { open } = await import(new URL(`contenders/${contender}.mjs`, import.meta.url).href);
/** @type {Subject} */
const subject = await open({ work, file: output.at, arrived: output.arrived });
const { log } = subject;

/** Bursts, each handed over before the next. @param {number} count */
async function logAll(count) {
  for (let start = 0; start < count; start += burst) {
    const end = Math.min(count, start + burst);
    for (let index = start; index < end; index++) log(index);
    await subject.finish?.();
  }
}

await logAll(warm);
// A turn of the event loop: timers that were set meanwhile have their chance before the clock runs.
await new Promise((resolve) => setTimeout(resolve, 20));
const wallBefore = process.hrtime.bigint();
const cpuBefore = process.cpuUsage();
await logAll(measured);
const cpu = process.cpuUsage(cpuBefore);
const wall = Number(process.hrtime.bigint() - wallBefore);
const lines = await output.take();
process.send?.({
  cpu: ((cpu.user + cpu.system) * 1000) / measured,
  wall: wall / measured,
  lines: lines === null ? null : lines - warm,
});
process.disconnect?.();
