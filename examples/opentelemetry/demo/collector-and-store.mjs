import { fileURLToPath } from "node:url";
import { ensureCollector, startCollector } from "../../../scripts/collector.mjs";
import { ensureStore, Store } from "../../../scripts/store.mjs";

const CONFIG = fileURLToPath(new URL("../collector.yaml", import.meta.url));

/**
 * A record as whoever keeps it gives it back.
 *
 * @typedef {object} Stored
 * @property {string} time
 * @property {string} severity
 * @property {string} scope
 * @property {string} message
 * @property {string} traceId empty where it has none
 * @property {Record<string, unknown>} fields its attributes
 *
 * What takes the records of the service, and is asked for them.
 *
 * @typedef {object} Backend
 * @property {string} title
 * @property {string} endpoint for `OTEL_EXPORTER_OTLP_ENDPOINT`
 * @property {string | null} page where a person looks at them
 * @property {() => Promise<number>} count
 * @property {() => Promise<Stored[]>} all
 * @property {(traceId: string) => Promise<Stored[]>} ofTrace in the order of their time
 * @property {() => Promise<unknown>} close
 */

/**
 * Starts a real collector with the configuration of this example, and a real store behind it.
 *
 * @param {string} folder for what they keep and print
 * @returns {Promise<Backend | null>} null, after a line that says so, where this machine cannot build them
 */
export async function openCollectorAndStore(folder) {
  const programs = { collector: ensureCollector(), store: ensureStore() };
  if (programs.collector === null || programs.store === null) return null;
  const store = await Store.start(programs.store, folder);
  const env = { STORE_LOGS_ENDPOINT: store.endpoint };
  const collector = await startCollector({ program: programs.collector, config: CONFIG, folder, env });
  return {
    title: "an OpenTelemetry Collector in front of VictoriaLogs",
    endpoint: `http://127.0.0.1:${collector.http}`,
    page: store.page,
    count: async () => Number((await store.query("* | stats count() records"))[0]?.records ?? 0),
    all: async () => (await store.query("*")).map(stored),
    ofTrace: async (traceId) => (await store.query(`trace_id:="${traceId}" | sort by (_time)`)).map(stored),
    close: async () => {
      await collector.service.stop();
      await store.service.stop();
    },
  };
}

function stored({ _time, _msg, _stream, _stream_id, severity_text, trace_id = "", "scope.name": scope, ...fields }) {
  return { time: _time, severity: severity_text, scope, message: _msg, traceId: trace_id, fields };
}
