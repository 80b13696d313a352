import { apart, masked, parsed } from "../../row.mjs";
import { answers, bulkOf, http } from "../../standins/http.mjs";
import { messagePackOf } from "../../standins/msgpack.mjs";
import { attributesOf } from "../../standins/otlp.mjs";
import { causes, linesAsData } from "./lines.mjs";

/** @param {any} pieces @returns {any[]} the bodies of requests, from JSON */
const bodies = (pieces) => parsed(pieces.map((/** @type {{ text: string }} */ { text }) => text));

/** @type {readonly import("../../row.mjs").Row[]} */
export const services = [
  {
    name: "pino-elasticsearch",
    package: "pino-elasticsearch",
    kind: "bulk requests, a stream in this process",
    delivers: "remove",
    backend: () => http({ answer: answers.elasticsearch, counts: ({ url }) => url.includes("_bulk") }),
    async make({ url }) {
      const { default: elasticsearch } = await import("pino-elasticsearch");
      return elasticsearch({ node: url, index: "logs", esVersion: 8, flushBytes: 20_000 });
    },
    records: documents,
    unordered: true,
    differs: [causes("document.err")],
  },
  {
    name: "pino-opensearch",
    package: "pino-opensearch",
    kind: "bulk requests, a stream in this process",
    delivers: "remove",
    backend: () => http({ answer: answers.elasticsearch, counts: ({ url }) => url.includes("_bulk") }),
    async make({ url }) {
      const { default: opensearch } = await import("pino-opensearch");
      return opensearch({ node: url, index: "logs", "es-version": 7, "flush-bytes": 20_000 });
    },
    records: documents,
    unordered: true,
    differs: [causes("document.err")],
  },
  {
    name: "pino-loki",
    package: "pino-loki",
    kind: "batches by a timer, in a worker",
    delivers: "remove",
    backend: () => http({ answer: answers.noContent }),
    make: async ({ url }) =>
      (await import("pino")).default.transport({
        target: "pino-loki",
        options: { host: url, batching: { interval: 1 }, labels: { application: "app" }, propsToLabels: ["name"] },
      }),
    records: (requests) =>
      bodies(requests)
        .flatMap(({ streams }) => streams)
        .map(({ stream, values: [[_time, line]] }) => ({ stream, line: linesAsData([line])[0] })),
    differs: [causes("line.err")],
  },
  {
    name: "pino-datadog-transport",
    package: "pino-datadog-transport",
    kind: "batches by a timer of its own, in a worker",
    delivers: "timer",
    backend: () => http({ answer: answers.accepted }),
    make: async ({ host, port }) =>
      (await import("pino")).default.transport({
        target: "pino-datadog-transport",
        options: {
          ddClientConf: { authMethods: { apiKeyAuth: "key" }, serverIndex: 1 },
          ddServerConf: { protocol: "http", name: `${host}:${port}` },
          service: "app",
          sendIntervalMs: 200,
        },
      }),
    records: (requests) =>
      bodies(requests)
        .flat()
        .map(({ message, ...item }) => ({ ...item, message: masked(JSON.parse(message), ["date", "pid"]) })),
    options: { pause: 1000 },
    note: "sends by its timer alone: what it holds when it is removed is lost, natively too",
    differs: [causes("message.err")],
  },
  {
    name: "@logtail/pino",
    package: "@logtail/pino",
    kind: "batches in MessagePack, in a worker",
    delivers: "remove",
    backend: () => http({ answer: answers.accepted }),
    make: async ({ url }) =>
      (await import("pino")).default.transport({
        target: "@logtail/pino",
        options: { sourceToken: "token", options: { endpoint: url, batchInterval: 200, captureStackContext: false } },
      }),
    records: (requests) => requests.flatMap(({ data }) => masked(messagePackOf(data), ["dt", "pid"])),
    unordered: true,
    differs: [causes()],
  },
  {
    name: "pino-seq",
    package: "pino-seq",
    kind: "batches, a stream in this process",
    backend: () => http({ answer: answers.seq }),
    async make({ url }) {
      const { default: seq } = await import("pino-seq");
      return seq.createStream({ serverUrl: url, maxBatchingTime: 200 });
    },
    records: (requests) =>
      bodies(requests)
        .flatMap(({ Events }) => Events)
        .map((event) => masked(event, ["Timestamp", "pid"])),
    differs: [apart("Properties.cause", "pino's own lines have no causes as objects")],
  },
  {
    name: "pino-http-send",
    package: "pino-http-send",
    kind: "batches by a timer of its own, a stream in this process",
    delivers: "timer",
    backend: () => http(),
    async make({ url }) {
      const { createWriteStream } = await import("pino-http-send");
      return createWriteStream({ url, batchSize: 15, timeout: 300 });
    },
    records: (requests) =>
      bodies(requests)
        .flatMap(({ logs }) => logs)
        .map((line) => masked(line, ["time", "pid"])),
    unordered: true,
    differs: [causes()],
  },
  {
    name: "pino-opentelemetry-transport",
    package: "pino-opentelemetry-transport",
    kind: "OTLP over HTTP, in a worker; asks for pino's configuration",
    delivers: "remove",
    backend: () => http(),
    make: async ({ url }) =>
      (await import("pino")).default.transport({
        target: "pino-opentelemetry-transport",
        options: {
          loggerName: "app",
          serviceVersion: "1.0.0",
          resourceAttributes: { "service.name": "app" },
          logRecordProcessorOptions: {
            recordProcessorType: "batch",
            exporterOptions: { protocol: "http", httpExporterOptions: { url: `${url}/v1/logs` } },
          },
        },
      }),
    records: (requests) =>
      bodies(requests)
        .flatMap(({ resourceLogs }) => resourceLogs)
        .flatMap(({ scopeLogs }) => scopeLogs)
        .flatMap(({ logRecords }) => logRecords)
        .map(({ attributes, ...record }) => ({
          ...masked(record, ["timeUnixNano", "observedTimeUnixNano"]),
          attributes: attributesOf(attributes),
        })),
    differs: [causes("attributes.err")],
  },
  {
    name: "@youngkiu/pino-slack-webhook",
    package: "@youngkiu/pino-slack-webhook",
    kind: "one request for each record, one after the other, in a worker",
    delivers: "remove",
    backend: () => http({ answer: answers.ok }),
    make: async ({ url }) =>
      (await import("pino")).default.transport({
        target: "@youngkiu/pino-slack-webhook",
        options: { webhookUrl: url, channel: "#app" },
      }),
    records: bodies,
  },
  {
    name: "pino-logflare",
    package: "pino-logflare",
    kind: "batches, in a worker",
    delivers: "remove",
    backend: () => http({ answer: () => ({ body: { message: "Logged!" } }) }),
    make: async ({ url }) =>
      (await import("pino")).default.transport({
        target: "pino-logflare",
        options: { apiKey: "key", sourceToken: "token", apiBaseUrl: url, batchTimeout: 300 },
      }),
    records: (requests) =>
      bodies(requests)
        .flatMap(({ batch }) => batch)
        .map((event) => masked(event, ["timestamp", "pid"])),
    unordered: true,
    differs: [causes("metadata.err")],
  },
  {
    name: "@axiomhq/pino",
    package: "@axiomhq/pino",
    kind: "batches, in a worker",
    delivers: "remove",
    backend: () => http({ answer: () => ({ body: { ingested: 1, failed: 0 } }) }),
    make: async ({ url }) =>
      (await import("pino")).default.transport({
        target: "@axiomhq/pino",
        options: { dataset: "app", token: "xaat-token", url },
      }),
    records: (requests) =>
      requests
        .flatMap(({ text }) => parsed(text.split("\n").filter(Boolean)).flat())
        .map((event) => masked(event, ["_time", "pid"])),
    differs: [causes()],
  },
  {
    name: "@openobserve/pino-openobserve",
    package: "@openobserve/pino-openobserve",
    kind: "batches by a timer of its own, a stream in this process that nobody reads",
    delivers: "timer",
    backend: () => http(),
    async make({ url }) {
      const { default: Openobserve } = await import("@openobserve/pino-openobserve");
      return new Openobserve({ url, organization: "org", streamName: "app", timeThreshold: 300 });
    },
    records: (requests) => requests.flatMap(({ text }) => linesAsData(text.split("\n"))),
    differs: [causes()],
  },
];

/** @param {{ text: string }[]} requests */
function documents(requests) {
  return requests
    .flatMap(({ text }) => bulkOf(text))
    .map(({ action, document }) => ({ action, document: masked(document, ["time", "pid"]) }));
}
