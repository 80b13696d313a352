// The stock service of another team: a server of its own, reached through the proxy.
import { createServer } from "node:http";

/** Starts it on a free port. */
export function startStock() {
  const server = createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ path: request.url, left: 7 }));
  });
  return new Promise((started) => server.listen(0, "127.0.0.1", () => started(server)));
}
