import { expect, test } from "vitest";
import { program } from "./support/program.ts";

test.each(["text", "message", "fails", "json"])(
  "a text of 70 million control characters ends no process: %s",
  async (how) => {
    const { code, stdout, stderr } = await program(
      `
      import { createLogger } from "@logbridge/core";
      const [, , how] = process.argv;
      const logger = createLogger();
      let length = 0;
      const write = (text) => {
        if (how === "fails") throw new Error("full");
        length = text.length;
      };
      if (how === "message") logger.add({ needs: { text: false }, write: (_, { message }) => write(message) }, { format: "{message}" });
      else logger.add(write, how === "json" ? { serialize: "flat" } : {});
      logger.info("\\u0001".repeat(70e6));
      console.log(\`\${length > 1e6 || how === "fails"} \${logger.stats().handlers[0].dropped}\`);
    `,
      { args: [how] },
    );
    expect(code).toBe(0);
    expect(stdout).toBe(how === "fails" ? "true 1\n" : "true 0\n");
    expect(stderr.length).toBeLessThan(100_000);
  },
  120_000,
);

test("a text that would be longer than a string can be is a record that failed, and the report of it is short", async () => {
  const { code, stdout, stderr } = await program(`
    import { createLogger } from "@logbridge/core";
    const logger = createLogger();
    logger.add(() => {});
    logger.info("\\u2028".repeat(91e6));
    console.log(JSON.stringify(logger.stats().handlers[0]));
  `);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ sent: 0, dropped: 1 });
  expect(stderr).toMatch(
    /LB2001.*\n {2}record: INFO .*more characters\]\n {2}error: RangeError: Invalid string length/,
  );
  expect(stderr.length).toBeLessThan(100_000);
}, 120_000);
