// A sink that forgets a promise which is rejected: each rejection is a record, which is handed to that sink.
import { logger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";

let calls = 0;
logger.remove();
logger.add(() => {
  calls++;
  void fetch("http://127.0.0.1:1/collect");
});
interceptConsole({ mode: "tee", uncaught: true });
reportError(new Error("the first"));
await new Promise((resolve) => setTimeout(resolve, 3_000));
globalThis.done = calls;
