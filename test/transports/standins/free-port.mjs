import { createServer } from "node:net";

/**
 * A port on loopback that nobody listens on.
 * @returns {Promise<number>}
 */
export async function freePort() {
  const server = createServer();
  const port = await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(/** @type {import("node:net").AddressInfo} */ (server.address()).port));
  });
  await new Promise((resolve) => server.close(resolve));
  return port;
}
