import { createServer } from "node:net";

/**
 * As much of Redis as a client needs that pushes or publishes (RESP 2). The pieces are the commands that carry data, as lists of texts.
 * @returns {Promise<import("../row.mjs").Standin>} `at` has `host`, `port`, `url`
 */
export async function redis() {
  /** @type {string[][]} */
  const commands = [];
  /** @type {Set<import("node:net").Socket>} */
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    /** @type {string[][] | null} */
    let queued = null;
    let rest = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      for (let next = commandOf(rest); next; next = commandOf(rest)) {
        rest = rest.subarray(next.length);
        const name = (next.words[0] ?? "").toUpperCase();
        if (name === "MULTI") queued = [];
        else if (name === "EXEC" && queued) {
          socket.write(`*${queued.length}\r\n${queued.map(execute).join("")}`);
          queued = null;
          continue;
        } else if (queued) {
          queued.push(next.words);
          socket.write("+QUEUED\r\n");
          continue;
        }
        socket.write(execute(next.words));
      }
    });
  });
  /** @param {string[]} words */
  function execute(words) {
    const name = (words[0] ?? "").toUpperCase();
    if (["LPUSH", "RPUSH", "PUBLISH", "XADD", "SET"].includes(name)) commands.push(words);
    if (name === "XADD") return "$3\r\n0-1\r\n";
    if (name === "INFO") return "$19\r\nredis_version:7.0.0\r\n";
    if (name === "HELLO") return "-ERR unknown command 'HELLO'\r\n";
    if (["LPUSH", "RPUSH", "PUBLISH"].includes(name)) return ":1\r\n";
    return name === "PING" ? "+PONG\r\n" : "+OK\r\n";
  }
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(null)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    at: { host: "127.0.0.1", port, url: `redis://127.0.0.1:${port}` },
    read: () => [...commands],
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/**
 * The first command of a stream, if all of it has arrived.
 * @param {Buffer} data
 * @returns {{ words: string[], length: number } | null}
 */
function commandOf(data) {
  const head = lineOf(data, 0);
  if (!head) return null;
  if (!head.text.startsWith("*")) return { words: head.text.split(" "), length: head.end };
  const words = [];
  let position = head.end;
  for (let left = Number(head.text.slice(1)); left > 0; left--) {
    const size = lineOf(data, position);
    const end = size ? size.end + Number(size.text.slice(1)) : 0;
    if (!size || data.length < end + 2) return null;
    words.push(data.subarray(size.end, end).toString());
    position = end + 2;
  }
  return { words, length: position };
}

/** @param {Buffer} data @param {number} start */
function lineOf(data, start) {
  const end = data.indexOf("\r\n", start);
  return end < 0 ? null : { text: data.subarray(start, end).toString(), end: end + 2 };
}
