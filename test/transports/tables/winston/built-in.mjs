import { join } from "node:path";
import { masked, parsed } from "../../row.mjs";
import { folder, linesOf } from "../../standins/folder.mjs";
import { http } from "../../standins/http.mjs";
import { output } from "../../standins/output.mjs";
import { errInJson } from "./differences.mjs";

/** @param {readonly string[]} lines */
const json = (lines) => parsed(lines).map((line) => masked(line, ["timestamp"]));

/** @type {readonly import("../../row.mjs").Row[]} */
export const builtIn = [
  {
    name: "Console",
    package: "winston",
    kind: "built in: stdout and stderr by level",
    backend: output,
    make: async () => {
      const { default: winston } = await import("winston");
      return new winston.transports.Console({ stderrLevels: ["error", "critical"], consoleWarnLevels: ["warn"] });
    },
    records: (streams) =>
      streams.flatMap(({ stream, text }) => json(text.split("\n").filter(Boolean)).map((line) => ({ stream, line }))),
    differs: [{ ...errInJson, forgive: (a, b) => inside("line", a, b) }],
  },
  {
    name: "File",
    package: "winston",
    kind: "built in: a file, opened asynchronously",
    backend: folder,
    make: async ({ folder }) => {
      const { default: winston } = await import("winston");
      return new winston.transports.File({ filename: join(folder, "app.log") });
    },
    records: (files) => json(linesOf(files)),
    differs: [errInJson],
  },
  {
    name: "File (a promise of it)",
    package: "winston",
    kind: "built in: arrives after the first records",
    options: { promise: true },
    backend: folder,
    make: async ({ folder }) => {
      const { default: winston } = await import("winston");
      await new Promise((resolve) => setTimeout(resolve, 100));
      return new winston.transports.File({ filename: join(folder, "app.log") });
    },
    records: (files) => json(linesOf(files)),
    differs: [errInJson],
  },
  {
    name: "File (own format)",
    package: "winston",
    kind: "built in: a format with colours and text",
    backend: folder,
    make: async ({ folder }) => {
      const { default: winston } = await import("winston");
      const { format } = winston;
      return new winston.transports.File({
        filename: join(folder, "app.log"),
        format: format.printf(
          ({ level, message, label = "", stack = "" }) =>
            `${level} [${label}] ${JSON.stringify(message)} ${JSON.stringify(stack)}`,
        ),
      });
    },
    records: linesOf,
  },
  {
    name: "Stream",
    package: "winston",
    kind: "built in: any writable stream",
    backend: folder,
    make: async ({ folder }) => {
      const { createWriteStream } = await import("node:fs");
      const { default: winston } = await import("winston");
      return new winston.transports.Stream({ stream: createWriteStream(join(folder, "app.log")) });
    },
    records: (files) => json(linesOf(files)),
    differs: [errInJson],
  },
  {
    name: "Http",
    package: "winston",
    kind: "built in: one request for each record",
    backend: () => http(),
    make: async ({ host, port }) => {
      const { default: winston } = await import("winston");
      return new winston.transports.Http({ host, port, path: "/log" });
    },
    records: (requests) => parsed(requests.map(({ text }) => text)).map((one) => masked(one, ["timestamp"])),
    unordered: true,
    differs: [errInJson],
  },
  {
    name: "Http (batches)",
    package: "winston",
    kind: "built in: batches of twenty, and a timer; has called back before it sends",
    delivers: "timer",
    backend: () => http(),
    make: async ({ host, port }) => {
      const { default: winston } = await import("winston");
      return new winston.transports.Http({
        host,
        port,
        path: "/log",
        batch: true,
        batchCount: 20,
        batchInterval: 1000,
      });
    },
    records: (requests) => parsed(requests.map(({ text }) => text)).flatMap((list) => masked(list, ["timestamp"])),
    quiet: 3000,
    unordered: true,
    differs: [errInJson],
  },
];

/** @param {string} key @param {any} native @param {any} bridged @returns {[any, any]} */
function inside(key, native, bridged) {
  const [a, b] = errInJson.forgive(native[key], bridged[key]);
  return [
    { ...native, [key]: a },
    { ...bridged, [key]: b },
  ];
}
