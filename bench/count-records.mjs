import protobuf from "protobufjs/minimal.js";

/** `resource_logs` of the request, `scope_logs` in it, `log_records` in that: the field that leads from each message to the next. */
const PATH = [1, 2, 2];

/**
 * How many records an `ExportLogsServiceRequest` has, without decoding them: for measurements, which the receiver must not slow down.
 * @param {Uint8Array} data
 * @returns {number}
 */
export function countRecords(data) {
  return countAt(protobuf.Reader.create(data), data.length, 0);
}

/** @param {protobuf.Reader} reader @param {number} end @param {number} depth @returns {number} */
function countAt(reader, end, depth) {
  let count = 0;
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag >>> 3 !== PATH[depth]) {
      reader.skipType(tag & 7);
      continue;
    }
    const length = reader.uint32();
    if (depth < PATH.length - 1) count += countAt(reader, reader.pos + length, depth + 1);
    else {
      reader.skip(length);
      count++;
    }
  }
  return count;
}
