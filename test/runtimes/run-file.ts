// First: vitest's functions look for the settings as soon as they are used.

import { GLOBAL_EXPECT, getState, type MatcherState, setState } from "@vitest/expect";
import { type File, type Suite, startTests, type Task, type Test, type VitestRunner } from "@vitest/runner";
import { createExpect, vi } from "vitest";
import { endReading, missing, takeTouched } from "./missing.ts";
import { settings } from "./vitest-state.ts";

/** How a test ended. */
export interface TestReport {
  /** The titles of the test and of what it stands in, joined by " > ". */
  readonly name: string;
  readonly state: "passed" | "failed" | "skipped";
  readonly error?: string;
  /** What the test needs and the runtime lacks, where that is why it failed. */
  readonly missing?: readonly string[];
}

/** How the tests of a file ended. */
export interface FileReport {
  /** The path from the root of the repository. */
  readonly file: string;
  readonly tests: readonly TestReport[];
  /** Why the file could not be read as tests, or what failed outside of all of them. */
  readonly error?: string;
  readonly missing?: readonly string[];
}

/**
 * Runs the tests of a file as vitest does, by its own runner and its own `expect`.
 *
 * @param file the path from the root of the repository
 * @param load imports the file
 */
export async function runFile(file: string, load: () => Promise<unknown>): Promise<FileReport> {
  // Only a server that delivers the modules can load them anew.
  Object.assign(vi, { resetModules: missing("vi.resetModules"), doMock: missing("vi.doMock") });
  const missed = new Map<string, readonly string[]>();
  const [result] = await startTests([file], runnerOf(load, missed));
  if (!result) return { file, tests: [], error: "the runner gave nothing" };
  const failed = [result, ...suitesIn(result)].filter(({ id, result: outcome }) => outcome?.errors && !missed.has(id));
  const error = failed
    .flatMap((suite) => suite.result?.errors ?? [])
    .map(errorText)
    .join("\n");
  const lacks = missed.get(result.id);
  return {
    file,
    tests: testsIn(result).map((test) => reportOf(test, missed)),
    ...(error !== "" && { error }),
    ...(lacks && { missing: lacks }),
  };
}

/** @param missed gets what a test, a suite or the file needed and is missing, by the task's id */
function runnerOf(load: () => Promise<unknown>, missed: Map<string, readonly string[]>): VitestRunner {
  const note = (task: Task | File, failed: boolean): void => {
    const touched = takeTouched();
    if (failed && touched.length > 0) missed.set(task.id, touched);
  };
  return {
    config: {
      ...settings,
      root: "/",
      setupFiles: [],
      name: undefined,
      passWithNoTests: false,
      testNamePattern: undefined,
      allowOnly: false,
      sequence: { seed: 0, hooks: "stack", setupFiles: "list" },
      chaiConfig: undefined,
      maxConcurrency: 5,
      retry: 0,
      includeTaskLocation: false,
      tags: [],
      tagsFilter: undefined,
      strictTags: false,
    },
    importFile: load,
    onCollected([file]) {
      endReading();
      if (file) note(file, file.result?.state === "fail");
    },
    onBeforeTryTask: beginAssertions,
    onAfterTryTask: checkAssertions,
    onAfterRunTask: (test) => note(test, test.result?.state === "fail"),
    onAfterRunSuite: (suite) => note(suite, (suite.result?.errors?.length ?? 0) > 0),
    extendTaskContext(context) {
      let own: ReturnType<typeof createExpect> | undefined;
      Object.defineProperty(context, "expect", {
        get() {
          own ??= createExpect(context.task);
          return own;
        },
      });
      return context;
    },
  };
}

function beginAssertions(test: Test): void {
  const begun: Partial<MatcherState> = {
    assertionCalls: 0,
    isExpectingAssertions: false,
    isExpectingAssertionsError: null,
    expectedAssertionsNumber: null,
    expectedAssertionsNumberErrorGen: null,
    currentTestName: test.name,
  };
  setState(begun, globalExpect());
}

function checkAssertions(): void {
  const state = getState(globalExpect());
  const { assertionCalls, expectedAssertionsNumber: wanted, isExpectingAssertions } = state;
  if (typeof wanted === "number" && wanted !== assertionCalls) throw state.expectedAssertionsNumberErrorGen?.();
  if (isExpectingAssertions && assertionCalls === 0) throw state.isExpectingAssertionsError;
}

type Expect = Parameters<typeof getState>[0];

function globalExpect(): Expect {
  return (globalThis as unknown as Record<typeof GLOBAL_EXPECT, Expect>)[GLOBAL_EXPECT];
}

function testsIn(suite: Suite): readonly Test[] {
  return suite.tasks.flatMap((task) => (task.type === "suite" ? testsIn(task) : [task]));
}

function suitesIn(suite: Suite): readonly Suite[] {
  return suite.tasks.flatMap((task) => (task.type === "suite" ? [task, ...suitesIn(task)] : []));
}

/** The task, then the suites around it, the outermost last. */
function upwards(task: Task): readonly Task[] {
  return task.suite ? [task, ...upwards(task.suite)] : [task];
}

function reportOf(test: Test, missed: ReadonlyMap<string, readonly string[]>): TestReport {
  const name = upwards(test)
    .map((task) => task.name)
    .reverse()
    .join(" > ");
  const state = test.result?.state;
  if (state === "pass") return { name, state: "passed" };
  const around = [...upwards(test), test.file].map(({ id }) => missed.get(id)).find((found) => found !== undefined);
  if (around) return { name, state: "failed", error: errorsOf(test), missing: around };
  if (state === "fail") return { name, state: "failed", error: errorsOf(test) };
  return { name, state: "skipped" };
}

function errorsOf(test: Test): string {
  return (test.result?.errors ?? []).map(errorText).join("\n");
}

type ShownError = { message: string; stack?: string | undefined; diff?: string | undefined };

function errorText({ message, stack, diff }: ShownError): string {
  return [message, diff, stack?.split("\n").slice(0, 12).join("\n")].filter(Boolean).join("\n");
}
