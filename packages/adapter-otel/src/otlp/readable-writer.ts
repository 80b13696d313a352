import type { OtlpResource, OtlpScope } from "./encoded.ts";
import { timeOf } from "./hr-time.ts";
import type { ReadableLogRecord } from "./readable.ts";
import type { RecordHead, RecordWriter } from "./value-writer.ts";
import { wellFormed } from "./well-formed.ts";

type Fields = Record<string, unknown>;
type Holder = unknown[] | Fields;

/** Makes plain values: what the exporters of OpenTelemetry's SDK take. */
export class ReadableWriter implements RecordWriter<ReadableLogRecord> {
  /** Whose records these are from here on. */
  resource: OtlpResource;
  scope: OtlpScope;
  #head: RecordHead | null = null;
  #attributes: Fields = noFields();
  #body: unknown;
  /** What the next value is put into, and under which key; the body is its own. */
  #holder: Holder | null = null;
  #key = "";
  readonly #outer: [Holder | null, string][] = [];

  constructor(resource: OtlpResource, scope: OtlpScope) {
    this.resource = resource;
    this.scope = scope;
  }

  begin(head: RecordHead): void {
    this.#head = head;
    this.#attributes = noFields();
    this.#body = undefined;
    this.#outer.length = 0;
  }

  body(): void {
    this.#holder = null;
  }

  attribute(key: string): void {
    this.#holder = this.#attributes;
    this.#key = this.attributeKey(wellFormed(key), this.#attributes);
  }

  /** What was written as the body. */
  value(): unknown {
    return this.#body;
  }

  end(dropped: number): ReadableLogRecord {
    const head = this.#head as RecordHead;
    const { severityNumber, severityText, trace, eventName } = head;
    const hrTime = timeOf(head);
    return {
      hrTime,
      hrTimeObserved: head.observed ?? hrTime,
      severityNumber,
      severityText,
      body: this.#body,
      attributes: this.#attributes,
      droppedAttributesCount: dropped,
      resource: this.resource,
      instrumentationScope: this.scope,
      ...(eventName && { eventName }),
      ...(trace && {
        spanContext: { traceId: trace.traceId, spanId: trace.spanId ?? "", traceFlags: trace.traceFlags },
      }),
    };
  }

  empty(): void {
    this.#put(null);
  }
  string(value: string): void {
    this.#put(wellFormed(value));
  }
  bool(value: boolean): void {
    this.#put(value);
  }
  /** The SDK's exporters leave a BigInt empty: what no number holds exactly is its digits. */
  int(value: number | bigint): void {
    const number = Number(value);
    this.#put(typeof value === "bigint" && BigInt(number) !== value ? String(value) : number);
  }
  double(value: number): void {
    this.#put(value);
  }
  bytes(value: Uint8Array): void {
    this.#put(value.slice());
  }
  beginArray(): void {
    this.#enter([]);
  }
  endArray(): void {
    this.#leave();
  }
  beginMap(): void {
    this.#enter(noFields());
  }
  key(name: string): void {
    this.#key = this.innerKey(wellFormed(name), this.#holder as Fields);
  }
  endMap(): void {
    this.#leave();
  }

  /** What an attribute is called. `taken` has those before it. */
  protected attributeKey(name: string, _taken: Fields): string {
    return name;
  }
  /** What a property of a value is called. `taken` has those before it. */
  protected innerKey(name: string, _taken: Fields): string {
    return name;
  }

  #put(value: unknown): void {
    const holder = this.#holder;
    if (holder === null) this.#body = value;
    else if (Array.isArray(holder)) holder.push(value);
    else holder[this.#key] = value;
  }

  #enter(made: Holder): void {
    this.#put(made);
    this.#outer.push([this.#holder, this.#key]);
    this.#holder = made;
  }

  #leave(): void {
    const [holder, key] = this.#outer.pop() as [Holder | null, string];
    this.#holder = holder;
    this.#key = key;
  }
}

/** Without a prototype: `__proto__` is a key like any other, and nobody takes it for an object of a class. */
function noFields(): Fields {
  return Object.create(null) as Fields;
}
