import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const example = fileURLToPath(new URL("..", import.meta.url));
const dir = mkdtempSync(join(tmpdir(), "logbridge-stdio-"));
const logFile = join(dir, "server.log");

const REQUESTS = [
  { method: "initialize" },
  { method: "tools/list" },
  { method: "tools/call", params: { name: "weather", arguments: { city: "Oslo" } } },
  { method: "tools/call", params: { name: "stock", arguments: { item: "bolt" } } },
  { method: "tools/call", params: { name: "orders", arguments: { count: 2 } } },
  { method: "tools/call", params: { name: "orders", arguments: { count: 11 } } },
  { method: "no/such" },
];

interface Logged {
  readonly record: {
    readonly message: string;
    readonly level: { readonly name: string };
    readonly name: string | null;
  };
}

let stdout: string;
let stderr: string;
let logged: readonly Logged["record"][];

beforeAll(() => {
  const input = REQUESTS.map((request, id) => `${JSON.stringify({ jsonrpc: "2.0", id, ...request })}\n`).join("");
  const ran = spawnSync(process.execPath, ["server.mjs"], {
    cwd: example,
    encoding: "utf8",
    input: `${input}${JSON.stringify({ jsonrpc: "2.0", method: "notifications/cancelled" })}\n`,
    env: { ...process.env, LOG_FILE: logFile },
  });
  expect(ran.status, ran.stderr).toBe(0);
  ({ stdout, stderr } = ran);
  logged = readFileSync(logFile, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as Logged).record);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test("stdout holds the answers and not a byte more", () => {
  const answers = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
  expect(answers).toEqual([
    { jsonrpc: "2.0", id: 0, result: { serverInfo: { name: "stdio-server", version: "1.0.0" } } },
    { jsonrpc: "2.0", id: 1, result: ["weather", "stock", "orders"] },
    { jsonrpc: "2.0", id: 2, result: "sunny in Oslo" },
    { jsonrpc: "2.0", id: 3, result: 3 },
    { jsonrpc: "2.0", id: 4, result: ["order 1", "order 2"] },
    { jsonrpc: "2.0", id: 5, error: { code: -32603, message: "too many orders" } },
    { jsonrpc: "2.0", id: 6, error: { code: -32601, message: "Method not found" } },
  ]);
  expect(stdout.split("\n")).toHaveLength(REQUESTS.length + 1);
});

test("what the dependencies print is in the log, each line once and at its level", () => {
  expect(logged.map(({ level, message }) => [level.name, message])).toEqual([
    ["INFO", "server: ready"],
    ["INFO", "weather: looking for Oslo"],
    ["INFO", "weather: downloading 100 %"],
    ["WARNING", "stock: low"],
    ["DEBUG", "stock: counted bolt"],
    ["INFO", "orders: 2 asked for"],
    ["INFO", "orders: 11 asked for"],
  ]);
  expect(logged.find(({ message }) => message === "stock: low")?.name).toBe("stock");
});

test("stderr shows the log and what the child printed", () => {
  expect(stderr.match(/orders: from a child/g)).toHaveLength(2);
  for (const { message } of logged) expect(stderr).toContain(message);
});

test("the client understands all of it", () => {
  const ran = spawnSync(process.execPath, ["client.mjs"], {
    cwd: example,
    encoding: "utf8",
    env: { ...process.env, LOG_FILE: logFile },
  });
  expect(ran.stdout).toContain("stock → 3");
  expect(ran.stdout.trimEnd().split("\n").length).toBeGreaterThanOrEqual(4);
});
