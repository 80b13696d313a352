import { nanosText, timeOf } from "./hr-time.ts";
import { JsonValues, quoted } from "./json-values.ts";
import type { RecordHead, RecordWriter } from "./value-writer.ts";

/** Encodes records as the JSON of `LogRecord`: 64-bit numbers are texts, trace ids hexadecimal, bytes base64. */
export class JsonWriter extends JsonValues implements RecordWriter<string> {
  private head: RecordHead | null = null;
  private hasAttributes = false;

  begin(head: RecordHead): void {
    this.startMessage();
    this.head = head;
    this.hasAttributes = false;
    const time = timeOf(head);
    this.json = `{"timeUnixNano":"${nanosText(time)}","observedTimeUnixNano":"${nanosText(head.observed ?? time)}"`;
    if (head.severityNumber > 0) this.json += `,"severityNumber":${head.severityNumber}`;
    if (head.severityText !== "") this.json += `,"severityText":${quoted(head.severityText)}`;
  }

  body(): void {
    this.json += ',"body":';
  }

  attribute(key: string): void {
    this.json += this.hasAttributes ? "," : ',"attributes":[';
    this.hasAttributes = true;
    this.keyField(key);
  }

  end(dropped: number): string {
    const { trace, eventName } = this.head as RecordHead;
    this.head = null;
    if (this.hasAttributes) this.json += "]";
    if (dropped > 0) this.json += `,"droppedAttributesCount":${dropped}`;
    if (trace) {
      if (trace.traceFlags !== 0) this.json += `,"flags":${trace.traceFlags}`;
      this.json += `,"traceId":"${trace.traceId}"`;
      if (trace.spanId) this.json += `,"spanId":"${trace.spanId}"`;
    }
    if (eventName) this.json += `,"eventName":${quoted(eventName)}`;
    this.json += "}";
    return this.take();
  }
}
