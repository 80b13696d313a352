// Has all arrived that a run has logged, each record once and as it has to be?
import { createReadStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { isDeepStrictEqual } from "node:util";
import { string } from "./any-value.mjs";
import { arrivalsOf } from "./arrivals.mjs";
import { differences } from "./expectation.mjs";
import { FILES, keyOf, RESOURCE, SOURCES, spanOf } from "./plan.mjs";
import { SPECIALS } from "./special-values.mjs";

const SHOWN = 20;
/** Under this name the sink says that it has dropped something. */
const OWN_SCOPE = "@logbridge/adapter-otel";
/** What no request over gRPC may be larger than, by the receiver's own limit. */
const TOO_LARGE = SPECIALS.flatMap(({ isTooLargeForGrpc }, index) => (isTooLargeForGrpc ? [keyOf("core", index)] : []));
const resource = Object.fromEntries(Object.entries(RESOURCE).map(([key, value]) => [key, string(value)]));

/**
 * @typedef {object} Run
 * @property {string} folder
 * @property {string} protocol
 * @property {number} count for each source
 * @property {string} stderr of the process that logs
 *
 * @typedef {object} Verdict
 * @property {number} logged
 * @property {number} arrived different ones
 * @property {readonly string[]} problems the first of all that is wrong
 */

/** @param {Run} run @returns {Promise<Verdict>} */
export async function check(run) {
  const open = logged(run.count);
  const all = open.size;
  const known = {
    noted: await byField(join(run.folder, FILES.notes), "key"),
    spans: await byField(join(run.folder, FILES.spans), "name"),
  };
  /** @type {string[]} */
  const problems = [];
  let notices = 0;
  for await (const arrival of arrivalsOf(join(run.folder, FILES.arrived))) {
    const key = String(arrival.attributes.get("key")?.["stringValue"]);
    const what = open.get(key);
    if (what) problems.push(...differences(arrival, { key, resource, ...expectationOf(what, run, known) }));
    else if (arrival.scope.name === OWN_SCOPE) notices += 1;
    else problems.push(`${key} came once more, or nobody has logged it: ${JSON.stringify(arrival.body)}`);
    open.delete(key);
  }
  const missing = [...open.keys()];
  const arrived = all - missing.length;
  problems.push(...losses(missing, run), ...accounts(run, { arrived, notices, missing }));
  return { logged: all, arrived, problems: problems.slice(0, SHOWN) };
}

/**
 * @typedef {{ name: string, index: number, expected: (index: number, protocol: string) => import("./expectation.mjs").Expected }} Logged
 */

/** @param {number} count @returns {Map<string, Logged>} */
function logged(count) {
  return new Map(
    SOURCES.flatMap(({ name, expected }) =>
      Array.from({ length: count }, (_, index) => [keyOf(name, index), { name, index, expected }]),
    ),
  );
}

/** @param {Logged} what @param {Run} run @param {{ noted: Map<string, any>, spans: Map<string, any> }} known */
function expectationOf({ name, index, expected }, { protocol }, { noted, spans }) {
  const { traceId, spanId } = spans.get(spanOf(name, index)) ?? {};
  return {
    expected: expected(index, protocol),
    noted: noted.get(keyOf(name, index)) ?? {},
    span: { traceId, spanId },
  };
}

/** What may be lost is what is too large for the protocol. @param {readonly string[]} missing @param {Run} run @returns {string[]} */
function losses(missing, { protocol }) {
  const allowed = protocol === "grpc" ? TOO_LARGE : [];
  const lost = missing.filter((key) => !allowed.includes(key));
  return [
    ...(lost.length > 0 ? [`${lost.length} records are lost: ${lost.slice(0, SHOWN)}`] : []),
    ...allowed.filter((key) => !missing.includes(key)).map((key) => `${key} is too large and came all the same`),
  ];
}

/**
 * What is lost is counted by the sink, and said: on stderr, and by a record, which counts as none of those that were logged.
 * @param {Run} run
 * @param {{ arrived: number, notices: number, missing: readonly string[] }} seen
 * @returns {string[]}
 */
function accounts({ folder, stderr }, { arrived, notices, missing }) {
  const { stats } = JSON.parse(readFileSync(join(folder, FILES.result), "utf8"));
  const told = {
    sent: stats.sent,
    dropped: stats.dropped,
    pending: stats.pending,
    notices,
    reports: stderr.match(/^logbridge LB/gm)?.length ?? 0,
    isQuiet: stderr === "",
  };
  const saying = Math.min(1, missing.length);
  const wanted = {
    sent: arrived,
    dropped: missing.length,
    pending: 0,
    notices: saying,
    reports: saying,
    isQuiet: missing.length === 0,
  };
  if (isDeepStrictEqual(told, wanted)) return [];
  return [`the sink says ${JSON.stringify(told)}, it is ${JSON.stringify(wanted)}: ${stderr}`];
}

/**
 * The lines of a file by one of their fields.
 * @param {string} file
 * @param {string} field
 * @returns {Promise<Map<string, any>>}
 */
async function byField(file, field) {
  const found = new Map();
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const one = JSON.parse(line);
    found.set(one[field], one);
  }
  return found;
}
