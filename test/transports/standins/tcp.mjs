import { createServer } from "node:net";

/**
 * How a stream is cut into pieces: at a character, by syslog's octet counting (RFC 6587), or by a function.
 * @typedef {"\n" | "\0" | "octets" | ((stream: Buffer) => any[])} Framing
 */

/**
 * A TCP server on loopback, or one on a Unix socket. The pieces are texts, or what the function makes, connection by connection in the order in which they were opened.
 * @param {object} [options]
 * @param {Framing} [options.framing] default "\n"
 * @param {string} [options.path] of a Unix socket
 * @param {(chunk: Buffer) => string | Buffer | null} [options.reply] what the server says to a chunk
 * @returns {Promise<import("../row.mjs").Standin>} `at` has `host` and `port`, or `path`
 */
export async function tcp({ framing = "\n", path, reply = () => null } = {}) {
  /** @type {Buffer[][]} */
  const connections = [];
  /** @type {Set<import("node:net").Socket>} */
  const sockets = new Set();
  const server = createServer((socket) => {
    /** @type {Buffer[]} */
    const chunks = [];
    connections.push(chunks);
    sockets.add(socket);
    socket.on("data", (chunk) => {
      chunks.push(chunk);
      const said = reply(chunk);
      if (said !== null) socket.write(said);
    });
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    if (path) server.listen(path, () => resolve(null));
    else server.listen(0, "127.0.0.1", () => resolve(null));
  });
  const address = server.address();
  return {
    at: typeof address === "object" && address ? { host: "127.0.0.1", port: address.port } : { path },
    read: () => connections.flatMap((chunks) => framed(Buffer.concat(chunks), framing)),
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** @param {Buffer} stream @param {Framing} framing @returns {any[]} */
function framed(stream, framing) {
  if (typeof framing === "function") return framing(stream);
  if (framing !== "octets")
    return stream
      .toString()
      .split(framing)
      .filter((piece) => piece !== "");
  const pieces = [];
  for (let start = 0; start < stream.length; ) {
    const space = stream.indexOf(" ", start);
    const length = Number(stream.subarray(start, space).toString());
    if (space < 0 || !Number.isInteger(length)) return [...pieces, stream.subarray(start).toString()];
    pieces.push(stream.subarray(space + 1, space + 1 + length).toString());
    start = space + 1 + length;
  }
  return pieces;
}
