// One contender at one piece of work, in a process of its own: nothing that another one did to the engine is left over.
import { closeSync, openSync, readSync, rmSync } from "node:fs";

/**
 * What a contender gives for a piece of work.
 * @typedef {object} Subject
 * @property {(index: number) => void} log one record, or one turn of the loop
 * @property {() => unknown} [finish] hands everything to the kernel
 */

const [contender = "", work = "", file = "-", count, warmup] = process.argv.slice(2);
const { open } = await import(new URL(`contenders/${contender}.mjs`, import.meta.url).href);
/** @type {Subject} */
const subject = await open({ work, file });
const { log } = subject;
const measured = Number(count);
const warm = Number(warmup);

for (let index = 0; index < warm; index++) log(index);
await subject.finish?.();
// A turn of the event loop: timers that were set meanwhile have their chance before the clock runs.
await new Promise((resolve) => setTimeout(resolve, 20));
const wallBefore = process.hrtime.bigint();
const cpuBefore = process.cpuUsage();
for (let index = 0; index < measured; index++) log(index);
await subject.finish?.();
const cpu = process.cpuUsage(cpuBefore);
const wall = Number(process.hrtime.bigint() - wallBefore);
const lines = file === "-" ? null : linesOf(file);
if (file !== "-") rmSync(file);
process.send?.({
  cpu: ((cpu.user + cpu.system) * 1000) / measured,
  wall: wall / measured,
  lines: lines === null ? null : lines - warm,
});
process.disconnect?.();

/** @param {string} path @returns {number} how many lines the file has */
function linesOf(path) {
  const chunk = Buffer.alloc(1 << 20);
  const fd = openSync(path, "r");
  let lines = 0;
  for (let read = readSync(fd, chunk); read > 0; read = readSync(fd, chunk))
    for (let at = chunk.indexOf(10); at >= 0 && at < read; at = chunk.indexOf(10, at + 1)) lines++;
  closeSync(fd);
  return lines;
}
