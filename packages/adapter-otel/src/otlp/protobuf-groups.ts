import { eachAttribute } from "./attributes.ts";
import type { OtlpResource, OtlpScope } from "./encoded.ts";
import { ProtobufValues } from "./protobuf-values.ts";
import { writeValue } from "./value.ts";

/** Fields of `ResourceLogs` and `ScopeLogs`, which have the same numbers. */
const OWNER = 0x0a;
const SCHEMA_URL = 0x1a;
/** Fields of `Resource`. */
const RESOURCE_ATTRIBUTE = 0x0a;
/** Fields of `InstrumentationScope`. */
const NAME = 0x0a;
const VERSION = 0x12;
const SCOPE_ATTRIBUTE = 0x1a;

/** Writes what stands once for many records. */
export class ProtobufGroups extends ProtobufValues {
  /** The protobuf message `ResourceLogs` without its scopes. */
  resource({ attributes, schemaUrl }: OtlpResource): Uint8Array {
    this.beginOwner();
    this.attributes(RESOURCE_ATTRIBUTE, attributes);
    return this.endOwner(schemaUrl);
  }

  /** The protobuf message `ScopeLogs` without its records. */
  scope({ name, version, attributes, schemaUrl }: OtlpScope): Uint8Array {
    this.beginOwner();
    if (name !== "") this.text(NAME, name);
    if (version) this.text(VERSION, version);
    this.attributes(SCOPE_ATTRIBUTE, attributes);
    return this.endOwner(schemaUrl);
  }

  private beginOwner(): void {
    this.startMessage();
    this.room(8);
    this.byte(OWNER);
    this.beginLength();
  }

  private endOwner(schemaUrl: string | undefined): Uint8Array {
    this.endLength();
    if (schemaUrl) this.text(SCHEMA_URL, schemaUrl);
    return this.takeMessage();
  }

  private attributes(tag: number, attributes: Readonly<Record<string, unknown>> | undefined): void {
    eachAttribute(attributes, (key, value) => {
      this.keyField(tag, key);
      writeValue(value, this);
    });
  }
}
