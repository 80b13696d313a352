import { expect, test } from "vitest";
import { program } from "./support/program.ts";

test("a pattern is compiled for texts of both widths before anybody uses it, and begins at the start", async () => {
  const { stdout } = await program(`
    import { setFlagsFromString } from "node:v8";
    import { readyPattern } from "@logbridge/core";
    setFlagsFromString("--allow-natives-syntax");
    const isCompiled = new Function("pattern", "return [%RegexpHasNativeCode(pattern, true), %RegexpHasNativeCode(pattern, false)]");
    const patterns = [/^(a+)\\d$/, /[\\x00-\\x1f]/g, /a/y, /\\p{L}/gu];
    console.log(JSON.stringify(patterns.map((pattern) => [isCompiled(pattern), isCompiled(readyPattern(pattern)), pattern.lastIndex])));
  `);
  // One that is a text and nothing else is searched for without being compiled.
  const compiled = [[false, false], [true, true], 0];
  expect(JSON.parse(stdout)).toEqual([compiled, compiled, [[false, false], expect.anything(), 0], compiled]);
});
