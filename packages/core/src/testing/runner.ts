import { LogbridgeTypeError, shown } from "../diagnostics.ts";

/** What a test runner gives to a test: `t` of node:test, the context of vitest, or their functions of these names. */
export interface TestContext {
  after?(work: () => void): unknown;
  onTestFinished?(work: () => void): unknown;
}

type Hook = (work: () => void) => unknown;

/** Functions that jest has always, and vitest, mocha and others where they are asked for. */
interface Globals {
  readonly beforeEach?: Hook;
  readonly afterEach?: Hook;
  readonly afterAll?: Hook;
  readonly after?: Hook;
  readonly expect?: { getState?(): { readonly currentTestName?: string } };
}

/** What is cleaned up at the end of a test, and of the file where it began outside of tests. */
class CleanUp {
  readonly #ofTest = new Set<() => void>();
  readonly #ofFile = new Set<() => void>();
  #inTest = false;

  add(work: () => void): void {
    (this.#inTest ? this.#ofTest : this.#ofFile).add(work);
  }

  /** True where the runner calls back. Hooks are for files: a runner refuses them inside of a test. */
  register(globals: Globals): boolean {
    const { beforeEach, afterEach, afterAll = globals.after, expect } = globals;
    if (typeof beforeEach !== "function" || typeof afterEach !== "function") return false;
    try {
      if (expect?.getState?.().currentTestName) return false;
      beforeEach(() => {
        this.#inTest = true;
      });
      afterEach(() => {
        this.#inTest = false;
        run(this.#ofTest);
      });
      afterAll?.(() => run(this.#ofFile));
      return true;
    } catch {
      return false;
    }
  }
}

function run(works: Set<() => void>): void {
  for (const work of works) work();
  works.clear();
}

const cleanUp = new CleanUp();
const registered = cleanUp.register(globalThis as Globals);

/**
 * Runs `work` when the test ends: by the context, else by the hooks that the runner has as globals.
 *
 * @throws LogbridgeTypeError LB1057 for a context that is none
 */
export function whenTestEnds(work: () => void, context: TestContext | undefined): void {
  if (context === undefined) {
    if (registered) cleanUp.add(work);
    return;
  }
  const hook = (context as TestContext | null)?.after ?? (context as TestContext | null)?.onTestFinished;
  if (typeof hook !== "function")
    throw new LogbridgeTypeError(
      "LB1057",
      `captureLogs(): option context must have after() or onTestFinished(), as the context of a test has, got ${shown(context)}`,
    );
  hook.call(context, work);
}
