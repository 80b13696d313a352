import { createLogger, logger } from "@logbridge/core";
import { describe, expect, test } from "vitest";
import { program } from "./support/program.ts";

describe("first contact", () => {
  test("L-START-2 L-START-4 L-START-8 importing logger is enough: a line on stderr, nothing on stdout", async () => {
    const { stdout, stderr, code } = await program(`
      import { logger } from "@logbridge/core";
      logger.debug("That's it, beautiful and simple logging!");
    `);
    expect(code).toBe(0);
    expect(stdout).toBe("");
    expect(stderr).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \| DEBUG {4}\| .+:\d+ - That's it, beautiful and simple logging!\n$/,
    );
  });

  test("L-START-4 L-RM-3 the ready-made handler has the id 0 and its colours are asked for by FORCE_COLOR", async () => {
    const { stderr } = await program(
      `
      import { logger } from "@logbridge/core";
      logger.info("in colour");
      logger.handler(0).update({ format: "{message}" });
      logger.info("plain format");
      await logger.remove(0);
      logger.info("nobody hears this");
    `,
      { env: { FORCE_COLOR: "1" } },
    );
    const [first, second, third] = stderr.split("\n");
    expect(first).toContain("\u001b[32m");
    expect(second).toBe("plain format");
    expect(third).toBe("");
  });

  test("L-START-3 C-01a the same logger is reached from every module and under every name it is imported by", async () => {
    const again = await import("@logbridge/core");
    expect(again.logger).toBe(logger);
  });

  test("L-START-7 logger itself writes nothing: without handlers nothing happens", () => {
    const own = createLogger();
    expect(() => own.critical("into the void")).not.toThrow();
    expect(own.stats().handlers).toEqual([]);
  });

  test("L-START-9 a file beside the default handler: the same line on the console and in the file", async () => {
    const { stdout, stderr } = await program(`
      import { logger } from "@logbridge/core";
      import { mkdtempSync, readFileSync } from "node:fs";
      const file = mkdtempSync("/tmp/lb-") + "/runtime.log";
      logger.add(file);
      logger.debug("both places");
      process.stdout.write(readFileSync(file, "utf8"));
    `);
    expect(stdout).toContain("both places");
    expect(stdout).toBe(stderr);
  });

  test("L-ADD-SINK-20 the first handler that a user adds has the id 1", async () => {
    const { stdout } = await program(`
      import { logger } from "@logbridge/core";
      process.stdout.write([logger.add(() => {}), logger.add(() => {})].join(' '));
    `);
    expect(stdout).toBe("1 2");
  });

  test("L-RM-2 L-RM-5 remove() ends all handlers; what came after remove(id) is on the console only", async () => {
    const { stdout, stderr } = await program(`
      import { logger } from "@logbridge/core";
      import { mkdtempSync, readFileSync } from "node:fs";
      const file = mkdtempSync("/tmp/lb-") + "/x.log";
      const id = logger.add(file, { format: "{message}" });
      logger.info("before");
      await logger.remove(id);
      logger.info("after");
      await logger.remove();
      logger.info("nowhere");
      process.stdout.write(readFileSync(file, "utf8"));
    `);
    expect(stdout).toBe("before\n");
    expect(stderr).toMatch(/before\n.*after\n$/s);
    expect(stderr).not.toContain("nowhere");
  });
});
