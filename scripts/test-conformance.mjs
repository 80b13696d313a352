// `npm run test:conformance [-- FOLDER]`: runs tables of Loguru's behaviour against the sources, by default the copy in the repository.
import { join, resolve } from "node:path";
import { ensureInstalled, root, run } from "./workspace.mjs";

ensureInstalled();
// npm starts scripts in the workspace; a folder is meant from where npm was called.
const from = process.env["INIT_CWD"] ?? process.cwd();
const args = process.argv.slice(2).map((arg) => (arg.startsWith("--") ? arg : resolve(from, arg)));
run(process.execPath, [
  "--conditions=@logbridge/source",
  "--import",
  new URL("node_modules/tsx/dist/loader.mjs", new URL("..", import.meta.url)).href,
  join(root, "packages", "core", "test", "loguru", "main.ts"),
  ...args,
]);
