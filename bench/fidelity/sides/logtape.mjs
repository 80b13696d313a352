import { configure, getLogger } from "@logtape/logtape";
import { getOpenTelemetrySink } from "@logtape/otel";
import { SCOPE } from "../records.mjs";

/** @param {string} url @returns {Promise<import("../side.mjs").Side>} */
export async function open(url) {
  process.env["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
  const sink = getOpenTelemetrySink({ serviceName: "shop", otlpExporterConfig: { url } });
  await configure({
    sinks: { otel: sink },
    loggers: [
      { category: [SCOPE], sinks: ["otel"], lowestLevel: "trace" },
      { category: ["logtape", "meta"], sinks: [], lowestLevel: "fatal" },
    ],
  });
  const logger = getLogger([SCOPE]);
  return {
    log({ id, level, fields, error, structured }) {
      // It has no levels of one's own.
      if (level === "success") return;
      if (structured) logger[level]("{value}", { value: structured });
      else logger[level](id, { ...fields, ...(error && { error }) });
    },
    end: async () => sink[Symbol.asyncDispose](),
  };
}
