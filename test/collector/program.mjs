// The process that logs: all sources at once in spans of a real tracer, all through one sink.
// Arguments: protocol, url, folder, records of each source.
import { createWriteStream, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { otelSink } from "@logbridge/adapter-otel";
import { logger } from "@logbridge/core";
import { trace } from "@opentelemetry/api";
import { NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { FILES, keyOf, PER_SPAN, RESOURCE, SOURCES, spanOf } from "./plan.mjs";

const [protocol = "", url = "", folder = "", count = ""] = process.argv.slice(2);
const total = Number(count);
const notes = createWriteStream(join(folder, FILES.notes));
const spans = createWriteStream(join(folder, FILES.spans));

const ignore = () => Promise.resolve();
new NodeTracerProvider({
  spanProcessors: [{ onStart() {}, onEnd: noteSpan, forceFlush: ignore, shutdown: ignore }],
}).register();
const tracer = trace.getTracer("collector-test");

logger.remove();
const sink = otelSink({ protocol: /** @type {any} */ (protocol), url, resource: RESOURCE, code: true });
logger.add(sink, { level: 0 });
logger.add({ needs: { text: false, caller: true }, write: (_text, record) => note(record) }, { level: 0 });
const opened = SOURCES.map(({ name, open }) => ({ name, log: open() }));
await Promise.all(opened.map(run));
const completed = await logger.complete({ timeout: 60_000 });
writeFileSync(join(folder, FILES.result), JSON.stringify({ completed, stats: sink.stats() }));
await logger.remove();
notes.end();
spans.end();

/** @param {{ name: string, log: (index: number, key: string) => void }} source */
async function run({ name, log }) {
  for (let first = 0; first < total; first += PER_SPAN) await tracer.startActiveSpan(spanOf(name, first), inSpan);

  /** @param {import("@opentelemetry/api").Span} span */
  async function inSpan(span) {
    const first = Number(span.name.split(" ")[1]) * PER_SPAN;
    for (let index = first; index < Math.min(first + PER_SPAN, total); index++) {
      log(index, keyOf(name, index));
      // The other sources come in between, each in a span of its own.
      if (index % 10 === 0) await turn();
    }
    span.end();
  }
}

/** @param {import("@opentelemetry/sdk-trace-node").ReadableSpan} span */
function noteSpan(span) {
  const { traceId, spanId } = span.spanContext();
  spans.write(`${JSON.stringify({ name: span.name, traceId, spanId })}\n`);
}

/** @param {import("@logbridge/core").LogRecord} record */
function note(record) {
  const { extra, micros, file, line, column } = record;
  // In two parts: together they are more than a double holds exactly.
  const nanos = String(BigInt(Math.floor(micros)) * 1000n + BigInt(Math.round((micros % 1) * 1000)));
  const noted = { key: extra["key"], nanos, file: file?.path, function: record.function, line, column };
  notes.write(`${JSON.stringify(noted)}\n`);
}
