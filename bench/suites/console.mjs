/** @typedef {import("./core.mjs").Row} Row */

const PEER = "console.log: in the kernel when the call returns";
const GATHERED = `ours gathered (64 KiB or 50 ms, the rest at exit); ${PEER}`;

/**
 * One kind of call, through the interception and without it.
 * @param {string} work
 * @param {string} call what is printed, and how our file is written
 * @param {number} target
 * @param {string} durability
 * @returns {Row}
 */
function against(work, call, target, durability = GATHERED) {
  // Measured is what a record costs once the engine has translated the code: that is paid once.
  const [count, warm] = [800_000, 400_000];
  return {
    work,
    durability,
    ours: { name: "console-intercepted", work: call, count, warm },
    theirs: { name: "console", work: call, count, warm },
    figure: "theirs / ours",
    target,
  };
}

/** @type {readonly Row[]} */
export const rows = [
  against("a text, the same bytes", "text", 8),
  against("a text with %s, the same bytes", "percent", 8),
  against("a text and an object, the same bytes", "object", 2.2),
  against("a text, with time and level in front", "text-timed", 0),
  against("a text and an object, as flat JSON with the object's fields", "object-json", 0),
  against("a text, the same bytes, line by line", "text-line", 0, `line, both: ${PEER}`),
];
