import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { folder, linesOf } from "../../standins/folder.mjs";
import { causes, linesAsData } from "./lines.mjs";

/** @param {{ file: string, text: string }[]} files */
const allLines = (files) => linesAsData(linesOf(files));

/** The lines of each file, with the file's name. @param {{ file: string, text: string }[]} files */
const linesByFile = (files) =>
  files.flatMap((one) => linesAsData(linesOf([one])).map((line) => ({ file: one.file, line })));

// An asynchronous file destination now and then writes one batch before another, under pino itself: those rows have no order.

/** @type {readonly import("../../row.mjs").Row[]} */
export const files = [
  {
    name: "pino.destination",
    package: "pino",
    kind: "built in: a file, asynchronously",
    unordered: true,
    backend: folder,
    make: async ({ folder }) =>
      (await import("pino")).default.destination({ dest: join(folder, "app.log"), sync: false }),
    records: allLines,
    differs: [causes()],
  },
  {
    name: "pino.destination (minLength)",
    package: "pino",
    kind: "built in: a file, gathered in memory",
    unordered: true,
    backend: folder,
    make: async ({ folder }) =>
      (await import("pino")).default.destination({ dest: join(folder, "app.log"), sync: false, minLength: 4096 }),
    records: allLines,
    differs: [causes()],
  },
  {
    name: "pino.destination (sync)",
    package: "pino",
    kind: "built in: a file, synchronously",
    backend: folder,
    make: async ({ folder }) =>
      (await import("pino")).default.destination({ dest: join(folder, "app.log"), sync: true }),
    records: allLines,
    differs: [causes()],
  },
  {
    name: "pino/file",
    package: "pino",
    kind: "built in: a file, in a worker",
    delivers: "remove",
    unordered: true,
    backend: folder,
    make: async ({ folder }) =>
      (await import("pino")).default.transport({
        target: "pino/file",
        options: { destination: join(folder, "logs", "app.log"), mkdir: true },
      }),
    records: allLines,
    differs: [causes()],
  },
  {
    name: "targets",
    package: "pino",
    kind: "built in: several targets with levels, in a worker",
    delivers: "remove",
    unordered: true,
    backend: folder,
    make: async ({ folder }) =>
      (await import("pino")).default.transport({
        targets: [
          { target: "pino/file", level: "trace", options: { destination: join(folder, "all.log") } },
          { target: "pino/file", level: "error", options: { destination: join(folder, "errors.log") } },
        ],
      }),
    records: inBoth,
    differs: [causes("line.err")],
  },
  {
    name: "pino.multistream",
    package: "pino",
    kind: "built in: several streams with levels, dedupe",
    unordered: true,
    backend: folder,
    async make({ folder }) {
      const { default: pino } = await import("pino");
      const file = (/** @type {string} */ name) => pino.destination({ dest: join(folder, name), sync: false });
      return pino.multistream(
        [
          { level: "trace", stream: file("rest.log") },
          { level: "warn", stream: file("warnings.log") },
          { level: "error", stream: createWriteStream(join(folder, "errors.log")) },
        ],
        { dedupe: true },
      );
    },
    records: linesByFile,
    differs: [causes("line.err")],
  },
  {
    name: "pino-multi-stream",
    package: "pino-multi-stream",
    kind: "a logger of its own with several streams, taken over by pinoSinks()",
    unordered: true,
    backend: folder,
    async make({ folder }) {
      const [{ default: pino }, { default: multi }] = await Promise.all([import("pino"), import("pino-multi-stream")]);
      const file = (/** @type {string} */ name) => pino.destination({ dest: join(folder, name), sync: false });
      return multi({
        level: "trace",
        customLevels: { success: 35 },
        streams: [
          { level: "trace", stream: file("all.log") },
          { level: "error", stream: file("errors.log") },
        ],
      });
    },
    records: inBoth,
    options: { isLogger: true },
    differs: [],
  },
  {
    name: "fs.createWriteStream",
    package: "pino",
    kind: "a plain stream",
    backend: folder,
    make: ({ folder }) => createWriteStream(join(folder, "app.log")),
    records: allLines,
    differs: [causes()],
  },
  {
    name: "rotating-file-stream",
    package: "rotating-file-stream",
    kind: "a plain stream that rotates by size",
    backend: () => folder((name) => name.endsWith(".log")),
    async make({ folder: path }) {
      const { createStream } = await import("rotating-file-stream");
      /** @param {number | Date | null} _time @param {number} [index] */
      const name = (_time, index) => `app-${String(index ?? 999).padStart(3, "0")}.log`;
      return createStream(name, { path, size: "100K" });
    },
    records: allLines,
    differs: [causes()],
  },
  {
    name: "pino-roll",
    package: "pino-roll",
    kind: "a file that rotates by size, in a worker",
    delivers: "remove",
    unordered: true,
    backend: folder,
    make: async ({ folder }) =>
      (await import("pino")).default.transport({
        target: "pino-roll",
        options: { file: join(folder, "app"), size: "100k", extension: ".log" },
      }),
    records: allLines,
    differs: [causes()],
  },
];

/** Lines of one file, and whether they are in the other too. @param {{ file: string, text: string }[]} files */
function inBoth(files) {
  const { all = [], errors = [] } = Object.fromEntries(files.map((one) => [one.file.slice(0, -4), linesOf([one])]));
  return linesAsData(all).map((line, index) => ({ line, isInBoth: errors.includes(all[index] ?? "") }));
}
