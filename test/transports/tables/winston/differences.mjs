// What differs for every transport, with the reason.
import { richer } from "../../row.mjs";

const WHY = "JSON.stringify() of an Error shows neither its message nor its causes; ours does";

/** An error in a payload that is JSON. @param {string} path @returns {import("../../row.mjs").Difference} */
export const errAt = (path) => richer(path, WHY, "err in JSON");

export const errInJson = errAt("err");

/** Where a format runs. @param {readonly string[]} paths @returns {import("../../row.mjs").Difference} */
export function ownProperties(paths) {
  const why = "winston makes fields of an error's own properties, and so do we where a format may mask them";
  const each = paths.map((path) => richer(path, why));
  return {
    what: "an error's own properties as fields",
    why,
    forgive: (native, bridged) =>
      each.reduce(
        ([theirs, ours], one) => one.forgive(theirs, ours),
        /** @type {readonly [any, any]} */ ([native, bridged]),
      ),
  };
}

/** An error in JSON that stands in a line of text. @type {import("../../row.mjs").Difference} */
export const errInText = {
  what: "err in JSON",
  why: WHY,
  forgive: (native, bridged) => {
    const [a, b] = [jsonIn(native), jsonIn(bridged)];
    if (!a || !b) return [native, bridged];
    const [theirs, ours] = errInJson.forgive(a.json, b.json);
    return [
      { before: a.before, json: theirs },
      { before: b.before, json: ours },
    ];
  },
};

/** @param {string} line */
function jsonIn(line) {
  const start = line.indexOf("{");
  try {
    return { before: line.slice(0, start), json: { ...JSON.parse(line.slice(start)), timestamp: "<masked>" } };
  } catch {
    return null;
  }
}

/** An error that stands as JSON text in a field. @param {string} key @returns {import("../../row.mjs").Difference} */
export function errAsText(key) {
  return {
    what: "err in JSON",
    why: WHY,
    forgive: (native, bridged) => {
      if (typeof native[key] !== "string" || typeof bridged[key] !== "string") return [native, bridged];
      const opened = (/** @type {any} */ payload) => ({ ...payload, [key]: JSON.parse(payload[key]) });
      return errAt(key).forgive(opened(native), opened(bridged));
    },
  };
}
