/** @typedef {import("./core.mjs").Row} Row */
/** @typedef {import("./core.mjs").Contender} Contender */

// Bursts that are sent before the next: what a busy service logs in a part of a second.
const burst = 8_000;

// A service that has run for some seconds, not one whose engine is still translating: that is most of what the first hundred thousand records
// take, of anybody's, and it is done once.
const warm = 200_000;

/** @param {string} name @param {string} [work] @param {number} [count] @returns {Contender} */
const contender = (name, work = "plain", count = 200_000) => ({ name: `otel/${name}`, work, count, warm, burst });

/** @param {string} work @param {Contender} ours @param {Contender} theirs @param {number} target @returns {Row} */
const row = (work, ours, theirs, target) => ({
  work,
  durability: "received, both",
  ours,
  theirs,
  figure: "theirs / ours",
  target,
});

const plain = contender("logbridge");
const withCaller = contender("logbridge", "code");
const tagged = contender("logbridge", "tagged");

/** Records with three fields to a receiver of OTLP over HTTP with protobuf that is a process of its own. @type {readonly Row[]} */
export const rows = [
  row("against the SDK: emit, batch processor, exporter", plain, contender("sdk"), 3),
  row("with code.*, against the SDK with the same, from a stack's text", withCaller, contender("sdk", "code"), 2),
  row(
    "with code.*, against the SDK with the same, as cheap as it can be had",
    withCaller,
    contender("sdk", "code-by-site"),
    0,
  ),
  row(
    "with code.*, by tagged template, against the SDK with the same, known beforehand",
    tagged,
    contender("sdk", "placed-text"),
    2,
  ),
  row("with code.*, against the SDK without", withCaller, contender("sdk"), 0),
  row("with code.*, by tagged template, against the SDK without", tagged, contender("sdk", "text"), 0),
  row("against the SDK with batches as large as ours", plain, contender("sdk", "large"), 0),
  row("against @opentelemetry/winston-transport", plain, contender("winston"), 4),
  row("against pino-opentelemetry-transport, its worker too", plain, contender("pino"), 4),
  row("against @logtape/otel", plain, contender("logtape"), 4),
  row("against @loglayer/transport-opentelemetry", plain, contender("loglayer"), 4),
];
