import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Transform } from "node:stream";
import { cut, masked, parsed } from "../../row.mjs";
import { folder, linesOf } from "../../standins/folder.mjs";
import { output } from "../../standins/output.mjs";
import { causes, causesInText, linesAsData, timeless } from "./lines.mjs";

/** @type {readonly import("../../row.mjs").Row[]} */
export const texts = [
  {
    name: "pino-pretty",
    package: "pino-pretty",
    kind: "text for people, in this process",
    delivers: "remove",
    backend: folder,
    async make({ folder }) {
      const { default: pretty } = await import("pino-pretty");
      return pretty({ colorize: false, destination: join(folder, "app.log"), sync: true });
    },
    records: pretty,
    differs: [causesInText(/,\n {6}"cause": \{[\s\S]*?\n {6}\}/)],
  },
  {
    name: "pino-pretty (worker)",
    package: "pino-pretty",
    kind: "text for people, in a worker",
    delivers: "remove",
    backend: folder,
    make: async ({ folder }) =>
      (await import("pino")).default.transport({
        target: "pino-pretty",
        options: { colorize: false, translateTime: false, destination: join(folder, "app.log") },
      }),
    records: pretty,
    differs: [causesInText(/,\n {6}"cause": \{[\s\S]*?\n {6}\}/)],
  },
  {
    name: "pino-logfmt",
    package: "pino-logfmt",
    kind: "key=value text, in a worker",
    delivers: "remove",
    backend: folder,
    make: async ({ folder }) =>
      (await import("pino")).default.transport({
        target: "pino-logfmt",
        options: {
          destination: join(folder, "app.log"),
          includeLevelLabel: true,
          flattenNestedObjects: true,
          escapeMultilineStrings: true,
        },
      }),
    records: (files) => linesOf(files).map(timeless),
    differs: [causesInText(/ err_cause_\w+=(?:"(?:[^"\\]|\\.)*"|\S+)/g)],
  },
  {
    name: "pino-transport-ecs",
    package: "pino-transport-ecs",
    kind: "pipeline of two targets that asks for pino's configuration",
    delivers: "remove",
    backend: folder,
    make: async ({ folder }) =>
      (await import("pino")).default.transport({
        pipeline: [
          { target: "pino-transport-ecs" },
          { target: "pino/file", options: { destination: join(folder, "app.log") } },
        ],
      }),
    records: (files) => parsed(linesOf(files)).map((line) => masked(line, ["@timestamp", "process.pid"])),
    differs: [causesInText(null, JSON.stringify)],
  },
  {
    name: "pino-lambda",
    package: "pino-lambda",
    kind: "lines for CloudWatch on stdout, in this process",
    backend: output,
    async make() {
      const { pinoLambdaDestination } = await import("pino-lambda");
      return pinoLambdaDestination();
    },
    // Before the line stands its text, with line breaks of its own.
    records: ([{ text }]) => linesAsData(text.match(/\{"level":\d+,[^\n]*\}(?=\n)/g) ?? []),
    differs: [causes()],
  },
  {
    name: "pino-test",
    package: "pino-test",
    kind: "a stream of objects, in this process",
    delivers: "remove",
    backend: folder,
    async make({ folder }) {
      const { default: pinoTest } = await import("pino-test");
      return written(pinoTest.sink(), folder);
    },
    records: (files) => linesAsData(linesOf(files)),
    differs: [causes()],
  },
  {
    name: "split2",
    package: "split2",
    kind: "a stream that splits lines, in this process",
    delivers: "remove",
    backend: folder,
    async make({ folder }) {
      const { default: split } = await import("split2");
      return written(split(JSON.parse), folder);
    },
    records: (files) => linesAsData(linesOf(files)),
    differs: [causes()],
  },
];

/** @param {any} stream of objects @param {string} folder where they go */
function written(stream, folder) {
  const lines = new Transform({
    objectMode: true,
    transform: (object, _encoding, callback) => callback(null, `${JSON.stringify(object)}\n`),
  });
  stream.pipe(lines).pipe(createWriteStream(join(folder, "app.log")));
  return stream;
}

/** @param {{ text: string }[]} files */
function pretty(files) {
  return cut(files.map(({ text }) => text).join(""), /^\[.*rec\d{3} /m).map(timeless);
}
