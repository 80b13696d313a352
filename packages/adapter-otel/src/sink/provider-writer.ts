import { ReadableWriter } from "../otlp/readable-writer.ts";

/** Keys of attributes that OpenTelemetry's SDK refuses, or loses (sdk-logs, addAttribute). */
const REFUSED: ReadonlySet<string> = new Set(["", "__proto__"]);
/** Keys within a value for which it drops the whole attribute, or that become the prototype of its copy. */
const REFUSED_WITHIN: ReadonlySet<string> = new Set(["constructor", "__proto__"]);

/** Makes records that every provider takes whole: keys that the SDK would not keep have an underscore at the end. */
export class ProviderWriter extends ReadableWriter {
  override attribute(key: string): void {
    super.attribute(REFUSED.has(key) ? `${key}_` : key);
  }

  override key(name: string): void {
    super.key(REFUSED_WITHIN.has(name) ? `${name}_` : name);
  }
}
