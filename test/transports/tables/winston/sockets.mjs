import { masked, parsed } from "../../row.mjs";
import { fluent } from "../../standins/fluent.mjs";
import { http } from "../../standins/http.mjs";
import { tcp } from "../../standins/tcp.mjs";
import { gelfOf, udp } from "../../standins/udp.mjs";
import { errAsText, errAt, errInJson, ownProperties } from "./differences.mjs";

const VOLATILE = ["timestamp", "_timestamp", "host", "pid", "serverName", "@timestamp"];

/** @type {readonly import("../../row.mjs").Row[]} */
export const sockets = [
  {
    name: "winston-graylog2",
    package: "winston-graylog2",
    kind: "GELF in datagrams, chunked and packed; reads `info.metadata` alone",
    options: { metadata: true },
    backend: udp,
    make: async ({ host, port }) => {
      const { default: Graylog2 } = await import("winston-graylog2");
      return new Graylog2({
        level: "silly",
        graylog: { servers: [{ host, port }], hostname: "web-1", facility: "app" },
      });
    },
    unordered: true,
    records: (datagrams) => masked(gelfOf(datagrams), VOLATILE),
    differs: [errAt("_err"), ownProperties(["_code", "_status", "_detail"])],
  },
  {
    name: "winston-gelf",
    package: "winston-gelf",
    kind: "GELF by a client that all its transports share; takes any own Error for the whole metadata",
    backend: udp,
    make: async ({ host, port }) => {
      const { default: GelfTransport } = await import("winston-gelf");
      return new GelfTransport({
        gelfPro: { adapterName: "udp", adapterOptions: { host, port }, fields: { facility: "app" } },
      });
    },
    unordered: true,
    records: (datagrams) => masked(gelfOf(datagrams), VOLATILE),
  },
  {
    name: "winston-log2gelf (TCP)",
    package: "winston-log2gelf",
    kind: "GELF over TCP; has an `end()` of its own, which emits nothing",
    backend: () => tcp({ framing: "\0" }),
    make: async ({ host, port }) => {
      const { default: Log2gelf } = await import("winston-log2gelf");
      return new Log2gelf({ level: "silly", hostname: "web-1", host, port, protocol: "tcp" });
    },
    records: (frames) => masked(parsed(frames), VOLATILE),
    differs: [errAsText("_err")],
  },
  {
    name: "winston-log2gelf (HTTP)",
    package: "winston-log2gelf",
    kind: "GELF over HTTP; calls back before it sends",
    backend: () => http(),
    make: async ({ host, port }) => {
      const { default: Log2gelf } = await import("winston-log2gelf");
      return new Log2gelf({ level: "silly", hostname: "web-1", host, port, protocol: "http" });
    },
    unordered: true,
    records: (requests) => masked(parsed(requests.map(({ text }) => text)), VOLATILE),
    differs: [errAsText("_err")],
  },
  {
    name: "winston-logstash",
    package: "winston-logstash",
    kind: "a queue until it has connected, one line at a time",
    backend: () => tcp(),
    make: async ({ host, port }) => {
      const { default: LogstashTransport } = await import("winston-logstash/lib/winston-logstash-latest.js");
      return new LogstashTransport({ host, port });
    },
    records: (lines) => masked(parsed(lines), VOLATILE),
    differs: [errInJson],
  },
  {
    name: "winston3-logstash-transport (TCP)",
    package: "winston3-logstash-transport",
    kind: "a queue until it has connected",
    backend: () => tcp(),
    make: async ({ host, port }) => {
      const { default: LogstashTransport } = await import("winston3-logstash-transport");
      return new LogstashTransport({
        level: "silly",
        mode: "tcp",
        host,
        port,
        applicationName: "app",
        label: "app",
        formatted: false,
        trailingLineFeed: true,
      });
    },
    records: (lines) => masked(parsed(lines), VOLATILE),
    differs: [errInJson],
  },
  {
    name: "winston3-logstash-transport (UDP)",
    package: "winston3-logstash-transport",
    kind: "datagrams, by default",
    backend: udp,
    make: async ({ host, port }) => {
      const { default: LogstashTransport } = await import("winston3-logstash-transport");
      return new LogstashTransport({ level: "silly", mode: "udp", host, port, applicationName: "app", label: "app" });
    },
    unordered: true,
    expected: 198,
    note: "64 KiB fit into no datagram",
    records: (datagrams) => masked(parsed(datagrams), VOLATILE),
  },
  {
    name: "udp-transport-winston",
    package: "udp-transport-winston",
    kind: "datagrams; calls back with an error for what is larger",
    backend: udp,
    make: async ({ host, port }) => {
      const { UDPTransport } = await import("udp-transport-winston");
      return new UDPTransport({ host, port });
    },
    unordered: true,
    takes: ({ message }) => message.length < 60_000,
    note: "64 KiB fit into no datagram, and end the process under winston itself",
    records: (datagrams) => masked(parsed(datagrams), VOLATILE),
    differs: [errInJson],
  },
  {
    name: "fluent-logger",
    package: "fluent-logger",
    kind: "Fluentd's forward protocol; ends in `_final`",
    backend: fluent,
    make: async ({ host, port }) => {
      const { default: logger } = await import("fluent-logger");
      const Transport = logger.support.winstonTransport();
      return new Transport("app", { host, port, timeout: 3, requireAckResponse: false });
    },
    records: (messages) => messages.map(([tag, , record]) => ({ tag, record: masked(record, VOLATILE) })),
    differs: [errAt("record.err")],
  },
];
