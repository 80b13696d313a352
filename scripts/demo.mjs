// `npm run demo`: installs and builds what is missing, then runs the legacy service as it is and bridged.
import { join } from "node:path";
import { ensureBuilt, ensureInstalled, root, run } from "./workspace.mjs";

ensureInstalled();
ensureBuilt();
run(process.execPath, [join(root, "examples", "legacy-service", "demo.mjs"), ...process.argv.slice(2)]);
