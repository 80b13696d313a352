import { masked, parsed } from "../../row.mjs";
import { answers, bulkOf, http } from "../../standins/http.mjs";
import { messagePackOf } from "../../standins/msgpack.mjs";
import { errAt, errInJson } from "./differences.mjs";

/** @param {any[]} requests */
const bodies = (requests) => parsed(requests.map(({ text }) => text));
/** Bodies of several JSON lines. @param {any[]} requests */
const lines = (requests) =>
  parsed(requests.flatMap(({ text }) => text.split("\n").filter((/** @type {string} */ line) => line !== "")));
const TIMES = ["timestamp", "@timestamp", "_time", "dt", "Timestamp"];

/** @type {readonly import("../../row.mjs").Row[]} */
export const web = [
  {
    name: "winston-loki",
    package: "winston-loki",
    kind: "batches on a timer of its own, has flush()",
    backend: () => http({ answer: answers.noContent }),
    make: async ({ url }) => {
      const { default: LokiTransport } = await import("winston-loki");
      return new LokiTransport({ host: url, json: true, interval: 2, labels: { app: "app" }, gracefulShutdown: false });
    },
    quiet: 4000,
    unordered: true,
    records: (requests) =>
      bodies(requests).flatMap(({ streams }) =>
        streams.flatMap((/** @type {any} */ { stream, values }) =>
          values.map((/** @type {any} */ [, line]) => ({ stream, ...lokiLine(line) })),
        ),
      ),
    differs: [errAt("rest.err")],
  },
  {
    name: "winston-elasticsearch",
    package: "winston-elasticsearch",
    shows: "L-ADD-SINK-13",
    kind: "asynchronous log(), bulks on a timer, has flush(), and an `end()` of its own",
    backend: () => http({ answer: answers.elasticsearch, counts: ({ url }) => url.includes("_bulk") }),
    make: async ({ url }) => {
      const { ElasticsearchTransport } = await import("winston-elasticsearch");
      return new ElasticsearchTransport({
        level: "silly",
        clientOpts: { node: url },
        index: "logs",
        flushInterval: 1000,
        ensureIndexTemplate: false,
      });
    },
    quiet: 3000,
    unordered: true,
    records: (requests) => requests.flatMap(({ text }) => bulkOf(text).map(({ document }) => masked(document, TIMES))),
    differs: [errAt("fields.err")],
  },
  {
    name: "winston-slack-webhook-transport",
    package: "winston-slack-webhook-transport",
    kind: "asynchronous log(): a request for each record",
    backend: () => http({ answer: answers.ok }),
    make: async ({ url }) => {
      const { default: SlackHook } = await import("winston-slack-webhook-transport");
      return new SlackHook({ webhookUrl: `${url}/services/T/B/x` });
    },
    unordered: true,
    records: bodies,
  },
  {
    name: "winston-splunk-httplogger",
    package: "winston-splunk-httplogger",
    kind: "calls back when Splunk has answered",
    backend: () => http({ answer: answers.splunk }),
    make: async ({ url }) => {
      const { default: SplunkStreamEvent } = await import("winston-splunk-httplogger");
      return new SplunkStreamEvent({ level: "silly", splunk: { token: "t", url } });
    },
    unordered: true,
    records: (requests) => masked(bodies(requests), [...TIMES, "time"]),
    differs: [errAt("event.message.meta.err")],
  },
  {
    name: "@logtail/winston",
    package: "@logtail/winston",
    kind: "batches of a client that the application makes; flushes when it is closed",
    delivers: "remove",
    backend: () => http({ answer: answers.accepted }),
    make: async ({ url }) => {
      const [{ Logtail }, { LogtailTransport }] = await Promise.all([
        import("@logtail/node"),
        import("@logtail/winston"),
      ]);
      return new LogtailTransport(new Logtail("token", { endpoint: url }));
    },
    unordered: true,
    quiet: 3000,
    records: (requests) =>
      masked(
        requests.flatMap(({ data }) => messagePackOf(data)),
        [...TIMES, "context"],
      ),
    differs: [errInJson],
  },
  {
    name: "@datalust/winston-seq",
    package: "@datalust/winston-seq",
    kind: "ES module; batches on a timer, has flush()",
    backend: () => http({ answer: answers.seq }),
    make: async ({ url }) => {
      const { SeqTransport } = await import("@datalust/winston-seq");
      return new SeqTransport({ serverUrl: url, apiKey: "k", onError: console.error });
    },
    unordered: true,
    quiet: 4000,
    records: (requests) => bodies(requests).flatMap(({ Events }) => masked(Events, TIMES)),
    differs: [errAt("Properties.err")],
  },
  {
    name: "logdna-winston",
    package: "logdna-winston",
    kind: "batches on a timer; changes the info",
    delivers: "timer",
    backend: () => http(),
    make: async ({ url }) => {
      const { default: LogDNATransport } = await import("logdna-winston");
      const levels = { critical: 0, error: 1, warn: 2, success: 3, info: 4, debug: 5, silly: 6 };
      return new LogDNATransport({
        key: "0123456789abcdef",
        url,
        levels,
        maxLevel: "silly",
        app: "app",
        hostname: "web-1",
        indexMeta: true,
      });
    },
    unordered: true,
    quiet: 4000,
    records: (requests) => bodies(requests).flatMap(({ ls = [] }) => masked(ls, TIMES)),
    differs: [errAt("meta.err")],
  },
  {
    name: "winston-sumologic-transport",
    package: "winston-sumologic-transport",
    kind: "batches on a timer that never stops; metadata from the call's arguments alone",
    delivers: "timer",
    backend: () => http(),
    make: async ({ url }) => {
      const { SumoLogic } = await import("winston-sumologic-transport");
      return new SumoLogic({ url, level: "silly" });
    },
    quiet: 3000,
    records: lines,
  },
  {
    name: "winston-logzio",
    package: "winston-logzio",
    kind: "batches of a hundred and on a timer; emits `finish` itself when it is closed",
    delivers: "remove",
    backend: () => http(),
    make: async ({ host, port }) => {
      const { default: LogzioTransport } = await import("winston-logzio");
      return new LogzioTransport({ level: "silly", token: "t", host, port, protocol: "http", sendIntervalMs: 2000 });
    },
    unordered: true,
    quiet: 4000,
    records: (requests) => masked(lines(requests), TIMES),
    differs: [errInJson],
  },
  {
    name: "winston-newrelic-logs-transport",
    package: "winston-newrelic-logs-transport",
    kind: "throttled batches",
    delivers: "timer",
    backend: () => http({ answer: answers.accepted }),
    make: async ({ url }) => {
      const { default: module } = await import("winston-newrelic-logs-transport");
      return new module.default({ licenseKey: "k", apiUrl: url, batchSize: 50, batchThrottle: 1000 });
    },
    unordered: true,
    quiet: 3000,
    records: (requests) =>
      masked(
        bodies(requests).flatMap(([{ logs }]) => logs),
        TIMES,
      ),
    differs: [errInJson],
  },
  {
    name: "@axiomhq/winston",
    package: "@axiomhq/winston",
    kind: "keeps the infos for a second and writes on them; its flush() takes a callback",
    backend: () => http({ answer: () => ({ body: { ingested: 1, failed: 0, failures: [] } }) }),
    make: async ({ url }) => {
      const { WinstonTransport } = await import("@axiomhq/winston");
      return new WinstonTransport({ dataset: "logs", token: "t", url });
    },
    quiet: 3000,
    records: (requests) => masked(lines(requests), TIMES),
    differs: [errInJson],
  },
];

/** The text is the message and the metadata as JSON. @param {string} line */
function lokiLine(line) {
  for (let start = line.indexOf(" {"); start >= 0; start = line.indexOf(" {", start + 1)) {
    try {
      return { message: line.slice(0, start), rest: JSON.parse(line.slice(start)) };
    } catch {
      // Braces of the message.
    }
  }
  return { line };
}
