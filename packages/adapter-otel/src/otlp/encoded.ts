/** Who made the records: the OpenTelemetry resource, with values of any kind that an attribute may have. */
export interface OtlpResource {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly schemaUrl?: string | undefined;
  /** Some attributes are not known yet: those of the SDK's own resources may come late. */
  readonly asyncAttributesPending?: boolean | undefined;
}

/** Which part of the program made them: a logger's name. */
export interface OtlpScope {
  readonly name: string;
  readonly version?: string | undefined;
  readonly schemaUrl?: string | undefined;
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
}

/** An encoded record and whose it is. Records of equal identity share a resource or scope object. */
export interface EncodedRecord<Body> {
  readonly resource: OtlpResource;
  readonly scope: OtlpScope;
  /** The record as it will stand in a request: the protobuf message `LogRecord` (`RecordBytes`), or its JSON. */
  readonly body: Body;
}
