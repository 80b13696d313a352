// `node client.mjs`: starts the server, asks it a few things, and shows the answers; the log is in stdio-server.log.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const server = spawn(process.execPath, [fileURLToPath(new URL("server.mjs", import.meta.url))], {
  stdio: ["pipe", "pipe", "ignore"],
});
const call = (name, given) => ({ method: "tools/call", params: { name, arguments: given } });
const asked = [
  { method: "initialize" },
  call("weather", { city: "Oslo" }),
  call("stock", { item: "bolt" }),
  call("orders", { count: 2 }),
];
for (const [id, request] of asked.entries())
  server.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id, ...request })}\n`);
server.stdin.end();
for await (const line of createInterface({ input: server.stdout })) {
  const { id, result, error } = JSON.parse(line);
  console.log(asked[id].params?.name ?? asked[id].method, "→", result ?? error);
}
