import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { HALVES } from "./matrix/half.ts";
import { type Nest, OUTER_NAMES } from "./matrix/nest.ts";
import type { Outcome, Ring } from "./matrix/ring.ts";
import type { Done, Work } from "./matrix/run.ts";
import { runForJson } from "./program.ts";

const file = join(dirname(fileURLToPath(import.meta.url)), "matrix/run.ts");
const MODES = ["tee", "replace"] as const;

const run = async (work: Work): Promise<Done> => (await runForJson(file, JSON.stringify(work))) as Done;

const names = Object.keys(HALVES);
const pairs = names.flatMap((first, at) => names.slice(at + 1).map((second) => [first, second] as const));

function ringsOf(first: string, second: string): Ring[] {
  const made: Ring[] = [];
  for (const one of HALVES[first]?.ways ?? [])
    for (const other of HALVES[second]?.ways ?? [])
      for (const mode of MODES)
        for (const another of MODES)
          for (const slow of [false, true])
            made.push({ libraries: [first, second], ways: [one, other], modes: [mode, another], slow });
  return made;
}

describe("two intercepted libraries that are both outputs: every line once in each output, and the counts are true", () => {
  const rings = pairs.flatMap(([first, second]) => ringsOf(first, second));
  let done: Done;
  beforeAll(async () => {
    done = await run({ rings });
    expect(done.rings).toHaveLength(rings.length);
  }, 120_000);

  test.each(pairs)("%s and %s: as sink and by propagation, tee and replace, at once and slowly", (...pair) => {
    for (const [index, ring] of rings.entries()) {
      if (ring.libraries.join() !== pair.join()) continue;
      const { expected, ...outcome } = done.rings[index] as Outcome;
      expect(outcome, JSON.stringify(ring)).toEqual(expected);
    }
  });
});

describe("a library whose own output speaks through another one that is intercepted too", () => {
  test.each(OUTER_NAMES)(
    "%s",
    async (outer) => {
      const nests: Nest[] = names
        .filter((inner) => inner !== outer)
        .flatMap((inner) =>
          MODES.flatMap((mode) => MODES.map((another): Nest => ({ outer, inner, modes: [mode, another] }))),
        );
      const { nests: outcomes } = await run({ nests });
      const expected = nests.map(({ inner, modes: [mode, another] }) => {
        // A silenced library does not come to speak.
        if (mode === "replace") return { origins: [outer], printed: 0 };
        // What is printed to the console meanwhile is the library's output, and is printed.
        if (inner === "console") return { origins: [outer], printed: 1 };
        // Another logger's record is a record.
        return { origins: [outer, inner], printed: another === "tee" ? 1 : 0 };
      });
      for (const [index, outcome] of outcomes.entries())
        expect(outcome, JSON.stringify(nests[index])).toEqual(expected[index]);
      expect(outcomes).toHaveLength(nests.length);
    },
    60_000,
  );
});
