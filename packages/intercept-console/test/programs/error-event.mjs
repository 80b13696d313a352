import { EventEmitter } from "node:events";

console.info("before");
setImmediate(() => new EventEmitter().emit("error", new Error("nobody listens")));
