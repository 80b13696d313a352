import { fork } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { folder } from "./folder.mjs";
import { freePort } from "./free-port.mjs";

/**
 * A process with log4js of its own that receives events and writes them to a file.
 * @param {(port: number) => Record<string, object>} appenders what receives; `file` is the appender that writes
 * @returns {Promise<import("../row.mjs").Standin>} `at` has `host` and `port`
 */
export async function log4jsServer(appenders) {
  const files = folder();
  const port = await freePort();
  const program = fileURLToPath(new URL("log4js-program.mjs", import.meta.url));
  const child = fork(program, [join(files.at["folder"], "app.log"), JSON.stringify(appenders(port))]);
  await new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`the log4js that receives has ended with ${code}`)));
  });
  return {
    at: { host: "127.0.0.1", port },
    read: files.read,
    async close() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await ended;
      await files.close();
    },
  };
}
