import type { Sink } from "@logbridge/core";
import type { SdkLogRecordExporter } from "../delivery/sdk-exporter.ts";
import type { LoggerProviderLike } from "../options.ts";
import { otelSink } from "../sink.ts";
import type { LogRecordProcessorLike } from "./processor-provider.ts";
import { ProcessorProvider } from "./processor-provider.ts";

/** What `logger.add()` takes of OpenTelemetry once this package is imported. */
export type OtelTarget = LoggerProviderLike | LogRecordProcessorLike | SdkLogRecordExporter;

/** A method without running a getter, own or inherited. */
function hasMethod(value: object, name: string): boolean {
  for (let at: object | null = value; at; at = Object.getPrototypeOf(at) as object | null) {
    const found = Object.getOwnPropertyDescriptor(at, name);
    if (found) return typeof found.value === "function";
  }
  return false;
}

const hasMethods = (value: object, ...names: readonly string[]): boolean =>
  names.every((name) => hasMethod(value, name));

function isProvider(value: object): value is LoggerProviderLike {
  return hasMethod(value, "getLogger") && (hasMethod(value, "forceFlush") || hasMethod(value, "_getDelegateLogger"));
}

function isProcessor(value: object): value is LogRecordProcessorLike {
  return hasMethods(value, "onEmit", "forceFlush", "shutdown");
}

/** Exporters of spans have the same methods: only the name of the class tells. */
function isExporter(value: object): value is SdkLogRecordExporter {
  if (!hasMethods(value, "export", "shutdown") || hasMethod(value, "write")) return false;
  const made: unknown = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(value) ?? {}, "constructor")?.value;
  return typeof made === "function" && /Log/.test(made.name);
}

/** True for a LoggerProvider, a LogRecordProcessor and a LogRecordExporter of whatever copy. Reads data properties alone. */
export function isOtelTarget(value: unknown): value is OtelTarget {
  if (typeof value !== "object" || value === null) return false;
  return isProvider(value) || isProcessor(value) || isExporter(value);
}

/** The sink for one of these. */
export function targetSink(value: unknown): Sink {
  const target = value as OtelTarget;
  if (isProvider(target)) return otelSink({ provider: target });
  if (isProcessor(target)) return otelSink({ provider: new ProcessorProvider(target) });
  return otelSink({ exporter: target as SdkLogRecordExporter });
}
