// `node --experimental-websocket debugger.mjs FILE`: runs a program under a debugger, as an editor does, and prints what the
// debugger's console was told (Runtime.consoleAPICalled) as JSON. The flag is for Node 20, which has no WebSocket without it.
// The program begins when `globalThis.attached` is true, and ends with the line DONE on its stdout.
import { spawn } from "node:child_process";

const [file = ""] = process.argv.slice(2);
const child = spawn(process.execPath, ["--inspect=127.0.0.1:0", file], { stdio: ["ignore", "pipe", "pipe"] });
// Nothing here takes long: what hangs is ended, and seen by what is missing.
setTimeout(() => child.kill("SIGKILL"), 30_000).unref();
let stdout = "";
let stderr = "";
/** @type {Promise<string>} */
const address = new Promise((resolve, reject) => {
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
    const found = /ws:\/\/\S+/.exec(stderr)?.[0];
    if (found) resolve(found);
  });
  child.once("close", () => reject(new Error(`no debugger: ${stderr}`)));
});
const done = new Promise((resolve) => {
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
    if (stdout.endsWith("DONE\n")) resolve(undefined);
  });
  child.stdout.once("end", resolve);
});
const closed = new Promise((resolve) => child.once("close", resolve));

const calls = [];
/** @type {Map<number, () => void>} */
const waiting = new Map();
const socket = new WebSocket(await address);
socket.addEventListener("message", ({ data }) => {
  const { id, method, params } = JSON.parse(data);
  if (method === "Runtime.consoleAPICalled") calls.push({ type: params.type, args: params.args.map(shown) });
  waiting.get(id)?.();
});
await new Promise((resolve) => socket.addEventListener("open", resolve));

let asked = 0;
/** @param {string} method @param {object} [params] */
function ask(method, params = {}) {
  const id = ++asked;
  socket.send(JSON.stringify({ id, method, params }));
  return Promise.race([new Promise((resolve) => waiting.set(id, () => resolve(undefined))), closed]);
}

await ask("Runtime.enable");
await ask("Runtime.evaluate", { expression: "globalThis.attached = true" });
await done;
// An answer comes behind all that was told before.
await ask("Runtime.getIsolateId");
socket.close();

/** Objects have numbers of their own in each session: what they show is compared. */
function shown({ type, value, description, preview }) {
  return value ?? preview?.properties?.map(({ name, value: part }) => [name, part]) ?? description ?? type;
}

const code = await closed;
process.stdout.write(JSON.stringify({ calls, stdout: stdout.replace(/DONE\n$/, ""), code }));
