import { isDeepStrictEqual } from "node:util";
import { expectedOf, idsOf } from "./run.mjs";

/**
 * How the two sides of a row compare.
 * @typedef {object} Comparison
 * @property {number} native how many records arrived through the library itself
 * @property {number} bridged how many through logbridge
 * @property {number} equal how many payloads are equal, of those that arrived on both sides
 * @property {readonly string[]} problems why the row fails
 * @property {readonly string[]} remarks what else to know
 */

/**
 * @param {import("./row.mjs").Row} row
 * @param {import("./run.mjs").Outcome} native
 * @param {import("./run.mjs").Outcome} bridged
 * @returns {Comparison}
 */
export function compare(row, native, bridged) {
  /** @type {string[]} */
  const problems = [];
  const ours = idsOf(bridged.records);
  const theirs = idsOf(native.records);
  for (const [side, { failure, stderr }] of Object.entries({ native, bridged }))
    if (failure) problems.push(`${side}: ${failure}\n${stderr.slice(-2000)}`);
  const expected = expectedOf(row);
  if (theirs.size !== expected && !native.failure)
    problems.push(`native: ${theirs.size} records instead of ${expected} arrived`);
  const missing = [...theirs.keys()].filter((id) => !ours.has(id));
  if (missing.length > 0) problems.push(`bridged: ${missing.length} are missing: ${listed(missing)}`);
  for (const [side, found] of /** @type {const} */ ([
    ["native", theirs],
    ["bridged", ours],
  ])) {
    const often = [...found].filter(([, values]) => values.length > 1).map(([id]) => id);
    if (often.length > 0) problems.push(`${side}: ${often.length} arrived more than once: ${listed(often)}`);
  }
  const common = [...theirs.keys()].filter((id) => ours.has(id));
  const unequal = common.filter((id) => !same(row, theirs.get(id)?.[0], ours.get(id)?.[0]));
  for (const id of examples(unequal))
    problems.push([`${id} differs`, ...differences(row, theirs.get(id)?.[0], ours.get(id)?.[0])].join("\n  "));
  if (unequal.length > 0) problems.push(`${unequal.length} differ: ${listed(unequal)}`);
  if (
    !row.unordered &&
    !isDeepStrictEqual(
      common,
      [...ours.keys()].filter((id) => theirs.has(id)),
    )
  )
    problems.push("bridged: the order is another");
  return {
    native: theirs.size,
    bridged: ours.size,
    equal: common.length - unequal.length,
    problems,
    remarks: remarksOn(row, native, bridged, ours.size),
  };
}

/** @param {import("./row.mjs").Row} row @param {unknown} native @param {unknown} bridged @returns {readonly [unknown, unknown]} */
function forgiven(row, native, bridged) {
  let pair = /** @type {readonly [unknown, unknown]} */ ([native, bridged]);
  for (const { forgive } of row.differs ?? []) pair = forgive(...pair);
  return pair;
}

/** @param {import("./row.mjs").Row} row @param {unknown} native @param {unknown} bridged */
function same(row, native, bridged) {
  return isDeepStrictEqual(...forgiven(row, native, bridged));
}

/** The first places that differ. @param {import("./row.mjs").Row} row @param {unknown} native @param {unknown} bridged */
function differences(row, native, bridged) {
  /** @type {string[]} */
  const found = [];
  look(...forgiven(row, native, bridged), "");
  return found.slice(0, 5);

  /** @param {any} a @param {any} b @param {string} path */
  function look(a, b, path) {
    if (isDeepStrictEqual(a, b)) return;
    if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) {
      found.push(`${path || "all"}\n    native:  ${shown(a)}\n    bridged: ${shown(b)}`);
      return;
    }
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) look(a[key], b[key], `${path}.${key}`);
  }
}

/**
 * @param {import("./row.mjs").Row} row
 * @param {import("./run.mjs").Outcome} native
 * @param {import("./run.mjs").Outcome} bridged
 * @param {number} all
 */
function remarksOn(row, native, bridged, all) {
  const remarks = row.note ? [row.note] : [];
  // No reason to fail: what a transport has handed to the kernel may still be on its way.
  if (!bridged.failure && bridged.completed < all) {
    remarks.push(`${bridged.completed} after complete()`);
    if (bridged.removed < all) remarks.push(`${bridged.removed} after remove()`);
  }
  if (bridged.lasting) remarks.push(`keeps the process alive${native.lasting ? ", natively too" : ""}`);
  const codes = [...new Set(bridged.stderr.match(/\bLB\d{4}\b/g))];
  if (codes.length > 0) remarks.push(codes.join(" "));
  return remarks;
}

/** One for each kind of record. @param {readonly string[]} ids */
function examples(ids) {
  const kinds = new Map(ids.map((id) => [Number(id.slice(3)) % 20, id]));
  return [...kinds.values()].slice(0, 4);
}

/** @param {readonly string[]} ids */
function listed(ids) {
  return ids.length > 8 ? `${ids.slice(0, 8).join(" ")} …` : ids.join(" ");
}

/** @param {unknown} value */
function shown(value) {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 500 ? `${text.slice(0, 500)} …` : text;
}
