// The store that scripts/store.sh builds: VictoriaLogs, asked by its query language.
import { join } from "node:path";
import { freePort } from "../test/transports/standins/free-port.mjs";
import { ensureGoProgram, Service } from "./service.mjs";

/** @returns {string | null} the path of the program; null where this machine cannot build it */
export function ensureStore() {
  return ensureGoProgram("store.sh");
}

/** A running store. */
export class Store {
  /** @param {Service} service @param {string} url */
  constructor(service, url) {
    this.service = service;
    this.url = url;
  }

  /**
   * Starts one on a free port of loopback.
   * @param {string} program of `ensureStore()`
   * @param {string} folder for its data and for what it prints
   */
  static async start(program, folder) {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const service = await Service.start({
      program,
      args: [`-httpListenAddr=127.0.0.1:${port}`, `-storageDataPath=${join(folder, "data")}`, "-retentionPeriod=7d"],
      log: join(folder, "store.log"),
      isReady: async () => (await fetch(`${url}/health`)).ok,
    });
    return new Store(service, url);
  }

  /** Where it takes OTLP. */
  get endpoint() {
    return `${this.url}/insert/opentelemetry/v1/logs`;
  }

  /** Where a person looks at it. */
  get page() {
    return `${this.url}/select/vmui/`;
  }

  /**
   * The records that a query gives, each as its fields.
   * @param {string} query in LogsQL
   * @returns {Promise<Record<string, string>[]>}
   */
  async query(query) {
    const response = await fetch(`${this.url}/select/logsql/query`, {
      method: "POST",
      body: new URLSearchParams({ query, limit: "1000000" }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${query}: ${response.status} ${text}`);
    return text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
  }
}
