// Runs one file of tests in this process: `process.ts <the file> <a file for the report>`, from the root of the repository.
import { writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { runFile } from "./run-file.ts";

const [file = "", into = ""] = process.argv.slice(2);
const exit = process.exit.bind(process);
const loose: string[] = [];
const keep = (reason: unknown): void => {
  try {
    loose.push(String((reason as Error | undefined)?.stack ?? reason));
  } catch {
    loose.push("an error that cannot be shown");
  }
};
process.on("unhandledRejection", keep);
process.on("uncaughtException", keep);
// A test may wait for what keeps no process alive.
setInterval(() => {}, 1 << 30);

// vitest gives these to every module; a runtime gives them to none that is an ES module.
Object.assign(globalThis, { __filename: resolve(file), __dirname: dirname(resolve(file)) });

const report = await runFile(file, () => import(pathToFileURL(resolve(file)).href));
const error = [report.error, ...loose].filter((text) => text !== undefined).join("\n");
writeFileSync(into, JSON.stringify(error === "" ? report : { ...report, error }));
exit(0);
