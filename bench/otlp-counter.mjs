// A receiver of OTLP over HTTP with protobuf that only counts: how fast it answers must not be what is measured. Its parent asks by message for the
// count, "when there are at least so many"; it ends with its parent.
import { createServer } from "node:http";
import { countRecords } from "./count-records.mjs";

let count = 0;
/** @type {number | null} */
let wanted = null;

const server = createServer((request, response) => {
  /** @type {Buffer[]} */
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    response.writeHead(200, { "content-type": "application/x-protobuf" }).end();
    count += countRecords(Buffer.concat(chunks));
    answerIfThere();
  });
});

function answerIfThere() {
  if (wanted === null || count < wanted) return;
  wanted = null;
  process.send?.({ count });
}

process.on("message", (records) => {
  wanted = Number(records);
  answerIfThere();
});
process.on("disconnect", () => process.exit());
server.listen(0, "127.0.0.1", () => {
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  process.send?.({ url: `http://127.0.0.1:${port}/v1/logs` });
});
