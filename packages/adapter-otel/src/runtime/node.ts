import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename } from "node:path";
import { loadedApiLogs } from "./node-api-logs.ts";
import { onBeforeExit, onExit, onSignal } from "./node-exit.ts";
import { asExport, isInExport } from "./node-exports.ts";
import { loadGrpcCredentials, loadGrpcExporter } from "./node-grpc.ts";
import { createHttpSender } from "./node-http.ts";
import { openSpool } from "./node-spool.ts";
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

function hostName(): Readonly<Record<string, string>> {
  try {
    return { "host.name": hostname() };
  } catch {
    return {};
  }
}

/** Node's runtime; Bun and Deno offer the same modules. */
export const runtime: Runtime = {
  language: "nodejs",
  executable: basename(process.execPath).replace(/\.exe$/, ""),
  env,
  processAttributes: () => ({ "process.pid": process.pid, ...hostName() }),
  readFile: (path) => readFileSync(path),
  tlsFault,
  writeStdout,
  createHttpSender,
  loadGrpcExporter,
  loadGrpcCredentials,
  loadedApiLogs,
  openSpool,
  asExport,
  isInExport,
  onBeforeExit,
  onExit,
  onSignal,
};
