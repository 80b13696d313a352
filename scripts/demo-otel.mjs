// `npm run demo:otel`: installs and builds what is missing, then runs the legacy service with traces into a collector and a store.
import { join } from "node:path";
import { ensureBuilt, ensureInstalled, root, run } from "./workspace.mjs";

ensureInstalled();
ensureBuilt();
run(process.execPath, [join(root, "examples", "opentelemetry", "demo.mjs"), ...process.argv.slice(2)]);
