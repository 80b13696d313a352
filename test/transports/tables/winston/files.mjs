import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { masked, parsed } from "../../row.mjs";
import { folder, linesOf } from "../../standins/folder.mjs";
import { errInJson } from "./differences.mjs";

/** @param {any[]} files */
const json = (files) => masked(parsed(linesOf(files)), ["timestamp"]);

/** @type {readonly import("../../row.mjs").Row[]} */
export const files = [
  {
    name: "winston-daily-rotate-file",
    package: "winston-daily-rotate-file",
    kind: "calls back before its own stream has written, says `finish` twice",
    backend: () => folder(),
    make: async ({ folder }) => {
      const { default: DailyRotateFile } = await import("winston-daily-rotate-file");
      return new DailyRotateFile({
        dirname: folder,
        filename: "app-%DATE%.log",
        datePattern: "YYYY-MM-DD",
        maxSize: "40k",
      });
    },
    // Parts of one day are numbered: .log, .log.1, .log.2 …
    records: (files) => json([...files].sort((a, b) => number(a.file) - number(b.file))),
    differs: [errInJson],
  },
  {
    name: "fast-file-rotate",
    package: "fast-file-rotate",
    kind: "a stream of its own, ended in `_final`",
    backend: () => folder(),
    make: async ({ folder }) => {
      const { default: FileRotateTransport } = await import("fast-file-rotate");
      return new FileRotateTransport({ fileName: join(folder, "app%DATE%.log") });
    },
    records: json,
    differs: [errInJson],
  },
  {
    name: "winston-array-transport",
    package: "winston-array-transport",
    kind: "into an array of the application",
    backend: () => folder(),
    make: async ({ folder }) => {
      const { default: ArrayTransport } = await import("winston-array-transport");
      const array = {
        length: 0,
        push: (/** @type {unknown} */ item) => appendFileSync(join(folder, "array"), `${JSON.stringify(item)}\n`),
      };
      return new ArrayTransport({ array, json: true });
    },
    records: json,
    differs: [errInJson],
  },
];

/** @param {string} file */
function number(file) {
  return Number(/\.log\.(\d+)$/.exec(file)?.[1] ?? 0);
}
