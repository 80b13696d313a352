import { join } from "node:path";
import { folder } from "../../standins/folder.mjs";
import { filesAsTexts } from "./events.mjs";

/** @param {string} folder */
const file = (folder) => ({ type: "file", filename: join(folder, "app.log") });

/** @type {readonly import("../../row.mjs").Row[]} */
export const filters = [
  {
    name: "logLevelFilter",
    package: "log4js",
    kind: "built in: from one level to another",
    backend: folder,
    make: ({ folder }) => ({
      out: { type: "logLevelFilter", level: "info", maxLevel: "error", appender: "file" },
      file: file(folder),
    }),
    records: filesAsTexts,
    expected: 142,
    note: "the levels from INFO to ERROR",
  },
  {
    name: "categoryFilter",
    package: "log4js",
    kind: "built in: leaves categories out",
    backend: folder,
    make: ({ folder }) => ({
      out: { type: "categoryFilter", exclude: ["billing"], appender: "file" },
      file: file(folder),
    }),
    records: filesAsTexts,
    expected: 195,
    note: "without the category billing",
  },
  {
    name: "noLogFilter",
    package: "log4js",
    kind: "built in: leaves texts out",
    backend: folder,
    make: ({ folder }) => ({
      out: { type: "noLogFilter", exclude: ["plain text", "quotes"], appender: "file" },
      file: file(folder),
    }),
    records: filesAsTexts,
    expected: 180,
    note: "without two kinds of texts",
  },
  {
    name: "filter behind filter",
    package: "log4js",
    kind: "built in: a filter that refers to a filter",
    backend: folder,
    make: ({ folder }) => ({
      out: { type: "logLevelFilter", level: "warn", appender: "named" },
      named: { type: "categoryFilter", exclude: "default", appender: "file" },
      file: file(folder),
    }),
    records: filesAsTexts,
    expected: 2,
    note: "WARN and above of two categories",
  },
];
