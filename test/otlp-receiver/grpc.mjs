import grpc from "@grpc/grpc-js";
import { decodeRequest, encodeResponse } from "./definitions.mjs";
import { encodeStatus } from "./rpc-status.mjs";

/** @typedef {import("./desk.mjs").Desk} Desk */
/** @typedef {import("./desk.mjs").Served} Served */

const asIs = (/** @type {Buffer} */ data) => data;
const SERVICE = {
  Export: {
    path: "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
    requestStream: false,
    responseStream: false,
    requestSerialize: asIs,
    requestDeserialize: asIs,
    responseSerialize: asIs,
    responseDeserialize: asIs,
  },
};

/**
 * OTLP over gRPC. What is too large is the desk's to say, as for HTTP.
 * @param {Desk} desk
 */
export function grpcServer(desk) {
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
  server.addService(SERVICE, {
    Export(
      /** @type {grpc.ServerUnaryCall<Buffer, Buffer>} */ call,
      /** @type {grpc.sendUnaryData<Buffer>} */ callback,
    ) {
      desk
        .serve({
          protocol: "grpc",
          bytes: call.request.length,
          headers: plain(call.metadata),
          unfit: null,
          unpack: () => call.request,
          decode: decodeRequest,
        })
        .then((served) => served && answer(callback, served), callback);
    },
  });
  return server;
}

/** @param {import("./index.mjs").Tls | undefined} tls */
export function grpcCredentials(tls) {
  if (!tls) return grpc.ServerCredentials.createInsecure();
  const { key, cert, ca } = tls;
  const pairs = [{ private_key: Buffer.from(key), cert_chain: Buffer.from(cert) }];
  return grpc.ServerCredentials.createSsl(ca === undefined ? null : Buffer.from(ca), pairs, ca !== undefined);
}

/** @param {grpc.sendUnaryData<Buffer>} callback @param {Served} served */
function answer(callback, { code, message, retryAfter, rejected }) {
  if (code === grpc.status.OK) return callback(null, Buffer.from(encodeResponse(rejected, message)));
  const metadata = new grpc.Metadata();
  const seconds = typeof retryAfter === "number" ? retryAfter : undefined;
  if (seconds !== undefined) metadata.set("grpc-status-details-bin", Buffer.from(encodeStatus(code, message, seconds)));
  callback({ code, details: message, metadata });
}

/** @param {grpc.Metadata} metadata @returns {Record<string, string>} */
function plain(metadata) {
  return Object.fromEntries(Object.entries(metadata.getMap()).map(([name, value]) => [name, String(value)]));
}
