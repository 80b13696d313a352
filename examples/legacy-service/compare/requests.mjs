import { request } from "node:http";

/** What customers send as password and token. It must be in no output of either run. */
export const SECRET = "correct-horse-battery-staple";

const order = (total, ...items) => [
  "POST",
  "/orders",
  { items, total, payment: { token: SECRET }, customer: { password: SECRET } },
];
const login = (user) => ["POST", "/login", { user, password: SECRET, token: SECRET }];

/** One working day of the shop, always the same: `[method, path, body?]`. */
export const REQUESTS = [
  ["GET", "/health"],
  login("ada"),
  login("grace"),
  login("mallory"),
  order(40, "tea"),
  order(700, "desk", "lamp"),
  order(4000, "piano"),
  ["GET", "/orders/17"],
  ["GET", "/orders/broken"],
  ["GET", "/stock/tea"],
  ["GET", "/stock/desk?depot=north"],
  ["POST", "/jobs/run"],
  ["GET", "/health"],
  ["GET", "/report"],
  ["GET", "/favicon.ico"],
  login("ada"),
  order(12, "tea", "cup"),
  order(900, "sofa"),
  ["GET", "/stock/sofa"],
  ["GET", "/orders/18"],
  ["POST", "/jobs/run"],
  login("eve"),
  ["GET", "/report"],
  ["POST", "/jobs/run"],
  ["GET", "/stock/100%25"],
  ["GET", "/health"],
];

function send(port, [method, path, body], more) {
  const headers = { "content-type": "application/json", ...more };
  return new Promise((done, fail) => {
    const outgoing = request({ host: "127.0.0.1", port, method, path, agent: false, headers }, (response) => {
      response.resume();
      response.once("end", () => done(response.statusCode));
      response.once("error", fail);
    });
    outgoing.once("error", fail);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/**
 * Sends all requests over real HTTP, one after the other, so that every run logs in the same order.
 *
 * @param {number} port where the service listens on 127.0.0.1
 * @param {(index: number) => Record<string, string>} [headersOf] more headers of the request at this place of {@link REQUESTS}
 * @returns {Promise<number[]>} the status codes, in the order of {@link REQUESTS}
 */
export async function sendRequests(port, headersOf = () => ({})) {
  const statuses = [];
  for (const [index, each] of REQUESTS.entries()) statuses.push(await send(port, each, headersOf(index)));
  return statuses;
}
