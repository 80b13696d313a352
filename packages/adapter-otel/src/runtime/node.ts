import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { loadedApiLogs } from "./node-api-logs.ts";
import { onBeforeExit, onExit, onSignal } from "./node-exit.ts";
import { asExport, isInExport } from "./node-exports.ts";
import { loadGrpcCredentials, loadGrpcExporter } from "./node-grpc.ts";
import { hostName } from "./node-host-name.ts";
import { createHttpSender } from "./node-http.ts";
import { openSpool } from "./node-spool.ts";
import { spoolFault } from "./node-spool-place.ts";
import { writeStdout } from "./node-stdout.ts";
import { tlsFault } from "./node-tls.ts";
import type { Runtime } from "./runtime.ts";

function env(name: string): string | undefined {
  try {
    return process.env[name];
  } catch {
    // Deno asks for a permission; without it there are no variables.
    return undefined;
  }
}

function processAttributes(): Readonly<Record<string, string | number>> {
  const name = hostName();
  return { "process.pid": process.pid, ...(name !== undefined && { "host.name": name }) };
}

/** Node's runtime; Bun and Deno offer the same modules. */
export const runtime: Runtime = {
  language: "nodejs",
  executable: basename(process.execPath).replace(/\.exe$/, ""),
  env,
  processAttributes,
  readFile: (path) => readFileSync(path),
  tlsFault,
  writeStdout,
  createHttpSender,
  loadGrpcExporter,
  loadGrpcCredentials,
  loadedApiLogs,
  spoolFault,
  openSpool,
  asExport,
  isInExport,
  onBeforeExit,
  onExit,
  onSignal,
};
