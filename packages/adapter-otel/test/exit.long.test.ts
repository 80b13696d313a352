import { fork } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { OtelSinkOptions } from "../src/index.ts";
import { receiving } from "./sink-support.ts";

interface Run {
  readonly way: string;
  readonly options: OtelSinkOptions;
  readonly count?: number;
  /** Through a provider with a processor of this kind. */
  readonly route?: "bridge" | "SDK";
  /** A record, after the sink was removed and added again. */
  readonly again?: boolean;
}

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "logbridge-otel-exit-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

function run(program: Run): Promise<Ended> {
  const child = fork(join(__dirname, "fixtures", "exits.mjs"), [JSON.stringify(program)], {
    execArgv: ["--conditions=@logbridge/source", "--import", "tsx"],
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("OTEL_"))),
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let stderr = "";
  child.stderr?.on("data", (part) => {
    stderr += String(part);
  });
  child.on("message", () => child.kill("SIGTERM"));
  return new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal, stderr })));
}

test.each([
  ["by itself", 0],
  ["complete", 5],
])("the collector has every record when the process ends (%s)", async (way, code) => {
  const receiver = await receiving();
  const ended = await run({ way, options: { url: receiver.url, batch: { delayMs: 60_000 } } });
  expect(ended.code, ended.stderr).toBe(code);
  expect(receiver.counts()).toMatchObject({ unique: 300, doubled: 0 });
  expect(ended.stderr).toBe("");
});

test.each([
  ["exit", 5, 300],
  ["throw", 1, 300],
  ["exit listener", 5, 301],
])("without a spool, what is lost is said (%s)", async (way, code, count) => {
  const receiver = await receiving();
  const ended = await run({ way, options: { url: receiver.url, batch: { delayMs: 60_000 } } });
  expect(ended.code, ended.stderr).toBe(code);
  const lost = [...ended.stderr.matchAll(/(\d+) log records? (?:was|were) dropped/g)].map(([, n]) => Number(n));
  expect(lost.reduce((sum, n) => sum + n, 0) + receiver.counts().unique).toBe(count);
  expect(ended.stderr).toContain("LB1636");
});

test.each([
  ["exit", 300],
  ["throw", 300],
  ["exit listener", 301],
])("with a spool the next process sends what this one could not (%s)", async (way, count) => {
  const receiver = await receiving();
  const options = { url: receiver.url, spool: { dir: folder() }, batch: { delayMs: 60_000 } };
  await run({ way, options });
  expect(receiver.counts().unique).toBeLessThan(count);
  expect(await run({ way: "by itself", options, count: 0 })).toMatchObject({ code: 0, stderr: "" });
  expect(receiver.counts()).toMatchObject({ unique: count, doubled: 0 });
  expect(receiver.records.every(({ attributes }) => typeof attributes["log.record.uid"] === "string")).toBe(true);
});

test.each([[undefined], ["bridge"], ["SDK"]] as const)(
  "whoever logs each time the process is about to end does not keep it alive (%s)",
  async (route) => {
    const receiver = await receiving();
    const ended = await run({ way: "before exit", options: { url: receiver.url }, ...(route && { route }) });
    expect(ended.code, ended.stderr).toBe(0);
    const times = Number(/\[ended (\d+) times\]/.exec(ended.stderr)?.[1]);
    expect(times).toBeGreaterThan(0);
    expect(times).toBeLessThan(10);
    expect(receiver.records.filter(({ body }) => String(body).startsWith("record")).length).toBe(300);
  },
);

/** Takes connections, and never says a word. */
async function silence(): Promise<string> {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test.each([
  ["https", "by itself"],
  ["https", "complete and go on"],
  ["http", "by itself"],
])("a server at %s that never says a word keeps no process alive by gRPC (%s)", async (scheme, way) => {
  const url = `${scheme}://${await silence()}`;
  const begun = performance.now();
  const options: OtelSinkOptions = { protocol: "grpc", url, exitTimeoutMs: 300, flushTimeoutMs: 300 };
  const ended = await run({ way, options });
  expect(ended.code, ended.stderr).toBe(0);
  expect(ended.stderr).toMatch(/300 log records were dropped/);
  expect(performance.now() - begun).toBeLessThan(20_000);
});

test("a collector of gRPC that never answers keeps no process alive", async () => {
  const receiver = await receiving({ policy: { hang: 1_000_000 } });
  const ended = await run({
    way: "by itself",
    options: { protocol: "grpc", url: receiver.grpcUrl, exitTimeoutMs: 300 },
  });
  expect(ended.code, ended.stderr).toBe(0);
  expect(ended.stderr).toMatch(/300 log records were dropped/);
});

test("a collector that never answers keeps no process alive", async () => {
  const receiver = await receiving({ policy: { hang: 1_000_000 } });
  const options = { url: receiver.url, exitTimeoutMs: 200, timeoutMs: 3_600_000 };
  const ended = await run({ way: "by itself", options });
  expect(ended.code).toBe(0);
  expect(ended.stderr).toMatch(/300 log records were dropped: the process ended before it was done/);
});

test("nor does one that is down, and a spool has the records", async () => {
  const receiver = await receiving({ down: true });
  const dir = folder();
  const ended = await run({ way: "by itself", options: { url: receiver.url, exitTimeoutMs: 200, spool: { dir } } });
  expect(ended.code).toBe(0);
  expect(readdirSync(dir).length).toBeGreaterThan(0);
});

test("handleSignals: SIGTERM sends what waits, and ends the process as it would have", async () => {
  const receiver = await receiving();
  const options = { url: receiver.url, batch: { delayMs: 60_000 }, handleSignals: true };
  const ended = await run({ way: "signal", options });
  expect(ended).toMatchObject({ code: null, signal: "SIGTERM", stderr: "" });
  expect(receiver.counts()).toMatchObject({ unique: 300, doubled: 0 });
});

test.each([
  ["by itself", 0, null],
  ["signal", null, "SIGTERM"],
])(
  "a sink that is added again before it was removed altogether sends at the end, too (%s)",
  async (way, code, signal) => {
    const receiver = await receiving();
    const options = { url: receiver.url, batch: { delayMs: 60_000 }, handleSignals: true };
    const ended = await run({ way, options, again: true });
    expect(ended).toMatchObject({ code, signal, stderr: "" });
    expect(receiver.counts()).toMatchObject({ unique: 301, doubled: 0 });
  },
);

test("what a hanging collector has not taken until then is on disk", async () => {
  const receiver = await receiving({ policy: { hang: 1_000_000 } });
  const options = { url: receiver.url, handleSignals: true, exitTimeoutMs: 200, spool: { dir: folder() } };
  expect(await run({ way: "signal", options })).toMatchObject({ code: null, signal: "SIGTERM" });
  receiver.follow({});
  expect(await run({ way: "by itself", options, count: 0 })).toMatchObject({ code: 0 });
  expect(receiver.counts().unique).toBe(300);
});

test("without it a signal does what it always did", async () => {
  const receiver = await receiving();
  const ended = await run({ way: "signal", options: { url: receiver.url, batch: { delayMs: 60_000 } } });
  expect(ended).toMatchObject({ code: null, signal: "SIGTERM" });
});
