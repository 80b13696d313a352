import { join } from "node:path";
import { folder } from "../../standins/folder.mjs";
import { freePort } from "../../standins/free-port.mjs";
import { log4jsServer } from "../../standins/log4js.mjs";
import { tcp } from "../../standins/tcp.mjs";
import { causesInText, filesAsTexts, inEvents, serialised } from "./events.mjs";

/** @type {readonly import("../../row.mjs").Row[]} */
export const processes = [
  {
    name: "tcp",
    package: "log4js",
    kind: "built in: events as JSON",
    backend: () => tcp({ framing: "\0" }),
    make: ({ host, port }) => ({ out: { type: "tcp", host, port } }),
    records: serialised,
    differs: inEvents,
  },
  {
    name: "tcp-server",
    package: "log4js",
    kind: "built in: another process that receives events by tcp and writes them to a file",
    backend: () => log4jsServer((port) => ({ server: { type: "tcp-server", port } })),
    make: ({ host, port }) => ({ out: { type: "tcp", host, port } }),
    records: filesAsTexts,
    differs: [causesInText],
  },
  {
    name: "multiprocess (worker)",
    package: "log4js",
    kind: "built in: to another process, the master, which writes to a file",
    backend: () =>
      log4jsServer((port) => ({
        master: { type: "multiprocess", mode: "master", appender: "file", loggerPort: port },
      })),
    make: ({ host, port }) => ({ out: { type: "multiprocess", mode: "worker", loggerHost: host, loggerPort: port } }),
    records: filesAsTexts,
    differs: [causesInText],
  },
  {
    name: "multiprocess (master)",
    package: "log4js",
    kind: "built in: the master's own events",
    async backend() {
      const files = folder();
      return { ...files, at: { ...files.at, port: await freePort() } };
    },
    make: ({ folder, port }) => ({
      out: { type: "multiprocess", mode: "master", appender: "file", loggerHost: "127.0.0.1", loggerPort: port },
      file: { type: "file", filename: join(folder, "app.log") },
    }),
    records: filesAsTexts,
  },
];
