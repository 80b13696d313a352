// `npm run release:version`: takes the changesets into versions and changelogs, and what is written with a version follows.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { packages, run } from "./workspace.mjs";

run("npx", ["changeset", "version"]);
for (const { name, folder, manifest } of packages())
  if (name === "@logbridge/adapter-otel")
    writeFileSync(
      join(folder, "src", "options", "package-version.ts"),
      `/** The version in package.json; a test keeps the two in step. */\nexport const PACKAGE_VERSION: string = "${manifest["version"]}";\n`,
    );
run("npm", ["install", "--package-lock-only"]);
