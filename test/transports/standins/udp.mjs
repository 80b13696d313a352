import { createSocket } from "node:dgram";
import { gunzipSync, inflateSync } from "node:zlib";

/**
 * A UDP socket on loopback. The pieces are the datagrams.
 * @returns {Promise<import("../row.mjs").Standin>} `at` has `host` and `port`
 */
export async function udp() {
  /** @type {Buffer[]} */
  const datagrams = [];
  // Room for a burst: what is dropped here would be no transport's fault.
  const socket = createSocket({ type: "udp4", recvBufferSize: 1 << 24 });
  socket.on("message", (datagram) => datagrams.push(datagram));
  await new Promise((resolve) => socket.bind(0, "127.0.0.1", () => resolve(null)));
  return {
    at: { host: "127.0.0.1", port: socket.address().port },
    read: () => [...datagrams],
    close: () => socket.close(),
  };
}

/**
 * GELF messages out of datagrams: chunks are joined, packed ones unpacked.
 * @param {readonly Buffer[]} datagrams
 * @returns {any[]}
 */
export function gelfOf(datagrams) {
  /** @type {Map<string, Buffer[]>} */
  const open = new Map();
  return datagrams.flatMap((datagram) => {
    if (datagram[0] !== 0x1e || datagram[1] !== 0x0f) return [JSON.parse(unpacked(datagram))];
    const id = datagram.subarray(2, 10).toString("hex");
    const chunks = open.get(id) ?? [];
    open.set(id, chunks);
    chunks[datagram[10] ?? 0] = datagram.subarray(12);
    const complete = Object.keys(chunks).length === datagram[11];
    return complete ? [JSON.parse(unpacked(Buffer.concat(chunks)))] : [];
  });
}

/** @param {Buffer} data */
function unpacked(data) {
  if (data[0] === 0x1f && data[1] === 0x8b) return gunzipSync(data).toString();
  if (data[0] === 0x78) return inflateSync(data).toString();
  return data.toString();
}
