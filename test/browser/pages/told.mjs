// What a browser tells of without an error that was thrown: an observer that goes round, a worker of the page; and `throw null`, which is one.
import { logger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";

/** @type {(readonly [string, string, boolean])[]} */
const records = [];
logger.remove();
logger.add((_text, { level, message, exception }) => {
  records.push([level.name, message, exception !== null]);
});
interceptConsole({ mode: "tee", uncaught: true });

const box = document.createElement("div");
document.body.append(box);
const observer = new ResizeObserver(() => {
  box.style.width = `${box.offsetWidth + 1}px`;
});
observer.observe(box);
await new Promise((resolve) => setTimeout(resolve, 200));
observer.disconnect();
await new Promise((resolve) => setTimeout(resolve, 100));
const rounds = records.splice(0);

const code = 'setTimeout(() => { throw new TypeError("in the worker"); });';
new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
await new Promise((resolve) => setTimeout(resolve, 500));
const ofWorker = records.splice(0);

setTimeout(() => {
  throw null;
});
await new Promise((resolve) => setTimeout(resolve, 100));
globalThis.done = { round: rounds[0], ofWorker, nothing: records };
