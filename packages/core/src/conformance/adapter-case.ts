import { LogbridgeError, shown } from "../diagnostics.ts";
import { Bench } from "./bench.ts";
import { SCENARIOS } from "./cases/all.ts";
import type { Harness, Verb } from "./delivered.ts";
import { Examination } from "./examination.ts";
import { ALL, type CaseGroup, type Scenario } from "./scenario.ts";
import { checkWaivers, type Waivers } from "./waivers.ts";

/** Options of one run. */
export interface RunOptions {
  /**
   * Parts of a record that the foreign library has no place for, each with the place in that library which causes it.
   * At most three. A waiver that is not needed fails the case.
   */
  readonly cannot?: Waivers;
}

/** One case that every adapter of a direction must pass. */
export interface AdapterCase {
  /** A sentence of behaviour. */
  readonly name: string;
  readonly group: CaseGroup;
  readonly verb: Verb;
  /** Why it matters. */
  readonly explanation: string;
  /**
   * Builds the adapter for a fresh logger and compares what arrives.
   *
   * @throws ConformanceFailure where the adapter does not pass; LogbridgeError LB1451–LB1457 where harness or waivers are wrong
   */
  run(harness: Harness, options?: RunOptions): Promise<void>;
}

/**
 * The cases of a direction, for any test runner.
 *
 * @param verb which function of the adapter is tested
 * @throws LogbridgeError LB1450 for another verb
 * @example
 * for (const one of adapterCases("intercept")) test(one.name, () => one.run(harness, { cannot: {} }));
 */
export function adapterCases(verb: Verb): readonly AdapterCase[] {
  if (!ALL.includes(verb))
    throw new LogbridgeError(
      "LB1450",
      `adapterCases(): there is no verb ${shown(verb)}; allowed are ${ALL.join(", ")}`,
    );
  return SCENARIOS.filter(({ verbs }) => verbs.includes(verb)).map((scenario) => caseOf(scenario, verb));
}

function caseOf({ name, group, explanation, steps }: Scenario, verb: Verb): AdapterCase {
  const run = async (harness: Harness, options: RunOptions = {}): Promise<void> => {
    const { cannot = {} } = options;
    checkWaivers(cannot);
    const exam = new Examination(`${verb}, ${group}: ${name}`, explanation, cannot);
    const bench = new Bench(verb, harness, exam);
    try {
      await steps(bench);
    } finally {
      await bench.close();
    }
    exam.finish();
  };
  return { name, group, verb, explanation, run };
}
