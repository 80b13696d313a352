import { eachAttribute, keptFor } from "./attributes.ts";
import type { EncodedRecord, OtlpResource, OtlpScope } from "./encoded.ts";
import { type Gathering, grouped } from "./groups.ts";
import { JsonValues, quoted } from "./json-values.ts";
import { writeValue } from "./value.ts";

/**
 * The JSON of `ExportLogsServiceRequest` with these records, by resource and scope; records of one scope stay in order.
 *
 * @example
 * assembleJson(items); // the body of a POST to /v1/logs with content-type application/json
 */
export function assembleJson(items: readonly EncodedRecord<string>[]): string {
  const resources = Array.from(grouped(items, RECORDS), ([resource, scopes]) => {
    const scopeLogs = Array.from(scopes, ([scope, records]) => {
      return `{"scope":${scopeJson(scope)},"logRecords":[${records.join(",")}]${schemaJson(scope)}}`;
    });
    return `{"resource":${resourceJson(resource)},"scopeLogs":[${scopeLogs.join(",")}]${schemaJson(resource)}}`;
  });
  return `{"resourceLogs":[${resources.join(",")}]}`;
}

const RECORDS: Gathering<EncodedRecord<string>, string[]> = {
  open: () => [],
  add: (records, { body }) => records.push(body),
};

function schemaJson({ schemaUrl }: { readonly schemaUrl?: string | undefined }): string {
  return schemaUrl ? `,"schemaUrl":${quoted(schemaUrl)}` : "";
}

const resourceJson: (resource: OtlpResource) => string = keptFor(
  ({ attributes }) => `{"attributes":${new JsonAttributes().list(attributes)}}`,
);

const scopeJson: (scope: OtlpScope) => string = keptFor(({ name, version, attributes }) => {
  const said = version ? `,"version":${quoted(version)}` : "";
  const more = attributes ? `,"attributes":${new JsonAttributes().list(attributes)}` : "";
  return `{"name":${quoted(name)}${said}${more}}`;
});

/** The attributes of a resource or scope. */
class JsonAttributes extends JsonValues {
  list(attributes: Readonly<Record<string, unknown>> | undefined): string {
    this.startMessage();
    this.json = "[";
    eachAttribute(attributes, (key, value) => {
      if (this.json !== "[") this.json += ",";
      this.keyField(key);
      writeValue(value, this);
    });
    return `${this.take()}]`;
  }
}
