import { syslog, syslogText } from "../../standins/syslog.mjs";
import { tcp } from "../../standins/tcp.mjs";
import { udp } from "../../standins/udp.mjs";
import { causes, linesAsData } from "./lines.mjs";

/** @type {readonly import("../../row.mjs").Row[]} */
export const network = [
  {
    name: "pino-socket (TCP)",
    package: "pino-socket",
    kind: "lines over TCP, in a worker",
    delivers: "remove",
    backend: () => tcp(),
    make: async ({ host, port }) =>
      (await import("pino")).default.transport({
        target: "pino-socket",
        options: { address: host, port, mode: "tcp" },
      }),
    records: linesAsData,
    differs: [causes()],
  },
  {
    name: "pino-socket (UDP)",
    package: "pino-socket",
    kind: "datagrams, in this process",
    backend: udp,
    async make({ host, port }) {
      const { default: socket } = await import("pino-socket");
      return socket({ address: host, port, mode: "udp", maxUdpPacketSize: 65_507 });
    },
    records: linesAsData,
    expected: 198,
    note: "64 KiB fit into no datagram",
    differs: [causes()],
  },
  {
    name: "pino-syslog",
    package: "pino-syslog",
    kind: "pipeline of two targets: syslog over TCP",
    delivers: "remove",
    backend: () => syslog("tcp"),
    make: async ({ host, port }) =>
      (await import("pino")).default.transport({
        pipeline: [
          { target: "pino-syslog", options: { enablePipelining: true, modern: true, newline: true, appname: "app" } },
          { target: "pino-socket", options: { address: host, port, mode: "tcp" } },
        ],
      }),
    records: syslogLines,
    differs: [causes("line.err")],
  },
  {
    name: "pino-papertrail",
    package: "pino-papertrail",
    kind: "syslog over TCP, in this process",
    backend: () => tcp(),
    async make({ host, port }) {
      const { default: papertrail } = await import("pino-papertrail");
      return papertrail.createWriteStream({ host, port: String(port), connection: "tcp", echo: false, appname: "app" });
    },
    records: syslogLines,
    differs: [causes("line.err")],
  },
];

/** @param {string[]} texts */
function syslogLines(texts) {
  return texts.map((text) => {
    const start = text.indexOf("{");
    // A level that the transport has no severity for is NaN to it.
    const head = syslogText(text.slice(0, start)).replace(/^(<NaN>1 )\S+ \S+ (\S+) \d+ /, "$1$2 ");
    return { head, line: linesAsData([text.slice(start).trimEnd()])[0] };
  });
}
