// `npm run check:packages`: what publint and are-the-types-wrong say of the packed packages.
import { readFileSync } from "node:fs";
import { packAll } from "./tarballs.mjs";
import { ensureBuilt, ensureInstalled, runInstalled } from "./workspace.mjs";

ensureInstalled();
ensureBuilt();
const { publint } = await import("publint");
const { formatMessage } = await import("publint/utils");

/**
 * Node reads "imports" of the nearest package.json, so dist/cjs needs its own; publint takes it for one that is ignored.
 * @param {import("publint").Message} message
 */
function isMistaken({ code, args }) {
  return (
    code === "NESTED_PACKAGE_JSON_FIELD_IGNORED" &&
    args.filePath === "./dist/cjs/package.json" &&
    args.field === "imports"
  );
}

for (const [name, tarball] of packAll()) {
  const bytes = readFileSync(tarball);
  const { messages, pkg } = await publint({
    pack: { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) },
    strict: true,
  });
  const wrong = messages.filter((message) => !isMistaken(message));
  console.log(`${name}: publint ${wrong.length === 0 ? "found nothing" : `found ${wrong.length}`}`);
  for (const message of wrong) console.error(`  ${message.type}: ${formatMessage(message, pkg)}`);
  if (wrong.length > 0) process.exit(1);
  runInstalled("@arethetypeswrong/cli/dist/index.js", [tarball, "--profile", "strict", "--format", "ascii"]);
}
