// `npm run typecheck`: the strict rules of the builds over the packages, and tests, examples and scripts in one program.
import { ensureBuilt, ensureInstalled, runInstalled } from "./workspace.mjs";

ensureInstalled();
ensureBuilt();
runInstalled("typescript/bin/tsc", ["-p", "tsconfig.json"]);
