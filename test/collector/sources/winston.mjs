// A winston logger that is intercepted: children, splat, an object for a message, errors.
import { Writable } from "node:stream";
import { interceptWinston } from "@logbridge/adapter-winston";
import winston from "winston";
import { array, bool, int, map, string } from "../any-value.mjs";
import { placeOf } from "../source-place.mjs";

export const name = "winston";

const place = placeOf(import.meta.url, "the call");

/** winston's levels with OpenTelemetry's numbers of the levels that we take them for. */
const LEVELS = /** @type {const} */ ([
  ["error", 17, "ERROR"],
  ["warn", 13, "WARNING"],
  ["info", 9, "INFO"],
  ["http", 7, "HTTP"],
  ["verbose", 6, "VERBOSE"],
  ["debug", 5, "DEBUG"],
  ["silly", 1, "TRACE"],
]);

/** @returns {(index: number, key: string) => void} logs one record */
export function open() {
  const { combine, json, splat } = winston.format;
  const stream = new Writable({ write: (_line, _encoding, done) => done() });
  const shop = winston.createLogger({
    level: "silly",
    defaultMeta: { service: "shop" },
    format: combine(splat(), json()),
    transports: [new winston.transports.Stream({ stream })],
  });
  interceptWinston(winston, { name: "shop.http" });
  const request = shop.child({ requestId: "r1" });
  return function serve(index, key) {
    if (index % 10 === 9) return void shop.info({ key, message: { kept: true, parts: [index, "x"] } });
    const [level] = LEVELS[index % LEVELS.length] ?? LEVELS[0];
    request.log(level, "winston %d", index, { key, user: { id: index } }); // the call
  };
}

/** @param {number} index @returns {import("../expectation.mjs").Expected} */
export function expected(index) {
  if (index % 10 === 9) {
    return {
      scope: "shop.http",
      severityNumber: 9,
      severityText: "INFO",
      body: string(`{ kept: true, parts: [ ${index}, 'x' ] }`),
      attributes: { service: string("shop"), kept: bool(true), parts: array(int(index), string("x")) },
    };
  }
  const [, severityNumber, severityText] = LEVELS[index % LEVELS.length] ?? LEVELS[0];
  return {
    scope: "shop.http",
    severityNumber,
    severityText,
    code: { function: "serve", ...place },
    body: string(`winston ${index}`),
    attributes: { service: string("shop"), requestId: string("r1"), user: map({ id: int(index) }) },
  };
}
