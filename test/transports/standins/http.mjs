import { createServer } from "node:http";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";

/**
 * A request that arrived.
 * @typedef {object} Request
 * @property {string} method
 * @property {string} url path and query
 * @property {import("node:http").IncomingHttpHeaders} headers
 * @property {string} text the body, unpacked
 * @property {Buffer} data the same as bytes
 */

/**
 * @typedef {object} Answer
 * @property {number} [status] default 200
 * @property {Record<string, string>} [headers]
 * @property {string | object} [body] an object is sent as JSON
 */

const UNPACK = /** @type {Record<string, (data: Buffer) => Buffer>} */ ({
  gzip: gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
});

/**
 * An HTTP server on loopback. The pieces are the requests that were answered with a status below 300 and that count.
 * @param {object} [options]
 * @param {(request: Request) => Answer} [options.answer] see `answers`; default: 200 with an empty object
 * @param {(request: Request) => boolean} [options.counts] which requests are pieces; default: those with a body
 * @returns {Promise<import("../row.mjs").Standin>} `at` has `url` (no slash at its end), `host`, `port`
 */
export async function http({ answer = answers.plain, counts = ({ text }) => text !== "" } = {}) {
  /** @type {Request[]} */
  const requests = [];
  const server = createServer((incoming, response) => {
    /** @type {Buffer[]} */
    const chunks = [];
    incoming.on("data", (chunk) => chunks.push(chunk));
    incoming.on("end", () => {
      const packed = Buffer.concat(chunks);
      const unpack = UNPACK[String(incoming.headers["content-encoding"] ?? "")];
      const { method = "", url = "", headers } = incoming;
      const data = unpack ? unpack(packed) : packed;
      const request = { method, url, headers, text: data.toString(), data };
      const { status = 200, headers: own = {}, body = {} } = answer(request);
      if (status < 300 && counts(request)) requests.push(request);
      const text = typeof body === "string" ? body : JSON.stringify(body);
      const type = typeof body === "string" ? "text/plain" : "application/json";
      response.writeHead(status, { "content-type": type, ...own }).end(status === 204 ? undefined : text);
    });
  });
  const port = await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(/** @type {import("node:net").AddressInfo} */ (server.address()).port));
  });
  return {
    at: { url: `http://127.0.0.1:${port}`, host: "127.0.0.1", port },
    read: () => [...requests],
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What each backend answers to a client that did all right. */
export const answers = {
  /** @returns {Answer} */
  plain: () => ({}),
  /** Loki's push API. @returns {Answer} */
  noContent: () => ({ status: 204 }),
  /** GELF over HTTP, Logtail, Datadog. @returns {Answer} */
  accepted: () => ({ status: 202 }),
  /** Slack, Discord and Teams webhooks. @returns {Answer} */
  ok: () => ({ body: "ok" }),
  /** Splunk's HTTP event collector. @returns {Answer} */
  splunk: () => ({ body: { text: "Success", code: 0 } }),
  /** Seq. @returns {Answer} */
  seq: () => ({ status: 201, body: { MinimumLevelAccepted: null } }),
  /**
   * Elasticsearch and OpenSearch: `_bulk`, and what clients ask before it.
   * @param {Request} request
   * @returns {Answer}
   */
  elasticsearch({ method, url, text }) {
    const headers = { "x-elastic-product": "Elasticsearch" };
    if (method === "HEAD") return { headers, body: "" };
    if (url.includes("_bulk")) {
      const items = bulkOf(text).map(({ action }) => ({
        [Object.keys(action)[0] ?? "index"]: { status: 201, result: "created" },
      }));
      return { headers, body: { took: 1, errors: false, items } };
    }
    if (url === "/")
      return {
        headers,
        body: {
          name: "stand-in",
          cluster_name: "stand-in",
          version: { number: "8.17.0", build_flavor: "default" },
          tagline: "You Know, for Search",
        },
      };
    return { headers, body: { acknowledged: true, status: "green" } };
  },
};

/**
 * The operations of an Elasticsearch bulk request.
 * @param {string} text
 * @returns {{ action: Record<string, any>, document: any }[]}
 */
export function bulkOf(text) {
  const lines = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
  return lines.flatMap((action, index) => (index % 2 === 0 ? [{ action, document: lines[index + 1] }] : []));
}
