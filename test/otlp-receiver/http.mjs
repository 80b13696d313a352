import { createServer } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { gunzipSync } from "node:zlib";
import { decodeRequest, encodeResponse } from "./definitions.mjs";
import { parseRequest } from "./json.mjs";
import { verdict } from "./policy.mjs";
import { encodeStatus } from "./rpc-status.mjs";

/** @typedef {import("./desk.mjs").Desk} Desk */
/** @typedef {import("./desk.mjs").Served} Served */

/** @type {Record<string, { protocol: "http/protobuf" | "http/json", decode: typeof decodeRequest }>} */
const FORMS = {
  "application/x-protobuf": { protocol: "http/protobuf", decode: decodeRequest },
  "application/json": { protocol: "http/json", decode: parseRequest },
};

/**
 * OTLP over HTTP at `/v1/logs` (any path that ends so).
 * @param {Desk} desk
 * @param {import("./index.mjs").Tls | undefined} tls
 */
export function httpServer(desk, tls) {
  /** @type {import("node:http").RequestListener} */
  const listener = (request, response) => {
    serve(desk, request, response).catch((error) => response.destroy(error));
  };
  return tls ? createSecureServer({ ...tls, requestCert: tls.ca !== undefined }, listener) : createServer(listener);
}

/**
 * @param {Desk} desk
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
async function serve(desk, request, response) {
  const packed = await bodyOf(request);
  if (packed === null) return;
  const form = FORMS[String(request.headers["content-type"]).split(";")[0] ?? ""];
  const served = await desk.serve({
    protocol: form?.protocol ?? "other",
    bytes: packed.length,
    headers: plain(request.headers),
    unfit: unfitness(request, form !== undefined),
    unpack: () => (request.headers["content-encoding"] === "gzip" ? gunzipSync(packed) : packed),
    decode: form?.decode ?? decodeRequest,
  });
  if (served) answer(response, served, form?.protocol === "http/json");
}

/** @param {import("node:http").IncomingMessage} request @param {boolean} known */
function unfitness({ method, url, headers }, known) {
  if (!url?.endsWith("/v1/logs")) return verdict(404, "no such path");
  if (method !== "POST") return verdict(405, "POST it is");
  if (!known) return verdict(415, "no such content type");
  const encoding = headers["content-encoding"] ?? "identity";
  return encoding === "gzip" || encoding === "identity" ? null : verdict(415, "no such content encoding");
}

/** @param {import("node:http").ServerResponse} response @param {Served} served @param {boolean} json */
function answer(response, { status, code, message, retryAfter, rejected }, json) {
  const headers = {
    "content-type": json ? "application/json" : "application/x-protobuf",
    ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }),
  };
  response.writeHead(status, headers).end(json ? jsonBody() : binaryBody());

  function jsonBody() {
    if (status !== 200) return JSON.stringify({ code, message });
    // 64-bit numbers are texts in the JSON of protobuf.
    const partial = { rejectedLogRecords: String(rejected), errorMessage: message };
    return JSON.stringify(rejected > 0 ? { partialSuccess: partial } : {});
  }

  function binaryBody() {
    return status === 200 ? encodeResponse(rejected, message) : encodeStatus(code, message, undefined);
  }
}

/** @param {import("node:http").IncomingMessage} request @returns {Promise<Buffer | null>} null: the client went away */
async function bodyOf(request) {
  /** @type {Buffer[]} */
  const chunks = [];
  try {
    for await (const chunk of request) chunks.push(chunk);
  } catch {
    return null;
  }
  return Buffer.concat(chunks);
}

/** @param {import("node:http").IncomingHttpHeaders} headers @returns {Record<string, string>} */
function plain(headers) {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
