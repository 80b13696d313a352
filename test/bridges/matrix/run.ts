// Runs by itself: `run.ts '{"rings":[…],"nests":[…]}'` runs one after the other in one process and writes what each did to descriptor 3.
import { writeSync } from "node:fs";
import { type Nest, type Nested, runNest } from "./nest.ts";
import { type Outcome, type Ring, runRing } from "./ring.ts";

/** What is to be run. */
export interface Work {
  readonly rings?: readonly Ring[];
  readonly nests?: readonly Nest[];
}

/** What it did. */
export interface Done {
  readonly rings: readonly Outcome[];
  readonly nests: readonly Nested[];
}

const { rings = [], nests = [] } = JSON.parse(process.argv[2] as string) as Work;
const done: { rings: Outcome[]; nests: Nested[] } = { rings: [], nests: [] };
for (const ring of rings) done.rings.push(await runRing(ring));
for (const nest of nests) done.nests.push(await runNest(nest));
writeSync(3, JSON.stringify(done));
