import { isDeepStrictEqual } from "node:util";
import { DATE, SCOPE, SPAN, STRUCTURED } from "./records.mjs";

/** @typedef {import("../../test/otlp-receiver/record.mjs").ReceivedRecord} ReceivedRecord */
/** @typedef {import("../../test/otlp-receiver/record.mjs").ReceivedValue} ReceivedValue */
/** @typedef {ReadonlyMap<string, ReceivedRecord>} Received by the id of what was asked */

/**
 * Something that a record has and a way to OpenTelemetry may lose.
 * @typedef {object} Aspect
 * @property {string} what
 * @property {(received: Received) => boolean | string} kept `true`: as it was; a text: what is there instead; `false`: nothing
 */

/** @type {readonly Aspect[]} */
export const aspects = [
  { what: "time of the call, finer than milliseconds", kept: (received) => [...received.values()].some(isFine) },
  { what: "structured message as the body", kept: of("structured", ({ body }) => same(body, STRUCTURED)) },
  { what: "trace and span, at the first records too", kept: of("traced", isTraced) },
  {
    what: "name of the logger as the scope",
    kept: of("plain", (one) => one.scope.name === SCOPE || code(one.scope.name)),
  },
  { what: "caller (`code.*`)", kept: of("plain", ({ attributes }) => Object.hasOwn(attributes, "code.file.path")) },
  {
    what: "texts, numbers, booleans",
    kept: of("plain", ({ attributes: { user, count, ratio, ok } }) =>
      same([user, count, ratio, ok], ["ann", 3, 0.5, true]),
    ),
  },
  { what: "class of an error (`exception.type`)", kept: of("error", errorClass) },
  {
    what: "code of an error",
    kept: of("error", ({ attributes }) => values(attributes).includes("E_TOP") && !isClass(attributes)),
  },
  {
    what: "stack of an error",
    kept: of("error", ({ attributes }) => texts(attributes).some((text) => STACK.test(text))),
  },
  { what: "chain of causes", kept: of("error", causes) },
  {
    what: "chain of causes as structure",
    kept: of("error", ({ attributes }) => values(attributes).includes("no route to host")),
  },
  { what: "inner errors of an `AggregateError`", kept: of("aggregate", innerErrors) },
  { what: "`Date`", kept: field("numbers", "date", (value) => value === DATE.toISOString()) },
  { what: "`BigInt` of 64 bits", kept: field("numbers", "small", (value) => value === 12) },
  { what: "larger `BigInt`, every digit", kept: field("numbers", "huge", (value) => value === String(2n ** 70n)) },
  { what: "`NaN`", kept: field("numbers", "nan", Number.isNaN) },
  { what: "`Map`", kept: field("collections", "map", (value) => same(value, { a: 1 })) },
  { what: "`Set`", kept: field("collections", "set", (value) => same(value, ["x", "y"])) },
  { what: "`Buffer` as bytes", kept: field("bytes", "buffer", (value) => same(value, new Uint8Array([104, 105]))) },
  { what: "circular object", kept: field("circular", "circular", (value) => same(value, RING)) },
  { what: "`null`", kept: of("absent", ({ attributes }) => attributes["nothing"] === null) },
  { what: "`undefined` is not `null`", kept: of("absent", ({ attributes }) => !Object.hasOwn(attributes, "missing")) },
  { what: "places in a list with `null`", kept: field("absent", "list", (value) => same(value, [1, null, 3])) },
  { what: "level of one's own, its name", kept: of("success", ({ severityText }) => /^success$/i.test(severityText)) },
  {
    what: "level of one's own, its severity",
    kept: of("success", ({ severityNumber }) => severityNumber === 10 || code(severityNumber)),
  },
  { what: "fatal is 21", kept: of("many", ({ severityNumber }) => severityNumber === 21) },
  { what: "131 attributes", kept: of("many", manyFields) },
  {
    what: "the error beside them",
    kept: of("many", ({ attributes }) => texts(attributes).some((text) => text.includes("one too many"))),
  },
];

const RING = { name: "ring", ok: 1, self: "[Circular]" };
const STACK = /TypeError: save failed[\s\S]*records\.mjs/;

/**
 * Which records arrived, by their ids.
 * @param {readonly ReceivedRecord[]} records
 * @returns {Received}
 */
export function byId(records) {
  return new Map(records.map((record) => [idOf(record), record]));
}

/** The only record whose message is no id is the structured one. @param {ReceivedRecord} record */
function idOf({ body }) {
  return typeof body === "string" && /^[a-z]+$/.test(body) ? body : "structured";
}

/** @param {string} id @param {(record: ReceivedRecord) => boolean | string} kept @returns {Aspect["kept"]} */
function of(id, kept) {
  return (received) => {
    const record = received.get(id);
    if (record) return kept(record);
    return id === "success" && "no such level";
  };
}

/** @param {string} id @param {string} name @param {(value: ReceivedValue | undefined) => boolean} isKept @returns {Aspect["kept"]} */
function field(id, name, isKept) {
  return of(id, ({ attributes }) => {
    const value = attributes[name];
    if (isKept(value)) return true;
    return Object.hasOwn(attributes, name) && code(shown(value));
  });
}

/** @param {ReceivedRecord} record */
const isFine = ({ timeUnixNano }) => timeUnixNano % 1_000_000n !== 0n;

/** @param {ReceivedRecord} record */
function isTraced({ traceId, spanId, flags }) {
  return same([traceId, spanId, flags & 0xff], Object.values(SPAN));
}

/** @param {ReceivedRecord} record */
function errorClass({ attributes }) {
  const type = attributes["exception.type"];
  if (type === "TypeError") return true;
  if (typeof type === "string") return code(type);
  return values(attributes).includes("TypeError") && "not by convention";
}

/** Does the code stand where the class should? @param {ReceivedRecord["attributes"]} attributes */
const isClass = (attributes) => attributes["exception.type"] === "E_TOP";

/** @param {ReceivedRecord} record */
function causes({ attributes }) {
  const all = texts(attributes).join("\n");
  const found = ["connect failed", "no route to host"].filter((message) => all.includes(message)).length;
  return found === 2 || (found === 1 && "the first");
}

/** @param {ReceivedRecord} record */
function innerErrors({ attributes }) {
  const all = texts(attributes).join("\n");
  return ["left failed", "right failed"].every((message) => all.includes(message));
}

/** @param {ReceivedRecord} record */
function manyFields({ attributes }) {
  const found = Object.keys(attributes).filter((key) => /^field\d+$/.test(key)).length;
  return found === 131 || `${found}`;
}

/** Every value in these, at whatever depth. @param {ReceivedValue} value @returns {ReceivedValue[]} */
function values(value) {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return [value];
  return Object.values(value).flatMap(values);
}

/** @param {ReceivedValue} value @returns {string[]} */
const texts = (value) => values(value).filter((one) => typeof one === "string");

/** Equal, whatever prototypes the maps have. @param {unknown} value @param {unknown} expected */
function same(value, expected) {
  return isDeepStrictEqual(structuredClone(value), structuredClone(expected));
}

/** @param {ReceivedValue | undefined} value */
function shown(value) {
  return typeof value === "string" ? value : JSON.stringify(value instanceof Uint8Array ? [...value] : value);
}

/** @param {unknown} text */
const code = (text) => `\`${String(text)}\``;
