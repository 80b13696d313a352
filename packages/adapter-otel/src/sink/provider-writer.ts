import { freeKey } from "@logbridge/core";
import { ReadableWriter } from "../otlp/readable-writer.ts";
import type { RecordHead } from "../otlp/value-writer.ts";

/** Keys of attributes that OpenTelemetry's SDK refuses, or loses (sdk-logs, addAttribute). */
const REFUSED: ReadonlySet<string> = new Set(["", "__proto__"]);
/** Keys within a value for which it drops the whole attribute, or that become the prototype of its copy. */
const REFUSED_WITHIN: ReadonlySet<string> = new Set(["constructor", "__proto__"]);

/** Makes records that every provider takes whole: keys that the SDK would not keep have underscores at the end. */
export class ProviderWriter extends ReadableWriter {
  /** A trace without a span is none for the SDK: its ids stay among the attributes. */
  override begin(head: RecordHead): void {
    super.begin(head);
    const { trace } = head;
    if (trace === null || trace.spanId !== undefined) return;
    this.attribute("trace_id");
    this.string(trace.traceId);
    this.attribute("trace_flags");
    this.string(trace.traceFlags.toString(16).padStart(2, "0"));
  }

  protected override attributeKey(name: string, taken: object): string {
    return keptKey(name, taken, REFUSED);
  }

  protected override innerKey(name: string, taken: object): string {
    return keptKey(name, taken, REFUSED_WITHIN);
  }
}

function keptKey(name: string, taken: object, refused: ReadonlySet<string>): string {
  const isTaken = (key: string): boolean => refused.has(key) || Object.hasOwn(taken, key);
  return isTaken(name) ? freeKey(name, isTaken) : name;
}
