import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sendRequests } from "../../legacy-service/compare/requests.mjs";
import { run } from "../../legacy-service/compare/run.mjs";
import { SOURCES } from "../../legacy-service/compare/service.mjs";
import { recordsOf, UNIFIED_JSON } from "../../legacy-service/compare/unified.mjs";
import { rowsOf } from "./rows.mjs";
import { headersOf, traceId } from "./visit.mjs";

const APP = fileURLToPath(new URL("../app.mjs", import.meta.url));
/** A store shows what it was given after a second or two. */
const DEADLINE_MS = 30_000;

/**
 * Runs the service with all requests, and asks what has become of its records.
 *
 * @param {import("./collector-and-store.mjs").Backend} backend
 * @param {string} dir an empty folder, for the service's own outputs
 * @returns {Promise<import("./outcome.mjs").Outcome>}
 */
export async function runShop(backend, dir) {
  const logs = join(dir, "logs");
  await mkdir(logs);
  const service = await run({
    entry: APP,
    dir: logs,
    drive: (port) => sendRequests(port, headersOf),
    env: {
      DEBUG: "http-proxy-middleware*,express:*",
      OTEL_EXPORTER_OTLP_ENDPOINT: backend.endpoint,
      OTEL_SERVICE_NAME: "shop",
      OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=demo",
    },
  });
  const logged = recordsOf(service.files.get(UNIFIED_JSON) ?? "");
  const ofTrace = logged.filter(({ extra }) => extra?.trace_id === traceId).length;
  const stored = await settled(() => backend.all(), logged.length);
  const trace = await settled(() => backend.ofTrace(traceId), ofTrace);
  const sums = [
    ["this trace", ofTrace, trace.length],
    ["in all", logged.length, await backend.count()],
  ];
  return { service, rows: rowsOf(service, SOURCES, stored), sums, stored, trace };
}

/** Asks until so many records are given: a store may count what it does not show yet. */
async function settled(ask, count) {
  const deadline = Date.now() + DEADLINE_MS;
  let given = await ask();
  while (given.length < count && Date.now() < deadline) {
    await delay(100);
    given = await ask();
  }
  return given;
}
