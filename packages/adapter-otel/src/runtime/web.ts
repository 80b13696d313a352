import { LogbridgeError } from "@logbridge/core";
import type { Runtime } from "./runtime.ts";
import { asExport, isInExport } from "./web-exports.ts";
import { createHttpSender } from "./web-http.ts";
import { openSpool } from "./web-spool.ts";

function unavailable(what: string): LogbridgeError {
  return new LogbridgeError("LB1640", `otelSink(): ${what} is not available in this runtime`);
}

/** What a page has, and a worker may lack. */
interface Page {
  addEventListener?(name: string, listener: () => void): void;
  removeEventListener?(name: string, listener: () => void): void;
}

/** The work of a page that goes away: it may come back, so that this is said more than once. */
function onHidden(work: () => void): () => void {
  const page = globalThis as unknown as Page;
  page.addEventListener?.("pagehide", work);
  return () => page.removeEventListener?.("pagehide", work);
}

/** A worker may have variables where its configuration asks for Node's `process`. */
function environmentOf({ process }: { process?: { env?: Readonly<Record<string, string | undefined>> } }) {
  return process?.env;
}

/** Browsers and workers without Node's modules. */
export const runtime: Runtime = {
  language: "webjs",
  executable: "web",
  env: (name) => environmentOf(globalThis)?.[name],
  processAttributes: () => ({}),
  readFile() {
    throw unavailable("reading a certificate file");
  },
  tlsFault: () => null,
  writeStdout: (
    (log) => (text) =>
      log(text.trimEnd())
  )(console.log.bind(console)),
  createHttpSender,
  loadGrpcExporter: () => Promise.reject(unavailable('protocol "grpc"')),
  loadGrpcCredentials: () => Promise.reject(unavailable('protocol "grpc"')),
  loadedApiLogs: () => [],
  // Whoever opens one is told that there are no files.
  spoolFault: () => null,
  openSpool,
  asExport,
  isInExport,
  onBeforeExit: (work) => onHidden(() => void work()?.catch(() => {})),
  onExit: () => () => {},
  onSignal: () => () => {},
};
