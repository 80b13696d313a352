import { createRequire } from "node:module";
import type { ApiLogsModule } from "./runtime.ts";

const MAIN = /[\\/]@opentelemetry[\\/]api-logs[\\/]build[\\/]src[\\/]index\.js$/;

/** Every copy of `@opentelemetry/api-logs` that the process has loaded. Node takes it as CommonJS, whoever imports it. */
export function loadedApiLogs(): readonly ApiLogsModule[] {
  const { cache } = createRequire(process.execPath);
  return Object.keys(cache ?? {})
    .filter((path) => MAIN.test(path))
    .map((path) => cache[path]?.exports as ApiLogsModule | undefined)
    .filter((module): module is ApiLogsModule => typeof module?.logs?.setGlobalLoggerProvider === "function");
}
