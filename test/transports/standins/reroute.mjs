import http from "node:http";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";

/**
 * Sends the HTTPS requests of this process to a stand-in, for transports whose address is fixed. The path says where they were meant for:
 * `/api.example.com/v1/logs`.
 * @param {Record<string, any>} at
 */
export function reroute({ host, port }) {
  https.request = /** @type {any} */ (
    (/** @type {any[]} */ ...args) => {
      const [options, callback] = requestOf(args);
      const { agent: _agent, hostname = options.host, path = "/", ...others } = options;
      return http.request(
        { ...others, protocol: "http:", host, hostname: host, port, path: `/${hostname}${path}` },
        callback,
      );
    }
  );
  https.get = /** @type {any} */ ((/** @type {any[]} */ ...args) => /** @type {any} */ (https.request)(...args).end());
  syncBuiltinESMExports();
}

/** The arguments of `request()`. @param {any[]} args @returns {[any, any]} */
function requestOf(args) {
  const [first, ...rest] = args;
  const url = typeof first === "string" ? new URL(first) : first instanceof URL ? first : null;
  const callback = rest.find((one) => typeof one === "function");
  if (!url) return [first, callback];
  const given = typeof rest[0] === "object" ? rest[0] : {};
  return [{ ...given, hostname: url.hostname, path: url.pathname + url.search }, callback];
}
