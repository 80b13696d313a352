/**
 * One agent beside us.
 * @typedef {object} Combination
 * @property {string} agent
 * @property {string} library
 * @property {"below" | "loaded first" | "above"} place
 * @property {"tee" | "replace"} mode
 */

/** What a trace id is called in the lines of each agent. */
const IDS = {
  "dd-trace": (/** @type {any} */ line) => line.dd?.trace_id,
  "@opentelemetry/instrumentation-winston": (/** @type {any} */ line) => line.trace_id,
  "@opentelemetry/instrumentation-pino": (/** @type {any} */ line) => line.trace_id,
};

/**
 * Every combination that is possible.
 * @returns {Combination[]}
 */
export function combinations() {
  /** @type {Combination[]} */
  const made = [];
  for (const mode of /** @type {const} */ (["tee", "replace"])) {
    for (const library of ["winston", "pino"]) {
      for (const agent of ["dd-trace", `@opentelemetry/instrumentation-${library}`])
        for (const place of /** @type {const} */ (["below", "loaded first", "above"]))
          made.push({ agent, library, place, mode });
    }
  }
  return made;
}

/**
 * Is everything there, each once?
 * @param {Combination} combination
 * @param {{ lines: any[], records: any[] }} got
 * @returns {string[]} what is wrong
 */
export function problemsOf({ agent, mode, place }, { lines, records }) {
  /** @type {string[]} */
  const problems = [];
  const expect = (/** @type {string} */ what, /** @type {unknown} */ is, /** @type {unknown} */ should) => {
    if (JSON.stringify(is) !== JSON.stringify(should))
      problems.push(`${what}: expected ${JSON.stringify(should)}, got ${JSON.stringify(is)}`);
  };
  const both = ["both", "both, child"];
  const alone = ["theirs alone", "theirs alone, child"];
  const idOf = IDS[/** @type {keyof typeof IDS} */ (agent)];
  const texts = lines.map((line) => line.message ?? line.msg);
  expect("lines of the library", texts, mode === "tee" ? [...both, ...alone] : alone);
  // dd-trace leaves alone what was loaded before it, with us and without.
  const traced = agent === "dd-trace" && place === "above" ? 0 : lines.length;
  expect("trace ids in them", lines.filter((line) => idOf(line)).length, traced);
  expect(
    "our records",
    records.map(({ message }) => message),
    both,
  );
  expect(
    "their callers",
    records.map(({ file }) => file),
    ["program.cjs", "program.cjs"],
  );
  return problems;
}
