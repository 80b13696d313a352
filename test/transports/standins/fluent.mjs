import { createServer } from "node:net";
import { messagePacksOf } from "./msgpack.mjs";

/**
 * A server of Fluentd's forward protocol (message mode). The pieces are `[tag, time, record]`.
 * @returns {Promise<import("../row.mjs").Standin>} `at` has `host` and `port`
 */
export async function fluent() {
  /** @type {Buffer[][]} */
  const connections = [];
  /** @type {Set<import("node:net").Socket>} */
  const sockets = new Set();
  const server = createServer((socket) => {
    /** @type {Buffer[]} */
    const chunks = [];
    connections.push(chunks);
    sockets.add(socket);
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(null)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    at: { host: "127.0.0.1", port },
    read: () => connections.flatMap((chunks) => messagePacksOf(Buffer.concat(chunks))),
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
