import { once } from "node:events";
import { Worker } from "node:worker_threads";

const source = `
console.log("worker says", { a: 1 });
process.stderr.write("worker complains\\n");
process.emitWarning("worker warns");
process.exitCode = 6;
`;
const worker = new Worker(source, { eval: true });
const [code] = await once(worker, "exit");
console.log("worker ended with", code);
