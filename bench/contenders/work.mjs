// What is logged, the same for every contender.

/** @param {number} index */
export function three(index) {
  return { userId: index, path: "/api/orders", ms: 12.5 };
}

/** Texts that need escaping, nesting, a list. @param {number} index */
export function eight(index) {
  return {
    userId: index,
    agent: 'Mozilla/5.0 "compatible"',
    path: "C:\\data\\orders",
    note: "line one\nline two",
    ok: true,
    ratio: 0.25,
    user: { id: 7, roles: ["admin", "ops"] },
    tags: ["a", "b", "c"],
  };
}

export const bound = { requestId: "9f1c2d3e", tenant: "acme" };
export const message = "request served";

/** With time and level in front, a line of 131 bytes. */
export const text =
  "request served in time and with all that was asked for, nothing left out, and logged for those who read it";
