// What a sink still keeps when the page is left goes out by a beacon.
import { createLogger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";

const kept = [];
const send = () => {
  if (kept.length > 0) navigator.sendBeacon("/collect", JSON.stringify(kept.splice(0)));
};
const logger = createLogger();
logger.add({ write: (text) => void kept.push(text), flushSync: send }, { format: "{message}" });
interceptConsole({ logger, mode: "replace" });
console.log("kept until the page is left");
globalThis.done = true;
