import { createServer, request } from "node:http";

/**
 * A server in front of another one that lets pages of other origins in, as a collector with `cors` in its configuration does.
 * @param {string} target address of the server behind it
 * @returns {Promise<{ url: string, asked: string[], close(): Promise<void> }>} `asked`: the methods of the requests
 */
export async function openCorsFront(target) {
  /** @type {string[]} */
  const asked = [];
  const server = createServer((incoming, outgoing) => {
    asked.push(String(incoming.method));
    outgoing.setHeader("access-control-allow-origin", String(incoming.headers.origin));
    if (incoming.method === "OPTIONS") {
      const wanted = String(incoming.headers["access-control-request-headers"]);
      outgoing.writeHead(204, { "access-control-allow-headers": wanted, "access-control-allow-methods": "POST" }).end();
      return;
    }
    const { host: _host, ...headers } = incoming.headers;
    const onward = request(target, { method: incoming.method ?? "POST", headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/v1/logs`,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
