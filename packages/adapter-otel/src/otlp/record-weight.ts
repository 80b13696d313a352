import type { RecordHead, RecordWriter } from "./value-writer.ts";

/** Time, severity and trace of a record. */
const HEAD = 64;
/** Tag and length of a part. */
const PART = 4;

/** Weighs a record instead of writing it: about so many bytes as a protobuf message. */
export class RecordWeight implements RecordWriter<number> {
  #bytes = 0;

  begin(head: RecordHead): void {
    this.#bytes = HEAD + head.severityText.length + (head.eventName?.length ?? 0);
  }
  body(): void {
    this.#bytes += PART;
  }
  attribute(key: string): void {
    this.key(key);
  }
  end(): number {
    return this.#bytes;
  }

  empty(): void {
    this.#bytes += PART;
  }
  string(value: string): void {
    this.#bytes += PART + value.length;
  }
  bool(): void {
    this.#bytes += PART;
  }
  int(): void {
    this.#bytes += PART + 4;
  }
  double(): void {
    this.#bytes += PART + 8;
  }
  bytes(value: Uint8Array): void {
    this.#bytes += PART + value.length;
  }
  beginArray(): void {
    this.#bytes += PART;
  }
  endArray(): void {}
  beginMap(): void {
    this.#bytes += PART;
  }
  key(name: string): void {
    this.#bytes += PART + name.length;
  }
  endMap(): void {}
}
