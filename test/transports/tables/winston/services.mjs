import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { apart, masked, parsed } from "../../row.mjs";
import { folder, linesOf } from "../../standins/folder.mjs";
import { http } from "../../standins/http.mjs";
import { output } from "../../standins/output.mjs";
import { errAt, errInJson } from "./differences.mjs";

const LEVELS = { critical: 2, error: 3, warn: 4, success: 5, info: 6, debug: 7, silly: 7 };

/** Transports on top of a vendor's SDK. @type {readonly import("../../row.mjs").Row[]} */
export const services = [
  {
    name: "winston-transport-sentry-node",
    package: "winston-transport-sentry-node",
    kind: "keeps the info in the SDK's scope; an `end()` of its own that flushes",
    backend: () => http(),
    make: async ({ host, port }) => {
      const { default: module } = await import("winston-transport-sentry-node");
      return new module.default({
        sentry: { dsn: `http://key@${host}:${port}/1`, transportOptions: { bufferSize: 500 } },
      });
    },
    unordered: true,
    records: (requests) => requests.flatMap(({ text }) => envelope(text)),
    differs: [
      apart(
        "extra.err.detail",
        "Sentry cuts extras at a depth, and counts the step into an error's own JSON",
        "what is deep in err",
      ),
      errAt("extra.err"),
    ],
  },
  {
    name: "@opentelemetry/winston-transport",
    package: "@opentelemetry/winston-transport",
    kind: "the fields as attributes, with errors taken apart",
    backend: () => folder(),
    make: async ({ folder }) => {
      const [{ OpenTelemetryTransportV3 }, { logs }] = await Promise.all([
        import("@opentelemetry/winston-transport"),
        import("@opentelemetry/api-logs"),
      ]);
      const emit = (/** @type {any} */ { context: _context, exception, ...record }) => {
        const told = exception ? { exception: exceptionOf(exception) } : {};
        appendFileSync(join(folder, "records"), `${JSON.stringify({ ...record, ...told })}\n`);
      };
      logs.setGlobalLoggerProvider({ getLogger: () => /** @type {any} */ ({ emit, enabled: () => true }) });
      return new OpenTelemetryTransportV3();
    },
    records: (files) => masked(parsed(linesOf(files)), ["timestamp", "observedTimestamp"]),
  },
  {
    name: "@google-cloud/logging-winston",
    package: "@google-cloud/logging-winston",
    kind: "structured lines on stdout; throws at a level that it does not know",
    backend: output,
    make: async () => {
      const { LoggingWinston } = await import("@google-cloud/logging-winston");
      return new LoggingWinston({ redirectToStdout: true, projectId: "p", levels: LEVELS });
    },
    records: (streams) =>
      masked(
        parsed(
          streams.flatMap(({ text }) => text.split("\n").filter((/** @type {string} */ line) => line.startsWith("{"))),
        ),
        ["timestamp", "logging.googleapis.com/insertId"],
      ),
    differs: [errAt("message.metadata.err")],
  },
  {
    name: "winston-cloudwatch",
    package: "winston-cloudwatch",
    kind: "written as a function; batches on a timer, and a flush called `kthxbye()`",
    delivers: "timer",
    backend: () =>
      http({
        answer: ({ headers }) => {
          const target = String(headers["x-amz-target"]);
          return {
            body: target.endsWith("DescribeLogStreams")
              ? { logStreams: [{ logStreamName: "s", uploadSequenceToken: "t" }] }
              : {},
          };
        },
        counts: ({ headers }) => String(headers["x-amz-target"]).endsWith("PutLogEvents"),
      }),
    make: async ({ url }) => {
      const { default: CloudWatch } = await import("winston-cloudwatch");
      const awsOptions = {
        endpoint: url,
        region: "eu-west-1",
        credentials: { accessKeyId: "a", secretAccessKey: "s" },
      };
      return new CloudWatch({
        level: "silly",
        logGroupName: "g",
        logStreamName: "s",
        awsOptions,
        jsonMessage: true,
        uploadRate: 1000,
      });
    },
    quiet: 3000,
    unordered: true,
    records: (requests) =>
      masked(
        parsed(
          requests.flatMap(({ text }) => JSON.parse(text).logEvents.map((/** @type {any} */ { message }) => message)),
        ),
        ["timestamp"],
      ),
    differs: [errInJson],
  },
];

/** The event of a Sentry envelope, as far as the transport makes it. @param {string} text */
function envelope(text) {
  const [, item, event] = parsed(text.split("\n"));
  if (item?.type !== "event") return [];
  const { level, message, exception, extra, tags, user } = event;
  const errors = exception?.values.map((/** @type {any} */ { type, value, stacktrace }) => ({
    type,
    value,
    frames: stacktrace?.frames.length,
  }));
  // An event of an error has no text of the logger's: the record is known by its order.
  const id = errors && `rec${String((extra.order - 1000) * 20 + 6).padStart(3, "0")}`;
  return [masked({ id, level, message, errors, extra, tags, user }, ["timestamp"])];
}

/** What an exporter reads of an error. @param {any} error @returns {object} */
function exceptionOf({ name, message, stack, code, cause }) {
  return { type: name, message, stack, code, cause: cause === undefined ? undefined : exceptionOf(cause) };
}
