// Settings of the service: where its logs go.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";

const folder = resolve(process.env.LOG_DIR ?? "logs");
mkdirSync(folder, { recursive: true });

/** The path of a log file. */
export const logFile = (name) => join(folder, name);
