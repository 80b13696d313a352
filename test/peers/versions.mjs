/**
 * A version of a library that the adapters have to work with.
 * @typedef {object} Peer
 * @property {"winston" | "pino" | "log4js"} library
 * @property {string} version
 * @property {Record<string, string>} besides what is installed with it in a version of its own
 */

/** The oldest that the adapters' `peerDependencies` allow, some between, and the newest. @type {readonly Peer[]} */
export const peers = [
  { library: "winston", version: "3.2.0", besides: { "winston-transport": "4.3.0" } },
  { library: "winston", version: "3.8.2", besides: { "winston-transport": "4.5.0" } },
  { library: "winston", version: "3.19.0", besides: { "winston-transport": "4.9.0" } },
  { library: "pino", version: "7.0.0", besides: {} },
  { library: "pino", version: "8.21.0", besides: {} },
  { library: "pino", version: "9.0.0", besides: {} },
  { library: "pino", version: "10.4.0", besides: {} },
  { library: "log4js", version: "6.0.0", besides: {} },
  { library: "log4js", version: "6.4.7", besides: {} },
  { library: "log4js", version: "6.9.1", besides: {} },
];

/** @param {Peer} peer @returns {boolean} is it the oldest or the newest of its library? */
export function isAtAnEnd(peer) {
  const all = peers.filter((one) => one.library === peer.library);
  return peer === all[0] || peer === all.at(-1);
}

/** @param {Peer} peer */
export const nameOf = ({ library, version }) => `${library}@${version}`;

/** @param {string} version @param {string} limit @returns {boolean} is it an older one? Both without a suffix. */
export function isBelow(version, limit) {
  const [mine, theirs] = [version, limit].map((one) => one.split(".").map(Number));
  const at = [0, 1, 2].find((index) => mine?.[index] !== theirs?.[index]);
  return at !== undefined && Number(mine?.[at]) < Number(theirs?.[at]);
}
