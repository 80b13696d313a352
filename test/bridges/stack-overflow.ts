import { expect } from "vitest";
import { program } from "./program.ts";

/** How the records of the program are written, which mode the console is in, and how many calls came before. */
export interface Circumstances {
  readonly format: "text" | "json" | "flat" | "logfmt";
  readonly mode: "tee" | "replace";
  readonly earlier: number;
}

/** A visitor that ends in a stack overflow, and logs what it has caught at each level: the first calls have next to no stack left. */
export async function expectLogged({ format, mode, earlier }: Circumstances): Promise<void> {
  const options = format === "text" ? {} : { serialize: format === "json" ? true : format };
  const { code, stdout, stderr } = await program(`
    import { createLogger } from "@logbridge/core";
    import { interceptConsole } from "@logbridge/intercept-console";
    const logger = createLogger();
    let records = 0;
    const earlier = ${earlier};
    logger.add(() => void records++, ${JSON.stringify(options)});
    const { restore } = interceptConsole({ logger, mode: "${mode}" });
    for (let index = 0; index < earlier; index++) console.log("request", index);
    function visit(node) {
      try {
        return visit({ child: node });
      } catch {
        console.error("visit failed");
      }
    }
    visit({});
    restore();
    console.log(records - earlier + logger.stats().handlers[0].dropped);
  `);
  expect(code).toBe(0);
  // Where the stack does not suffice for a record, it is counted as lost, or the console's own line is printed.
  const counted = Number(stdout.trim().split("\n").at(-1));
  expect(counted > 0 || stderr.includes("visit failed")).toBe(true);
  expect(stderr).not.toContain("FATAL");
}
