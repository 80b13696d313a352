import { ReadableWriter } from "./readable-writer.ts";
import type { ValueWriter } from "./value-writer.ts";

const NOBODY = { resource: { attributes: {} }, scope: { name: "" } };

/** The value that `write` writes, as OpenTelemetry's SDK takes it. */
export function plainBy(write: (writer: ValueWriter) => void): unknown {
  const writer = new ReadableWriter(NOBODY.resource, NOBODY.scope);
  writer.body();
  write(writer);
  return writer.value();
}
