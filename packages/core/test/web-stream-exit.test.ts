import { expect, test } from "vitest";
import { program } from "./support/program.ts";

test("a Web stream that has begun gets what is logged before process.exit() in the turn in which it is added", async () => {
  const { stdout, code } = await program(`
    import { logger } from "@logbridge/core";
    import { writeSync } from "node:fs";
    const stream = new WritableStream({ write: (text) => void writeSync(1, text) });
    await new Promise((resolve) => setTimeout(resolve, 1));
    await logger.remove();
    logger.add(stream, { format: "{message}" });
    logger.error("cannot start");
    process.exit(3);`);
  expect({ stdout, code }).toEqual({ stdout: "cannot start\n", code: 3 });
});
