import { join } from "node:path";
import { masked, parsed, withoutTimes } from "../../row.mjs";
import { fluent } from "../../standins/fluent.mjs";
import { folder, linesOf } from "../../standins/folder.mjs";
import { bulkOf, http } from "../../standins/http.mjs";
import { redis } from "../../standins/redis.mjs";
import { reroute } from "../../standins/reroute.mjs";
import { mailOf, smtp } from "../../standins/smtp.mjs";
import { tcp } from "../../standins/tcp.mjs";
import { gelfOf, udp } from "../../standins/udp.mjs";

/** @param {string} host @param {number} port */
const mailing = (host, port) => ({
  type: "@log4js-node/smtp",
  recipients: "ops@example.org",
  sender: "app@example.org",
  subject: "log",
  SMTP: { host, port, secure: false, ignoreTLS: true },
});

/** @type {readonly import("../../row.mjs").Row[]} */
export const foreign = [
  {
    name: "@log4js-node/smtp",
    package: "@log4js-node/smtp",
    kind: "a mail for each record",
    delivers: "remove",
    backend: smtp,
    make: ({ host, port }) => ({
      out: mailing(host, port),
    }),
    records: (mails) => mails.map((mail) => ({ ...mailOf(mail), text: withoutTimes(mailOf(mail).text) })),
    unordered: true,
  },
  {
    name: "@log4js-node/smtp (one mail)",
    package: "@log4js-node/smtp",
    kind: "all records of a while in one mail, sent by its timer or at its end",
    delivers: "remove",
    backend: smtp,
    make: ({ host, port }) => ({
      out: { ...mailing(host, port), sendInterval: 1, layout: { type: "pattern", pattern: "%p %c %m" } },
    }),
    records: (mails) =>
      mails.flatMap((mail) => mailOf(mail).text.split(/^(?=[A-Z]+ \S+ rec\d{3} )/m)).map((text) => text.trimEnd()),
  },
  {
    name: "@log4js-node/gelf",
    package: "@log4js-node/gelf",
    kind: "GELF datagrams; sends nothing that is above 8 KiB packed",
    delivers: "remove",
    backend: udp,
    make: ({ host, port }) => ({
      out: {
        type: "@log4js-node/gelf",
        host,
        port,
        hostname: "host",
        facility: "app",
        customFields: { _environment: "test" },
      },
    }),
    records: (datagrams) => gelfOf(datagrams).map((message) => masked(message, ["timestamp"])),
    unordered: true,
  },
  {
    name: "@log4js-node/logstashudp",
    package: "@log4js-node/logstashudp",
    kind: "datagrams with JSON",
    delivers: "remove",
    backend: udp,
    make: ({ host, port }) => ({
      out: { type: "@log4js-node/logstashudp", host, port, layout: { type: "dummy" } },
    }),
    records: (datagrams) => parsed(datagrams).map((one) => masked(one, ["@timestamp"])),
    expected: 198,
    note: "64 KiB fit into no datagram",
  },
  {
    name: "@log4js-node/logstash-http",
    package: "@log4js-node/logstash-http",
    kind: "one bulk request for each record; no shutdown",
    delivers: "timer",
    backend: () => http(),
    make: ({ url }) => ({
      out: {
        type: "@log4js-node/logstash-http",
        url: `${url}/_bulk`,
        application: "app",
        logType: "application",
        logChannel: "test",
      },
    }),
    records: (requests) =>
      requests.flatMap(({ text }) => bulkOf(text)).map(({ document }) => masked(document, ["datetime"])),
    unordered: true,
  },
  {
    name: "log4js-logstash-tcp",
    package: "log4js-logstash-tcp",
    kind: "lines with JSON, over many connections; changes the event's data",
    delivers: "timer",
    backend: () => tcp(),
    make: ({ host, port }) => ({
      out: { type: "log4js-logstash-tcp", host, port, logType: "app", layout: { type: "dummy" } },
    }),
    records: (lines) => parsed(lines).map((line) => masked(line, ["@timestamp"])),
    unordered: true,
    expected: 198,
    options: { pause: 1000 },
    note: "a field `message` takes the text's place; what waits for a connection when it is removed is lost, natively too",
  },
  {
    name: "@log4js-node/redis",
    package: "@log4js-node/redis",
    kind: "publishes to a channel",
    delivers: "remove",
    backend: redis,
    make: ({ host, port }) => ({
      out: { type: "@log4js-node/redis", host, port, channel: "logs", layout: { type: "basic" } },
    }),
    records: (commands) => commands.map(([name, channel, text = ""]) => ({ name, channel, text: withoutTimes(text) })),
  },
  {
    name: "@log4js-node/slack",
    package: "@log4js-node/slack",
    kind: "a request for each record; no shutdown; a fixed address",
    delivers: "timer",
    backend: () => http({ answer: () => ({ body: { ok: true } }) }),
    make: (at) => {
      reroute(at);
      return { out: { type: "@log4js-node/slack", token: "token", channel_id: "#app", username: "app" } };
    },
    records: (requests) =>
      requests.map(({ text }) => ({ ...Object.fromEntries(new URLSearchParams(withoutTimes(text))) })),
    unordered: true,
  },
  {
    name: "@log4js-node/loggly",
    package: "@log4js-node/loggly",
    kind: "a request for each record, shutdown waits for the answers; changes the event; a fixed address",
    delivers: "remove",
    backend: () => http({ answer: () => ({ body: { response: "ok" } }) }),
    make: (at) => {
      reroute(at);
      return { out: { type: "@log4js-node/loggly", token: "token", subdomain: "app", tags: ["tag"], json: true } };
    },
    records: (requests) => parsed(requests.map(({ text }) => text)),
    unordered: true,
  },
  {
    name: "log4js-fluent-appender",
    package: "log4js-fluent-appender",
    kind: "Fluentd's forward protocol; the appender has an emitter's methods",
    delivers: "remove",
    backend: fluent,
    make: ({ host, port }) => ({
      out: { type: "log4js-fluent-appender", tag_prefix: "app", options: { host, port, timeout: 3 } },
    }),
    records: (messages) => messages.map(([tag, , record]) => ({ tag, record: masked(record, ["timestamp"]) })),
  },
  {
    name: "log4js-json-layout",
    package: "log4js-json-layout",
    kind: "a layout that is added to log4js: fields and errors as JSON in a file",
    backend: folder,
    async make({ folder }) {
      const [{ default: log4js }, { default: jsonLayout }] = await Promise.all([
        import("log4js"),
        import("log4js-json-layout"),
      ]);
      log4js.addLayout("json", jsonLayout);
      return {
        out: {
          type: "file",
          filename: join(folder, "app.log"),
          layout: { type: "json", source: "app", include: ["startTime", "categoryName", "level", "data", "source"] },
        },
      };
    },
    records: (files) => parsed(linesOf(files)).map((line) => masked(line, ["startTime"])),
    expected: 190,
    note: "a field `msg` takes the text's place",
  },
];
