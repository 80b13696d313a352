import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SECRET } from "../../legacy-service/compare/requests.mjs";
import { openEmbedded } from "../demo/embedded.mjs";
import { type Outcome, outcomeText, problemsOf } from "../demo/outcome.mjs";
import { runShop } from "../demo/shop.mjs";
import { REQUEST, traceId } from "../demo/visit.mjs";

let dir: string;
let outcome: Outcome;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "logbridge-shop-"));
  const backend = await openEmbedded();
  outcome = await runShop(backend, dir);
  await backend.close();
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe("the shop with its logs in OpenTelemetry", () => {
  test("has all it logged there, once, and the visit in its trace", () => {
    expect(problemsOf(outcome)).toEqual([]);
    expect(outcome.rows.length).toBeGreaterThanOrEqual(7);
    expect(outcome.trace.length).toBeGreaterThanOrEqual(15);
    expect(outcome.trace.every((record) => record.traceId === traceId)).toBe(true);
  });

  test("has every other request in a trace of its own, and what belongs to none in none", () => {
    const requests = outcome.stored.filter(({ message }) => /:r\d\d\]/.test(message));
    expect(new Set(requests.map((record) => record.traceId)).size).toBeGreaterThan(10);
    expect(requests.filter((record) => record.traceId === "")).toEqual([]);
    expect(outcome.stored.find(({ message }) => message.startsWith("[console:boot]"))?.traceId).toBe("");
  });

  test("is shown by the demo line by line, in the order of time", () => {
    const text = outcomeText(outcome, { request: REQUEST, traceId });
    const times = outcome.trace.map(({ time }) => time);
    expect(times).toEqual([...times].sort());
    for (const { message } of outcome.trace) expect(text).toContain(message.split("\n")[0]);
  });
});

describe("the demo's verdict", () => {
  test("tells a record that is lost, and one that is there twice", () => {
    const rows = outcome.rows.map((row) => ({ ...row, lost: row.source === "pino" ? 1 : 0, doubled: 0 }));
    expect(problemsOf({ ...outcome, rows })).toEqual(["pino: 1 lost, 0 doubled"]);
    const sums = outcome.sums.map(([name, logged, stored]): [string, number, number] => [name, logged, stored + 1]);
    expect(problemsOf({ ...outcome, sums })).toHaveLength(2);
  });

  test("tells a library that is missing in the trace", () => {
    const trace = outcome.trace.filter(({ fields }) => fields["log.library"] !== "log4js");
    expect(problemsOf({ ...outcome, trace })).toEqual(["the trace has no record of log4js"]);
  });

  test("tells the secret, and a service that failed", () => {
    const stored = [{ ...outcome.stored[0], fields: { password: SECRET } }] as Outcome["stored"];
    expect(problemsOf({ ...outcome, stored })).toEqual(["the store holds the customers' secret"]);
    const service = { ...outcome.service, code: 1, stderr: "boom" };
    expect(problemsOf({ ...outcome, service })).toEqual(["the service ended with 1: boom"]);
  });
});
