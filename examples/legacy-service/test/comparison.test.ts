import { describe, expect, test } from "vitest";
import { compareRuns } from "../compare/comparison.mjs";
import { normalise } from "../compare/normalise.mjs";
import type { Run } from "../compare/run.mjs";
import { foreignSource, markedSource } from "../compare/sources.mjs";
import { table } from "../compare/table.mjs";
import { withoutColoured } from "../compare/unified.mjs";

const SECRET = "hunter2";
const sources = [
  markedSource("pino", ["worker.log"]),
  markedSource("console", ["stdout", "stderr"]),
  foreignSource("library", ["stderr"], {
    line: /^\S+ lib (?<text>.*)/,
    read: (record) => (record.origin.name === "debug" ? record.message : ""),
    record: /(?<text>.*\S)/,
  }),
];

const worker = [
  '{"time":1700000000000,"pid":1,"msg":"[pino:a] one"}',
  '{"time":1700000000001,"pid":1,"msg":"[pino:b] two"}',
];
const records = [
  { message: "[pino:a] one", origin: { name: "pino" } },
  { message: "[pino:b] two", origin: { name: "pino" } },
  { message: "[console:x] out", origin: { name: "console" } },
  { message: "[console:y] oops", origin: { name: "console" } },
  { message: "hello", origin: { name: "debug" } },
];
const coloured = records.map(({ message }) => `\u001b[32m${message}\u001b[0m`);

interface Parts {
  readonly worker?: readonly string[];
  readonly stdout?: readonly string[];
  readonly records?: readonly object[];
  readonly code?: number;
}

const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join("");

function plainRun(parts: Parts = {}): Run {
  return {
    code: parts.code ?? 0,
    dir: "/tmp/plain",
    stdout: text(parts.stdout ?? ["[console:x] out in /tmp/plain"]),
    stderr: text(["[console:y] oops", "2026-01-02T03:04:05.006Z lib hello"]),
    files: new Map([["worker.log", text(parts.worker ?? worker)]]),
  };
}

function bridgedRun(parts: Parts = {}): Run {
  const plain = plainRun({ stdout: ["[console:x] out in /tmp/bridged"], ...parts });
  const own = plain.stderr.split("\n");
  plain.files.set("unified.log", text(coloured));
  plain.files.set("unified.jsonl", text((parts.records ?? records).map((record) => JSON.stringify(record))));
  return {
    ...plain,
    dir: "/tmp/bridged",
    stderr: [coloured[0], own[0], ...coloured.slice(1), ...own.slice(1)].join("\n"),
  };
}

const compare = (plain: Run, bridged: Run) => compareRuns({ plain, bridged, sources, secret: SECRET });
const rowOf = (source: string, parts: Parts) =>
  compare(plainRun(), bridgedRun(parts)).rows.find((row) => row.source === source);

describe("the comparison of two runs", () => {
  test("finds nothing wrong where only times, process ids and folders differ", () => {
    const later = worker.map((line) => line.replaceAll("1700", "1800").replace('"pid":1', '"pid":22'));
    const { rows, outputs, problems } = compare(plainRun(), bridgedRun({ worker: later }));
    expect(problems).toEqual([]);
    expect(rows).toEqual([
      { source: "pino", before: 2, after: 2, unified: 2, lost: 0, doubled: 0 },
      { source: "console", before: 2, after: 2, unified: 2, lost: 0, doubled: 0 },
      { source: "library", before: 1, after: 1, unified: 1, lost: 0, doubled: 0 },
    ]);
    expect(outputs.map(({ name, same }) => [name, same])).toEqual([
      ["worker.log", true],
      ["stdout", true],
      ["stderr", true],
    ]);
  });

  test("tells a record that the unified log has lost", () => {
    const parts = { records: records.slice(1) };
    expect(rowOf("pino", parts)).toMatchObject({ after: 2, unified: 1, lost: 1, doubled: 0 });
    expect(compare(plainRun(), bridgedRun(parts)).problems).toEqual(["pino: lost in the unified log: [pino:a]"]);
  });

  test("tells a record that the unified log holds twice", () => {
    const parts = { records: [...records, ...records.slice(4)] };
    expect(rowOf("library", parts)).toMatchObject({ unified: 2, lost: 0, doubled: 1 });
    expect(compare(plainRun(), bridgedRun(parts)).problems).toEqual(["library: too often in the unified log: hello"]);
  });

  test("is not deceived by a lost and a doubled record whose sum is right", () => {
    expect(rowOf("pino", { records: [records[1], records[1], ...records.slice(2)] as object[] })).toMatchObject({
      before: 2,
      unified: 2,
      lost: 1,
      doubled: 1,
    });
  });

  test("tells a record that a transport of the program has lost or doubled", () => {
    expect(rowOf("pino", { worker: worker.slice(1) })).toMatchObject({ before: 2, after: 1, unified: 2, lost: 1 });
    expect(rowOf("pino", { worker: [...worker, ...worker] })).toMatchObject({ after: 4, doubled: 2 });
  });

  test("tells the first line that is not the same", () => {
    const { outputs, problems } = compare(plainRun(), bridgedRun({ stdout: ["[console:x] out  in /tmp/bridged"] }));
    expect(outputs.filter(({ same }) => !same).map(({ name }) => name)).toEqual(["stdout"]);
    expect(problems).toEqual([
      'stdout: not the same bytes in both runs; line 1 was "[console:x] out in <logs>", is "[console:x] out  in <logs>"',
    ]);
  });

  test("tells the secret in an output of either run", () => {
    const shown = [...worker, `{"msg":"${SECRET}"}`];
    const { problems } = compare(plainRun({ worker: shown }), bridgedRun({ worker: shown }));
    expect(problems).toEqual(["as it is: worker.log holds the secret", "bridged: worker.log holds the secret"]);
  });

  test("tells the secret in the unified log", () => {
    const leaking = records.map((record) => ({ ...record, extra: { password: SECRET } }));
    expect(compare(plainRun(), bridgedRun({ records: leaking })).problems).toEqual([
      "bridged: unified.jsonl holds the secret",
    ]);
  });

  test("tells a record that no source wrote", () => {
    const stranger = { message: "from nowhere", origin: { name: "winston" } };
    expect(compare(plainRun(), bridgedRun({ records: [...records, stranger] })).problems).toEqual([
      `no single source wrote ${JSON.stringify(stranger)}`,
    ]);
  });

  test("does not take a record for one of a logger that it did not come through", () => {
    const printed = { message: "[pino:a] one", origin: { name: "console" } };
    const parts = { records: [printed, ...records.slice(1)] };
    expect(rowOf("pino", parts)).toMatchObject({ unified: 1, lost: 1 });
    expect(compare(plainRun(), bridgedRun(parts)).problems[0]).toMatch(/^no single source wrote /);
  });

  test("tells a program that failed", () => {
    expect(compare(plainRun(), bridgedRun({ code: 1 })).problems[0]).toMatch(/^bridged: ended with 1: /);
  });
});

describe("the parts of the comparison", () => {
  test("takes the coloured log out of stderr and counts what of it is not there", () => {
    expect(withoutColoured("a\nA\nb\nB\nc\n", "A\nB\n")).toEqual({ own: "a\nb\nc\n", missing: 0 });
    expect(withoutColoured("a\nA\n", "A\nB\n")).toEqual({ own: "a\n", missing: 1 });
  });

  test("keeps everything but times, durations, process ids, ports and the folder", () => {
    expect(normalise("2026-01-02 03:04:05,678 (node:77) took 12.5ms on 127.0.0.1:8080 in /x/y", "/x/y")).toBe(
      "<time> (node:<pid>) took <ms> on 127.0.0.1:<port> in <logs>",
    );
    expect(normalise('{"level":30,"time":1700000000000,"pid":7,"port":80,"n":5,"total":40}')).toBe(
      '{"level":30,"time":<ms>,"pid":<number>,"port":<number>,"n":5,"total":40}',
    );
  });

  test("draws a table whose columns ignore colours", () => {
    expect(table(["source", "lost"], [["pino", "\u001b[32m0\u001b[0m"]])).toBe(
      "source  lost\n------  ----\npino       \u001b[32m0\u001b[0m",
    );
  });
});
