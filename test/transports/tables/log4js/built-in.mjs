import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { masked, parsed } from "../../row.mjs";
import { folder, linesOf } from "../../standins/folder.mjs";
import { output } from "../../standins/output.mjs";
import { filesAsTexts, layoutTexts } from "./events.mjs";

/** @param {readonly { stream: string, text: string }[]} streams */
const printed = (streams) => streams.flatMap(({ stream, text }) => layoutTexts(text).map((line) => ({ stream, line })));

/** @type {readonly import("../../row.mjs").Row[]} */
export const builtIn = [
  {
    name: "console",
    package: "log4js",
    kind: "built in: console.log, with colours",
    backend: output,
    make: () => ({ out: { type: "console" } }),
    records: printed,
  },
  {
    name: "stdout",
    package: "log4js",
    kind: "built in: with colours",
    backend: output,
    make: () => ({ out: { type: "stdout" } }),
    records: printed,
  },
  {
    name: "stderr",
    package: "log4js",
    kind: "built in: a pattern with colours",
    backend: output,
    make: () => ({ out: { type: "stderr", layout: { type: "pattern", pattern: "%[[%d] %p %c%] %m" } } }),
    records: printed,
  },
  {
    name: "file",
    package: "log4js",
    kind: "built in: rotates by size",
    backend: folder,
    make: ({ folder }) => ({
      out: { type: "file", filename: join(folder, "app.log"), maxLogSize: 100_000, backups: 9, keepFileExt: true },
    }),
    // The newest file has no number, the others are the older the higher it is.
    records: (files) => filesAsTexts([...files].sort((a, b) => age(b.file) - age(a.file))).map(({ line }) => line),
  },
  {
    name: "file (pattern layout)",
    package: "log4js",
    kind: "built in: level, category, context, message",
    backend: folder,
    make: ({ folder }) => ({
      out: {
        type: "file",
        filename: join(folder, "app.log"),
        layout: { type: "pattern", pattern: "[%d] %-7p %c{2} %h <%X{requestId}> %m%n" },
      },
    }),
    records: filesAsTexts,
  },
  {
    name: "fileSync",
    package: "log4js",
    kind: "built in: synchronously",
    backend: folder,
    make: ({ folder }) => ({ out: { type: "fileSync", filename: join(folder, "app.log") } }),
    records: filesAsTexts,
  },
  {
    name: "dateFile",
    package: "log4js",
    kind: "built in: a file for each day",
    backend: folder,
    make: ({ folder }) => ({
      out: {
        type: "dateFile",
        filename: join(folder, "app.log"),
        pattern: "yyyy-MM-dd",
        alwaysIncludePattern: true,
        layout: { type: "dummy" },
      },
    }),
    records: (files) => linesOf(files),
  },
  {
    name: "multiFile",
    package: "log4js",
    kind: "built in: a file for each category",
    backend: folder,
    make: ({ folder }) => ({
      out: { type: "multiFile", base: folder, property: "categoryName", extension: ".log" },
    }),
    records: filesAsTexts,
    unordered: true,
  },
  {
    name: "multiFile (by context)",
    package: "log4js",
    kind: "built in: a file for each value of a field; without the field nothing is written",
    backend: folder,
    make: ({ folder }) => ({ out: { type: "multiFile", base: folder, property: "requestId", extension: ".log" } }),
    records: filesAsTexts,
    expected: 10,
    note: "the records that have the field",
  },
  {
    name: "recording",
    package: "log4js",
    kind: "built in: events in memory",
    backend: folder,
    make: () => ({ out: { type: "recording" } }),
    options: {
      /** @param {{ folder: string }} at */
      async write({ folder }) {
        const { default: log4js } = await import("log4js");
        const events = /** @type {any[]} */ (log4js.recording().replay());
        const lines = events.map(({ startTime, categoryName, level, data, context, pid, error }) => {
          const shown = { startTime, categoryName, level, context, pid, hasError: error !== undefined };
          return JSON.stringify({ ...shown, data: data.map(shownValue) });
        });
        writeFileSync(join(folder, "recording.json"), lines.map((line) => `${line}\n`).join(""));
      },
    },
    records: (files) => parsed(linesOf(files)).map((event) => masked(event, ["startTime", "pid"])),
  },
];

/** @param {unknown} value */
function shownValue(value) {
  return value instanceof Error ? { ...value, stack: value.stack, cause: String(value.cause) } : value;
}

/** @param {string} file `app.3.log` */
function age(file) {
  return Number(file.split(".")[1]) || 0;
}
