export { assembleJson } from "./json-request.ts";
export { assembleProtobuf } from "./protobuf-request.ts";
