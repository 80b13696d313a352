// `google.rpc.Status`, the body of refusals.
import protobuf from "protobufjs/minimal.js";

/**
 * @param {number} code
 * @param {string} message
 * @param {number | undefined} retrySeconds a detail `RetryInfo`
 * @returns {Uint8Array}
 */
export function encodeStatus(code, message, retrySeconds) {
  const status = protobuf.Writer.create().uint32(tag(1, 0)).int32(code).uint32(tag(2, 2)).string(message);
  if (retrySeconds === undefined) return status.finish();
  const any = protobuf.Writer.create()
    .uint32(tag(1, 2))
    .string("type.googleapis.com/google.rpc.RetryInfo")
    .uint32(tag(2, 2))
    .bytes(retryInfo(retrySeconds));
  return status.uint32(tag(3, 2)).bytes(any.finish()).finish();
}

/** @param {number} seconds */
function retryInfo(seconds) {
  const whole = Math.trunc(seconds);
  const duration = protobuf.Writer.create()
    .uint32(tag(1, 0))
    .int64(whole)
    .uint32(tag(2, 0))
    .int32(Math.round((seconds - whole) * 1e9));
  return protobuf.Writer.create().uint32(tag(1, 2)).bytes(duration.finish()).finish();
}

/** @param {number} field @param {number} wireType */
const tag = (field, wireType) => (field << 3) | wireType;
