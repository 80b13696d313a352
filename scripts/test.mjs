// `npm test`: installs and builds what is missing, then runs every test, the type tests and the structure checks.
import { ensureBuilt, ensureInstalled, runInstalled } from "./workspace.mjs";

ensureInstalled();
ensureBuilt();
runInstalled("vitest/vitest.mjs", ["run", "--typecheck", ...process.argv.slice(2)]);
