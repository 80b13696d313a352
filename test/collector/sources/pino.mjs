// A pino logger that is intercepted: child bindings, redaction, errors under its own key.
import { Writable } from "node:stream";
import { interceptPino } from "@logbridge/adapter-pino";
import pino from "pino";
import { int, map, string } from "../any-value.mjs";
import { exceptionOf } from "../exception.mjs";
import { placeOf } from "../source-place.mjs";

export const name = "pino";

const place = placeOf(import.meta.url, "the call");

/** pino's levels with OpenTelemetry's numbers of the levels that we take them for. */
const LEVELS = /** @type {const} */ ([
  ["trace", 1, "TRACE"],
  ["debug", 5, "DEBUG"],
  ["info", 9, "INFO"],
  ["warn", 13, "WARNING"],
  ["error", 17, "ERROR"],
  ["fatal", 21, "CRITICAL"],
]);

/** @returns {(index: number, key: string) => void} logs one record */
export function open() {
  const stream = new Writable({ write: (_line, _encoding, done) => done() });
  const worker = pino({ name: "worker", level: "trace", redact: ["card.number"] }, stream).child({ queue: "orders" });
  interceptPino(pino);
  return function work(index, key) {
    if (index % 10 === 9) return worker.error({ key, err: failure(index) }, "charge failed");
    const [level] = LEVELS[index % LEVELS.length] ?? LEVELS[0];
    worker[level]({ key, order: { id: index }, card: { number: "4111" } }, "pino %d", index); // the call
  };
}

/** @param {number} index */
function failure(index) {
  return Object.assign(new RangeError(`limit ${index}`, { cause: new TypeError("no limit") }), { code: "E_LIMIT" });
}

/** @param {number} index @returns {import("../expectation.mjs").Expected} */
export function expected(index) {
  if (index % 10 === 9) {
    return {
      scope: "worker",
      severityNumber: 17,
      severityText: "ERROR",
      body: string("charge failed"),
      attributes: { queue: string("orders"), ...exceptionOf(failure(index)) },
    };
  }
  const [, severityNumber, severityText] = LEVELS[index % LEVELS.length] ?? LEVELS[0];
  return {
    scope: "worker",
    severityNumber,
    severityText,
    code: { function: "work", ...place },
    body: string(`pino ${index}`),
    attributes: {
      queue: string("orders"),
      order: map({ id: int(index) }),
      card: map({ number: string("[Redacted]") }),
    },
  };
}
