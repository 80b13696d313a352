import { runtime } from "#runtime";
import type { BatchExporter, Outcome } from "../delivery/outcome.ts";
import type { EncodedRecord } from "../otlp/encoded.ts";
import { assembleJson } from "../otlp/request.ts";

/** Prints each batch on stdout as a line of OTLP JSON: what `OTEL_LOGS_EXPORTER=console` asks for. */
export function consoleExporter(): BatchExporter<EncodedRecord<string>> {
  return {
    async export(items): Promise<Outcome> {
      runtime.writeStdout(`${assembleJson(items)}\n`);
      return { kind: "sent" };
    },
  };
}
