// In a worker: the console and what nobody caught; tells the page, or whoever asks, what it heard.
import { createLogger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";

const heard = [];
const logger = createLogger({
  patcher: (record) => void heard.push([record.level.name, record.message, record.origin]),
});
logger.add(() => {});
interceptConsole({ logger, mode: "tee", uncaught: true });
console.warn("from %s", "a worker", self);

setTimeout(() => {
  throw new Error("in a worker");
});
Promise.reject(new Error("rejected in a worker"));
setTimeout(() => tell(heard), 200);

function tell(message) {
  if (typeof self.postMessage === "function") self.postMessage(message);
  new BroadcastChannel("heard").postMessage(message);
}
