import { keptFor } from "./attributes.ts";
import type { OtlpResource, OtlpScope } from "./encoded.ts";
import { ProtobufWriter } from "./protobuf-writer.ts";

// Of the same class as what writes records: what the engine has made fast for one kind of object it makes anew for a second.
const writer = new ProtobufWriter();

/** The protobuf message `ResourceLogs` without its scopes: they can be appended. */
export const resourceBytes: (resource: OtlpResource) => Uint8Array = keptFor((resource) => writer.resource(resource));

/** The protobuf message `ScopeLogs` without its records: they can be appended. */
export const scopeBytes: (scope: OtlpScope) => Uint8Array = keptFor((scope) => writer.scope(scope));
