// The legacy service with traces, and all that it logs in OpenTelemetry. Nothing in ../legacy-service/service changes.
import "./tracing.mjs";
import { join } from "node:path";
import { interceptLog4js } from "@logbridge/adapter-log4js";
import { otelSink, traceContext } from "@logbridge/adapter-otel";
import { interceptPino } from "@logbridge/adapter-pino";
import { interceptWinston } from "@logbridge/adapter-winston";
import { logger } from "@logbridge/core";
import { interceptConsole, interceptDebug } from "@logbridge/intercept-console";
import createDebug from "debug";
import log4js from "log4js";
import pino from "pino";
import winston from "winston";

/** Which library a record comes from is worth a field to ask for. */
const nameLibrary = (record) => {
  if (record.origin !== null) record.extra["log.library"] = record.origin.name;
};

logger.remove();
logger.configure({ patcher: nameLibrary });
logger.add(otelSink()); // OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME and their kin say where to and who
const unified = join(process.env.LOG_DIR ?? "logs", "unified.jsonl");
logger.add(unified, { serialize: "flat", patch: traceContext() }); // the same in a file, with the trace in its lines

interceptWinston(winston);
interceptPino(pino);
interceptLog4js(log4js);
interceptConsole({ mode: "tee" });
interceptDebug(createDebug);

await import("../legacy-service/service/main.js");
