// `npm run test:long`: the tests that take long: every ring of two libraries, a thousand cycles each, full disks.
import { ensureBuilt, ensureInstalled, runInstalled } from "./workspace.mjs";

ensureInstalled();
ensureBuilt();
process.env["TEST_LONG"] = "1";
runInstalled("vitest/vitest.mjs", ["run", ...process.argv.slice(2)]);
