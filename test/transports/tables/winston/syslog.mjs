import { cut } from "../../row.mjs";
import { syslog, syslogText } from "../../standins/syslog.mjs";
import { tcp } from "../../standins/tcp.mjs";
import { errInText } from "./differences.mjs";

/** @type {readonly import("../../row.mjs").Row[]} */
export const syslogs = [
  {
    name: "winston-syslog (UDP)",
    package: "winston-syslog",
    shows: "L-BR-1",
    kind: "datagrams; refuses levels that are not syslog's",
    backend: () => syslog("udp"),
    make: async ({ host, port }) => {
      const { Syslog } = await import("winston-syslog");
      return new Syslog({ host, port, protocol: "udp4", app_name: "app", localhost: "web-1", pid: 4711 });
    },
    options: { levels: "syslog" },
    // What is larger than a datagram comes in two, of which the second has no id.
    records: (lines) => lines.filter((line) => line.startsWith("<")).map(syslogText),
    differs: [errInText],
  },
  {
    name: "winston-syslog (TCP, RFC 5424)",
    package: "winston-syslog",
    kind: "a queue until it has connected",
    backend: () => syslog("tcp"),
    make: async ({ host, port }) => {
      const { Syslog } = await import("winston-syslog");
      return new Syslog({
        host,
        port,
        protocol: "tcp4",
        type: "5424",
        eol: "\n",
        app_name: "app",
        localhost: "web-1",
        pid: 4711,
      });
    },
    options: { levels: "syslog" },
    records: (lines) => lines.map(syslogText),
    differs: [errInText],
  },
  {
    name: "winston-papertrail-transport",
    package: "winston-papertrail-transport",
    kind: "syslog lines over TCP; what waits for the connection is sent last first",
    backend: () => tcp({ framing: "\n" }),
    make: async ({ host, port }) => {
      const { PapertrailTransport } = await import("winston-papertrail-transport");
      return new PapertrailTransport({ host, port, disableTls: true, program: "app", hostname: "web-1" });
    },
    unordered: true,
    records: (lines) => lines.map((line) => syslogText(line.trimEnd())),
    differs: [errInText],
  },
  {
    name: "winston-papertrail",
    package: "winston-papertrail",
    kind: "written for winston 2; before it has connected it never calls back",
    backend: () => tcp(),
    make: async ({ host, port }) => {
      const { Papertrail } = await import("winston-papertrail");
      return new Papertrail({
        level: "silly",
        host,
        port,
        disableTls: true,
        program: "app",
        hostname: "web-1",
        levels: PAPERTRAIL,
      });
    },
    // A record is several lines; those of the metadata are in the order of the fields.
    records: (lines) =>
      cut(lines.map((line) => syslogText(line.trimEnd())).join("\n"), /^<\d+>1 app - - \w+ rec\d{3} /m).map((text) => {
        const [first, ...rest] = text.split("\n").filter((line) => !line.includes("[Symbol("));
        return [first, ...rest.map((line) => line.replace(/,$/, "")).sort()];
      }),
  },
];

const PAPERTRAIL = { silly: 7, debug: 7, verbose: 7, info: 6, success: 5, warn: 4, error: 3, critical: 2 };
