/**
 * What a receiver does to requests. All of it is optional and counts from when the policy was set.
 * @typedef {object} Policy
 * @property {number} [delayMs] each request is answered only after this time
 * @property {number} [hang] so many requests are never answered
 * @property {Refusal} [refuse] so many requests are refused
 * @property {number} [rejectEach] partial success: so many records of each request are not taken
 * @property {number} [maxBytes] larger requests, unpacked, are refused for good: 413 and code 8 without RetryInfo
 * @property {string} [poison] requests with a record whose body is a text that contains this one are refused for good: 400 and code 3
 *
 * @typedef {object} Refusal
 * @property {number} times
 * @property {number} status of HTTP
 * @property {number} [code] of gRPC; default: what the specification has for the status
 * @property {number | string} [retryAfter] seconds for the header `Retry-After` and RetryInfo, or a text for the header alone
 */

/**
 * What becomes of a request.
 * @typedef {object} Verdict
 * @property {"answer" | "hang"} kind
 * @property {number} delayMs
 * @property {number} status
 * @property {number} code
 * @property {string} message
 * @property {number | string | undefined} retryAfter
 */

/** @type {Record<number, number>} */
const CODES = { 400: 3, 401: 16, 403: 7, 404: 12, 408: 4, 413: 8, 429: 8, 500: 13, 502: 14, 503: 14, 504: 4 };

/**
 * Applies a policy to one request after another.
 * @param {Policy} policy
 */
export function judgeOf(policy) {
  let hanging = policy.hang ?? 0;
  let refusals = policy.refuse?.times ?? 0;
  const { delayMs = 0, maxBytes = Number.POSITIVE_INFINITY, rejectEach = 0 } = policy;
  return {
    /** How many records of each request are not taken. */
    rejectEach,
    /**
     * What stands before a request is read.
     * @param {number} bytes
     * @returns {Verdict | null} null: nothing is against it
     */
    first(bytes) {
      if (hanging > 0) {
        hanging--;
        return { ...verdict(200, ""), kind: "hang" };
      }
      if (refusals > 0 && policy.refuse) {
        refusals--;
        const { status, code, retryAfter } = policy.refuse;
        return {
          ...verdict(status, "refused by policy"),
          ...(code === undefined ? {} : { code }),
          retryAfter,
          delayMs,
        };
      }
      if (bytes > maxBytes)
        return { ...verdict(413, `received message larger than max (${bytes} vs. ${maxBytes})`), delayMs };
      return null;
    },
    /**
     * What stands when its records are known.
     * @param {readonly import("./record.mjs").ReceivedRecord[]} records
     * @returns {Verdict}
     */
    last(records) {
      const { poison } = policy;
      const poisoned =
        poison !== undefined && records.some(({ body }) => typeof body === "string" && body.includes(poison));
      return { ...(poisoned ? verdict(400, "poisoned") : verdict(200, "")), delayMs };
    },
  };
}

/** @param {number} status @param {string} message @returns {Verdict} */
export function verdict(status, message) {
  const code = status === 200 ? 0 : (CODES[status] ?? 2);
  return { kind: "answer", delayMs: 0, status, code, message, retryAfter: undefined };
}
