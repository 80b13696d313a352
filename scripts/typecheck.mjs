// `npm run typecheck`: the strict rules of the builds over the packages, and tests, examples and scripts in one program.
import { ensureBuilt, ensureInstalled, runInstalled } from "./workspace.mjs";

ensureInstalled();
ensureBuilt();
for (const project of ["tsconfig.json", "scripts/tsconfig.json", "bench/tsconfig.json"])
  runInstalled("typescript/bin/tsc", ["-p", project]);
