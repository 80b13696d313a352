import { headline } from "../../legacy-service/compare/presentation.mjs";
import { SECRET } from "../../legacy-service/compare/requests.mjs";
import { table } from "../../legacy-service/compare/table.mjs";

/** Who has to have a record in the trace that is followed. */
const LIBRARIES = ["winston", "pino", "log4js", "console"];

/**
 * @typedef {object} Outcome
 * @property {import("../../legacy-service/compare/run.mjs").Run} service
 * @property {import("./rows.mjs").Row[]} rows
 * @property {readonly [name: string, logged: number, stored: number][]} sums
 * @property {readonly import("./collector-and-store.mjs").Stored[]} stored
 * @property {readonly import("./collector-and-store.mjs").Stored[]} trace what is stored of the trace that is followed
 */

/**
 * @param {Outcome} outcome
 * @returns {string[]} all that is wrong, one sentence each
 */
export function problemsOf({ service, rows, sums, stored, trace }) {
  const inTrace = new Set(trace.map(({ fields }) => fields["log.library"]));
  return [
    ...(service.code === 0 ? [] : [`the service ended with ${service.code}: ${service.stderr.trim().slice(-2000)}`]),
    ...rows
      .filter(({ lost, doubled }) => lost + doubled > 0)
      .map(({ source, lost, doubled }) => `${source}: ${lost} lost, ${doubled} doubled`),
    ...sums
      .filter(([, logged, kept]) => logged !== kept || logged === 0)
      .map(([name, logged, kept]) => `${name}: ${logged} logged, ${kept} stored`),
    ...LIBRARIES.filter((name) => !inTrace.has(name)).map((name) => `the trace has no record of ${name}`),
    ...(JSON.stringify(stored).includes(SECRET) ? ["the store holds the customers' secret"] : []),
  ];
}

/**
 * @param {Outcome} outcome
 * @param {{ request: string, traceId: string }} followed
 * @returns {string}
 */
export function outcomeText({ rows, sums, trace }, { request, traceId }) {
  const sources = rows.map(({ source, ...counts }) => [source, ...Object.values(counts).map(String)]);
  return [
    headline(`1. What became of request ${request}: trace ${traceId}, asked back`),
    `${trace.map(lineOf).join("\n")}\n`,
    headline("2. What each source has logged, by its own outputs, and what is asked back"),
    `${table(["source", "logged", "stored", "lost", "doubled"], sources)}\n`,
    headline("3. What the unified file holds, and what is asked back"),
    `${table(
      ["", "logged", "stored"],
      sums.map((cells) => cells.map(String)),
    )}\n\n`,
  ].join("");
}

function lineOf({ time, severity, scope, message, fields }) {
  const [first = ""] = message.split("\n");
  const columns = [
    new Date(time).toISOString().slice(11, -1),
    String(fields["log.library"]).padEnd(7),
    severity.padEnd(7),
  ];
  return `${columns.join(" ")} ${scope}: ${first}`;
}

/**
 * The last word: what was checked and held, or all that is wrong.
 *
 * @param {readonly string[]} problems
 * @returns {string}
 */
export function verdictText(problems) {
  if (problems.length > 0) return `This is wrong:\n${problems.map((text) => `- ${text}`).join("\n")}`;
  return "All that was logged is stored, once, what belongs to the trace in the trace, and the customers' secret nowhere.";
}
