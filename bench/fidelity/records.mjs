// Twelve records that ask something of a way to OpenTelemetry; each side logs them as its own documentation would.

/**
 * @typedef {object} Asked
 * @property {string} id stands as the message, but for the record whose message is structured
 * @property {"info" | "error" | "fatal" | "success"} level
 * @property {Record<string, unknown>} [fields]
 * @property {Error} [error]
 * @property {Record<string, unknown>} [structured] the message itself
 */

const root = new RangeError("no route to host");
const middle = new Error("connect failed", { cause: root });
const outermost = Object.assign(new TypeError("save failed", { cause: middle }), { code: "E_TOP" });
const both = new AggregateError([new Error("left failed"), new SyntaxError("right failed")], "both failed");

/** @type {Record<string, unknown>} */
const circular = { name: "ring", ok: 1 };
circular["self"] = circular;

export const DATE = new Date(Date.UTC(2026, 1, 3, 4, 5, 6, 789));
export const STRUCTURED = { event: "paid", lines: [{ sku: "a-1", count: 2 }], total: 12.5 };

/** @type {readonly Asked[]} */
export const records = [
  { id: "plain", level: "info", fields: { user: "ann", count: 3, ratio: 0.5, ok: true } },
  { id: "structured", level: "info", structured: STRUCTURED },
  { id: "traced", level: "info" },
  { id: "error", level: "error", error: outermost },
  { id: "aggregate", level: "error", error: both },
  { id: "numbers", level: "info", fields: { date: DATE, small: 12n, huge: 2n ** 70n, nan: Number.NaN } },
  { id: "collections", level: "info", fields: { map: new Map([["a", 1]]), set: new Set(["x", "y"]) } },
  { id: "bytes", level: "info", fields: { buffer: Buffer.from("hi") } },
  { id: "circular", level: "info", fields: { circular } },
  { id: "absent", level: "info", fields: { nothing: null, missing: undefined, list: [1, null, 3] } },
  { id: "success", level: "success" },
  {
    id: "many",
    level: "fatal",
    fields: Object.fromEntries(Array.from({ length: 131 }, (_, index) => [`field${index}`, index])),
    error: new TypeError("one too many"),
  },
];

/** The trace that the third record is logged in. */
export const SPAN = {
  traceId: "0af7651916cd43dd8448eb211c80319c",
  spanId: "b7ad6b7169203331",
  traceFlags: 1,
};

/** Names the part of the program that logs. */
export const SCOPE = "shop/orders";
