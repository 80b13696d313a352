import type { ValueWriter } from "./value-writer.ts";
import { wellFormed } from "./well-formed.ts";

/** So many bytes become characters in one call: each is an argument. */
const AT_ONCE = 8_192;

/** A list or map that is being written. */
interface Surrounding {
  readonly isMap: boolean;
  /** What closes it behind its own end. */
  readonly close: string;
  isFirst: boolean;
}

/** Writes the JSON of `AnyValue` and `KeyValue`. */
export class JsonValues implements ValueWriter {
  protected json = "";
  private readonly around: Surrounding[] = [];
  /** What closes the value that comes next, behind its own end. */
  private close = "";

  /** Begins anew; whatever was begun is forgotten. */
  protected startMessage(): void {
    this.json = "";
    this.close = "";
    this.around.length = 0;
  }

  /** What was written so far, which is all. */
  protected take(): string {
    const { json } = this;
    this.json = "";
    return json;
  }

  /** Begins a `KeyValue`; the next value fills it. */
  protected keyField(key: string): void {
    this.json += `{"key":${quoted(key)},"value":`;
    this.close = "}";
  }

  empty(): void {
    this.put("{}");
  }
  string(value: string): void {
    this.put(`{"stringValue":${quoted(value)}}`);
  }
  bool(value: boolean): void {
    this.put(value ? '{"boolValue":true}' : '{"boolValue":false}');
  }
  /** Numbers of 64 bits are texts: not every reader of JSON holds them. */
  int(value: number | bigint): void {
    this.put(`{"intValue":"${typeof value === "bigint" || Number.isSafeInteger(value) ? value : BigInt(value)}"}`);
  }
  double(value: number): void {
    this.put(`{"doubleValue":${doubleText(value)}}`);
  }
  bytes(value: Uint8Array): void {
    this.put(`{"bytesValue":"${base64(value)}"}`);
  }
  beginArray(): void {
    this.enter('{"arrayValue":{"values":[', false);
  }
  endArray(): void {
    this.leave();
  }
  beginMap(): void {
    this.enter('{"kvlistValue":{"values":[', true);
  }
  key(name: string): void {
    this.separate();
    this.keyField(name);
  }
  endMap(): void {
    this.leave();
  }

  private put(text: string): void {
    this.separateItem();
    this.json += text + this.close;
    this.close = "";
  }

  private enter(opening: string, isMap: boolean): void {
    this.separateItem();
    this.json += opening;
    this.around.push({ isMap, close: this.close, isFirst: true });
    this.close = "";
  }

  private leave(): void {
    this.json += `]}}${this.around.pop()?.close}`;
  }

  /** A map's values stand behind their keys, which have been separated already. */
  private separateItem(): void {
    if (this.around.at(-1)?.isMap === false) this.separate();
  }

  private separate(): void {
    const around = this.around.at(-1);
    if (!around) return;
    if (!around.isFirst) this.json += ",";
    around.isFirst = false;
  }
}

/** A text as JSON that is valid UTF-8. */
export function quoted(text: string): string {
  return JSON.stringify(wellFormed(text));
}

/** JSON has no words for these; readers of OTLP take them as texts. */
function doubleText(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? "-0" : String(value);
  return `"${value}"`;
}

function base64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += AT_ONCE) binary += String.fromCharCode(...bytes.subarray(at, at + AT_ONCE));
  return btoa(binary);
}
