// A receiver of OTLP logs for tests: every protocol on loopback, decoded by the official definitions, and as unkind as a test wants it.
import { Desk } from "./desk.mjs";
import { grpcCredentials, grpcServer } from "./grpc.mjs";
import { httpServer } from "./http.mjs";
import { Tally } from "./tally.mjs";

/** @typedef {{ key: string, cert: string, ca?: string }} Tls in PEM; with `ca` clients have to show a certificate */

/**
 * @typedef {object} ReceiverOptions
 * @property {import("./policy.mjs").Policy} [policy]
 * @property {Tls} [tls]
 * @property {number} [port] for HTTP; default: a free one
 * @property {number} [grpcPort]
 * @property {boolean} [down] its ports are known, and nobody listens there until `up()`
 */

/** @param {ReceiverOptions} [options] */
export async function startReceiver(options = {}) {
  const receiver = new Receiver(options);
  await receiver.up();
  if (options.down) await receiver.down();
  return receiver;
}

export class Receiver {
  #tally = new Tally();
  #desk = new Desk(this.#tally);
  /** @type {Tls | undefined} */
  #tls;
  /** @type {ReturnType<typeof httpServer> | null} */
  #http = null;
  /** @type {ReturnType<typeof grpcServer> | null} */
  #grpc = null;
  /** The port of HTTP. */
  port;
  grpcPort;

  /** @param {ReceiverOptions} options */
  constructor({ policy = {}, tls, port = 0, grpcPort = 0 }) {
    this.#desk.follow(policy);
    this.#tls = tls;
    this.port = port;
    this.grpcPort = grpcPort;
  }

  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  get endpoint() {
    return `${this.#scheme}://127.0.0.1:${this.port}`;
  }

  /** For `OTEL_EXPORTER_OTLP_LOGS_ENDPOINT`. */
  get url() {
    return `${this.endpoint}/v1/logs`;
  }

  get grpcUrl() {
    return `${this.#scheme}://127.0.0.1:${this.grpcPort}`;
  }

  /** What was taken, in the order of arrival. */
  get records() {
    return this.#tally.records;
  }

  get requests() {
    return this.#tally.requests;
  }

  /** @param {string} [key] the attribute that tells records apart; default `i` */
  counts(key) {
    return this.#tally.counts(key);
  }

  /** Resolves when so many records are here. @param {number} records @param {number} [timeoutMs] */
  until(records, timeoutMs = 10_000) {
    return this.#tally.until(records, timeoutMs);
  }

  clear() {
    this.#tally.clear();
  }

  /** From now on, counted from the start. @param {import("./policy.mjs").Policy} policy */
  follow(policy) {
    this.#desk.follow(policy);
  }

  /** Listens, at the ports of the last time. */
  async up() {
    const http = httpServer(this.#desk, this.#tls);
    this.#http = http;
    await new Promise((resolve, reject) => {
      http.once("error", reject).listen(this.port, "127.0.0.1", () => resolve(undefined));
    });
    this.port = /** @type {import("node:net").AddressInfo} */ (http.address()).port;
    const rpc = grpcServer(this.#desk);
    this.#grpc = rpc;
    this.grpcPort = await new Promise((resolve, reject) => {
      const bound = (/** @type {Error | null} */ error, /** @type {number} */ port) =>
        error ? reject(error) : resolve(port);
      rpc.bindAsync(`127.0.0.1:${this.grpcPort}`, grpcCredentials(this.#tls), bound);
    });
  }

  /** Ends all connections and closes the ports, as a collector that is restarted. */
  async down() {
    const http = this.#http;
    this.#grpc?.forceShutdown();
    this.#grpc = null;
    this.#http = null;
    if (!http) return;
    const closed = new Promise((resolve) => http.close(resolve));
    http.closeAllConnections();
    await closed;
  }

  close() {
    return this.down();
  }

  get #scheme() {
    return this.#tls ? "https" : "http";
  }
}
