import { createLogger } from "@logbridge/core";
import { expect, test } from "vitest";
import { setting } from "./support/setting.ts";

/** The length up to which a text is escaped in one piece. */
const PIECE = 1_048_576;

test.each([
  ["a control character", "\x01", "\\x01"],
  ["a pair of surrogates", "\ud83d\ude00", "\ud83d\ude00"],
  ["half of a pair", "\ud83d", "\\ud83d"],
  ["a carriage return", "\r", "\\r"],
])("a long text is escaped as a short one is: %s at the end of a piece", (_, text, shown) => {
  for (let before = PIECE - 2; before <= PIECE + 1; before++) {
    const { logger, texts } = setting();
    const filling = "-".repeat(before - 1);
    logger.info(`\x02${filling}${text}${"-".repeat(PIECE)}${text}`);
    // Compared here: millions of characters that differ would be printed.
    expect(texts[0] === `\\x02${filling}${shown}${"-".repeat(PIECE)}${shown}\n`).toBe(true);
  }
});

test("JSON of a long text escapes what JSON would let through", () => {
  const logger = createLogger();
  const lines: string[] = [];
  logger.add((line) => lines.push(line), { serialize: "flat" });
  logger.info("\x9f".repeat(PIECE));
  const [line = ""] = lines;
  expect(line.includes("\x9f")).toBe(false);
  expect((JSON.parse(line) as { message: string }).message).toBe("\x9f".repeat(PIECE));
});
