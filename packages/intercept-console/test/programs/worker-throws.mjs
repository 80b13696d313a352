import { Worker } from "node:worker_threads";

console.log("before");
// Nobody listens to the worker's errors.
new Worker('throw new Error("thrown in the worker")', { eval: true });
