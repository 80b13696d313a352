// The collector that scripts/collector.sh builds, for scripts that need one.
import { connect } from "node:net";
import { join } from "node:path";
import { freePort } from "../test/transports/standins/free-port.mjs";
import { ensureGoProgram, Service } from "./service.mjs";

/** @returns {string | null} the path of the program; null where this machine cannot build it */
export function ensureCollector() {
  return ensureGoProgram("collector.sh");
}

/**
 * @typedef {object} Collector a running one
 * @property {Service} service
 * @property {number} http its port for OTLP over HTTP
 * @property {number} grpc its port for OTLP over gRPC
 */

/**
 * Starts a collector on free ports of loopback.
 * @param {object} options
 * @param {string} options.program of `ensureCollector()`
 * @param {string} options.config a file that takes its ports from `OTELCOL_HTTP_PORT` and `OTELCOL_GRPC_PORT`
 * @param {string} options.folder for what it prints
 * @param {Record<string, string>} [options.env] what else the file takes from the environment
 * @returns {Promise<Collector>}
 */
export async function startCollector({ program, config, folder, env = {} }) {
  const [http, grpc] = await Promise.all([freePort(), freePort()]);
  const service = await Service.start({
    program,
    args: [`--config=${config}`],
    env: { ...env, OTELCOL_HTTP_PORT: String(http), OTELCOL_GRPC_PORT: String(grpc) },
    log: join(folder, "collector.log"),
    isReady: async () => (await takesLogs(http)) && (await listens(grpc)),
  });
  return { service, http, grpc };
}

/** @param {number} port */
async function takesLogs(port) {
  const { ok } = await fetch(`http://127.0.0.1:${port}/v1/logs`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  return ok;
}

/** @param {number} port @returns {Promise<boolean>} */
function listens(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true));
    socket.once("connect", () => socket.destroy());
    socket.once("error", () => resolve(false));
  });
}
