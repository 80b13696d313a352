// What the reports of a runtime come to.

/** @typedef {import("./run-file.ts").FileReport} FileReport */
/** @typedef {import("./left-out.mjs").Exception} Exception */

/** What tells of a test that it needs what the runtime lacks, and of the library that it says so. */
const REFUSALS = [
  { said: /\[LB1011\]/, needs: "AsyncLocalStorage" },
  { said: /\[LB1036\]/, needs: "an inspector" },
  { said: /Code generation from strings disallowed/, needs: "code from texts (eval)" },
];

/**
 * @typedef {object} Verdict
 * @property {number} files
 * @property {number} passed
 * @property {number} skipped by the tests themselves
 * @property {Map<string, number>} leftOut how many tests, by the reason
 * @property {string[]} failures texts for whoever mends them
 * @property {Set<string>} failed the files that these are of
 */

/**
 * @param {readonly FileReport[]} reports
 * @param {readonly Exception[]} exceptions of this runtime
 * @returns {Verdict}
 */
export function judge(reports, exceptions) {
  /** @type {Verdict} */
  const verdict = { files: reports.length, passed: 0, skipped: 0, leftOut: new Map(), failures: [], failed: new Set() };
  for (const report of reports) {
    const before = verdict.failures.length;
    judgeFile(
      report,
      exceptions.filter(({ file }) => file === report.file),
      verdict,
    );
    if (verdict.failures.length > before) verdict.failed.add(report.file);
  }
  return verdict;
}

/** @param {FileReport} report @param {readonly Exception[]} exceptions of this file @param {Verdict} verdict */
function judgeFile({ file, tests, error, missing }, exceptions, verdict) {
  const needed = new Set();
  const excuse = (/** @type {string | null} */ name) => {
    const found = exceptions.find((one) => one.tests === undefined || (name !== null && one.tests.includes(name)));
    if (found) needed.add(`${exceptions.indexOf(found)} ${found.tests === undefined ? "" : name}`);
    return found?.reason;
  };
  const leaveOut = (/** @type {string} */ reason) =>
    verdict.leftOut.set(reason, (verdict.leftOut.get(reason) ?? 0) + 1);
  for (const test of tests) {
    if (test.state === "passed") verdict.passed += 1;
    else if (test.state === "skipped" && error === undefined) verdict.skipped += 1;
    else if (lackOf(test) !== null) leaveOut(`needs ${lackOf(test)}`);
    else {
      const reason = excuse(test.name);
      if (reason !== undefined) leaveOut(reason);
      else if (test.state === "failed") verdict.failures.push(`${file} > ${test.name}\n${test.error}`);
    }
  }
  if (error !== undefined) {
    const reason = missing ? `needs ${missing[0]}` : excuse(null);
    if (reason === undefined) verdict.failures.push(`${file}\n${error}`);
    else if (tests.length === 0) leaveOut(reason);
  }
  for (const [at, { tests: named, reason, unsteady }] of exceptions.entries())
    for (const name of named ?? [""])
      if (!unsteady && !needed.has(`${at} ${name}`))
        verdict.failures.push(`${file} > ${name || "all"}: passes or is not there, though it is left out: ${reason}`);
}

/** @param {import("./run-file.ts").TestReport} test @returns {string | null} what it needs and the runtime lacks */
function lackOf({ missing, error = "" }) {
  return missing?.[0] ?? REFUSALS.find(({ said }) => said.test(error))?.needs ?? null;
}

/** @param {Verdict} verdict @returns {string} */
export function lineOf({ files, passed, skipped, leftOut, failures }) {
  const out = [...leftOut].sort(([, one], [, other]) => other - one);
  const total = out.reduce((sum, [, count]) => sum + count, 0);
  const reasons = out.map(([reason, count]) => `${count} ${reason}`).join(", ");
  return [
    `${passed} tests passed in ${files} files`,
    `${failures.length} failed`,
    total === 0 ? "0 left out" : `${total} left out (${reasons})`,
    ...(skipped > 0 ? [`${skipped} skip themselves`] : []),
  ].join(", ");
}
