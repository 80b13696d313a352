import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Installation } from "./support/installation.ts";

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

/** The types leave no line behind, so a generated line is another one than the line that was written. */
const SOURCE = `
interface Invoice {
  readonly id: number;
}
import { logger } from "@logbridge/core";
void logger.remove();
logger.add((text: string) => void process.stdout.write(text), { format: "{line} {message}", colorize: false });
type Id = Invoice["id"];
function save(id: Id): void {
  throw new RangeError("no " + id); // THROW
}
function main(): void {
  logger.catch(save, { message: "caught" })(7); // CALL
  try {
    save(8); // AGAIN
  } catch (error) {
    logger.exception(error, "logged"); // LOGGED
  }
}
main();
`;

const lineOf = (mark: string): number => SOURCE.split("\n").findIndex((line) => line.includes(`// ${mark}`)) + 1;

let app: Installation;
beforeAll(() => {
  app = new Installation();
  app.write("src/main.ts", SOURCE);
  const flags = ["--noCheck", "--module", "nodenext", "--target", "es2022", "--outDir", "out"];
  app.tool("tsc", [...flags, "--sourceMap", "src/main.ts"]);
});
afterAll(() => app.remove());

function output(args: readonly string[]): string {
  const env = { ...process.env, NODE_OPTIONS: "", NODE_NO_WARNINGS: "1" };
  return execFileSync(process.execPath, args, { cwd: app.root, encoding: "utf8", env });
}

describe("frames of a trace stand where they were written", () => {
  test.each([
    ["compiled by tsc with maps, which the runtime was not told to read", () => ["out/main.js"]],
    ["compiled by tsc, with --enable-source-maps", () => ["--enable-source-maps", "out/main.js"]],
    ["run by tsx", () => ["--import", tsx, "src/main.ts"]],
  ])("%s", (_way, args) => {
    const text = output(args());
    const [caught = "", logged = ""] = text.split(/^(?=\d+ logged)/m);
    expect(caught).toMatch(new RegExp(`^${lineOf("CALL")} caught\n`));
    expect(caught).toMatch(new RegExp(`\n    at save \\(\\S*/src/main\\.ts:${lineOf("THROW")}:\\d+\\)\n`));
    expect(caught).toMatch(new RegExp(`\n  > at main \\(\\S*/src/main\\.ts:${lineOf("CALL")}:\\d+\\)\n`));
    expect(logged).toMatch(new RegExp(`^${lineOf("LOGGED")} logged\n`));
    expect(logged).toMatch(new RegExp(`\n  > at main \\(\\S*/src/main\\.ts:${lineOf("AGAIN")}:\\d+\\)\n`));
    // The source that is shown is the one that was written, its types included.
    expect(text).toMatch(new RegExp(`\n    --> ${lineOf("THROW")} \\|   throw .* // THROW\n`));
    expect(text).toMatch(new RegExp(`\n +${lineOf("THROW") - 1} \\| function save\\(id: Id\\): void \\{\n`));
  });
});
