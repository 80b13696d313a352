import { ProtobufReader } from "../otlp/protobuf-reader.ts";

/** What a collector says of a request that it has taken but for some records. */
export interface PartialSuccess {
  readonly rejected: number;
  readonly message: string;
}

/** The answer says nothing: all records were taken. */
const ALL: PartialSuccess = { rejected: 0, message: "" };

/** `ExportLogsServiceResponse.partial_success`. */
const PARTIAL_SUCCESS = 1;
/** `ExportLogsPartialSuccess.rejected_log_records` and `error_message`. */
const REJECTED_RECORDS = 1;
const ERROR_MESSAGE = 2;

/** Reads `ExportLogsServiceResponse`, as protobuf or as JSON. An answer that is neither says nothing. */
export function readPartialSuccess(body: Uint8Array | null, contentType: string | null): PartialSuccess {
  if (body === null || body.length === 0) return ALL;
  try {
    return /\bjson\b/i.test(contentType ?? "") ? ofJson(new TextDecoder().decode(body)) : ofProtobuf(body);
  } catch {
    return ALL;
  }
}

function ofJson(text: string): PartialSuccess {
  const { partialSuccess } = JSON.parse(text) as {
    partialSuccess?: { rejectedLogRecords?: unknown; errorMessage?: unknown } | null;
  };
  if (typeof partialSuccess !== "object" || partialSuccess === null) return ALL;
  const { errorMessage } = partialSuccess;
  return {
    // A 64-bit number is a text in the JSON of protobuf.
    rejected: countOf(Number(partialSuccess.rejectedLogRecords ?? 0)),
    message: typeof errorMessage === "string" ? errorMessage : "",
  };
}

function ofProtobuf(bytes: Uint8Array): PartialSuccess {
  const reader = new ProtobufReader(bytes);
  let said = ALL;
  while (reader.next())
    if (reader.field === PARTIAL_SUCCESS) said = partialSuccess(reader.message());
    else reader.skip();
  return said;
}

function partialSuccess(reader: ProtobufReader): PartialSuccess {
  let { rejected, message } = ALL;
  while (reader.next())
    if (reader.field === REJECTED_RECORDS) rejected = reader.varint();
    else if (reader.field === ERROR_MESSAGE) message = reader.text();
    else reader.skip();
  return { rejected: countOf(rejected), message };
}

/** Negative numbers, which in protobuf are very large ones, count nothing. */
function countOf(number: number): number {
  return Number.isSafeInteger(number) && number > 0 ? number : 0;
}
