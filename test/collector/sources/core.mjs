// The logger itself: every level, every kind of value, what is large, and errors.
import { logger } from "@logbridge/core";
import { array, double, int, map, string } from "../any-value.mjs";
import { placeOf } from "../source-place.mjs";
import { SPECIALS } from "../special-values.mjs";

export const name = "core";

const place = placeOf(import.meta.url, "the call");

/** OpenTelemetry's numbers, of which ours are made by the table in the package's page. */
const LEVELS = /** @type {const} */ ([
  ["TRACE", 1],
  ["DEBUG", 5],
  ["INFO", 9],
  ["SUCCESS", 10],
  ["NOTICE", 11],
  ["WARNING", 13],
  ["ERROR", 17],
  ["CRITICAL", 21],
]);

/** @returns {(index: number, key: string) => void} logs one record */
export function open() {
  logger.level("NOTICE", { no: 27 });
  const orders = logger.forModule("app/orders");
  return function sell(index, key) {
    const special = SPECIALS[index];
    const bound = orders.bind({ key });
    if (special) return special.log(bound);
    const [level] = LEVELS[index % LEVELS.length] ?? LEVELS[0];
    const fields = { user: user(index), share: index / 8, tags: ["a", `t${index}`] };
    bound.log(level, "core {} of {user[name]}", index, fields); // the call
  };
}

/** @param {number} index */
function user(index) {
  return { id: index, name: `Ada ${index} \u{1f600}` };
}

/** @param {number} index @param {string} protocol @returns {import("../expectation.mjs").Expected} */
export function expected(index, protocol) {
  const special = SPECIALS[index];
  if (special) return expectedOf(special, protocol);
  const [severityText, severityNumber] = LEVELS[index % LEVELS.length] ?? LEVELS[0];
  const { id, name: called } = user(index);
  return {
    scope: "app/orders",
    severityNumber,
    severityText,
    code: { function: "sell", ...place },
    body: string(`core ${index} of ${called}`),
    attributes: {
      user: map({ id: int(id), name: string(called) }),
      share: Number.isInteger(index / 8) ? int(index / 8) : double(index / 8),
      tags: array(string("a"), string(`t${index}`)),
    },
  };
}

/** @param {import("../special-values.mjs").Special} special @param {string} protocol */
function expectedOf({ expected: usual, overGrpc }, protocol) {
  const attributes = { ...usual.attributes, ...(protocol === "grpc" && overGrpc) };
  return { scope: "app/orders", severityNumber: 9, severityText: "INFO", ...usual, attributes };
}
