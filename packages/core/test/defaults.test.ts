import { createLogger } from "@logbridge/core";
import { describe, expect, test } from "vitest";
import { program } from "./support/program.ts";

const START = Date.UTC(2024, 2, 9, 8, 5, 4, 70);

describe("what holds where nobody said anything", () => {
  test("L-START-5 handler 0 and an added one take DEBUG and above, and leave TRACE out", async () => {
    const { stdout, stderr } = await program(`
      import { logger } from "@logbridge/core";
      const added = [];
      const id = logger.add((text, record) => added.push(record.level.name));
      for (const method of ["trace", "debug", "info"]) logger[method](method);
      process.stdout.write(JSON.stringify({ added, levels: [0, id].map((one) => logger.handler(one).level) }));
    `);
    expect(JSON.parse(stdout)).toEqual({ added: ["DEBUG", "INFO"], levels: [10, 10] });
    expect(stderr.match(/- \w+$/gm)).toEqual(["- debug", "- info"]);
  });

  test("L-START-6 the line is local time to the millisecond, level to 8 places, name:function:line and the message", () => {
    const logger = createLogger({ clock: () => START, timeZone: "Europe/Paris" }).forModule("shop/cart");
    const plain: string[] = [];
    const coloured: string[] = [];
    let line = 0;
    logger.add(
      (text, record) => {
        plain.push(text);
        line = record.line ?? 0;
      },
      { colorize: false },
    );
    logger.add((text) => coloured.push(text), { colorize: true });
    function checkout(): void {
      logger.warning("stock is low");
    }
    checkout();
    expect(line).toBeGreaterThan(0);
    expect(plain).toEqual([`2024-03-09 09:05:04.070 | WARNING  | shop/cart:checkout:${line} - stock is low\n`]);
    const [green, cyan, level, off] = ["\u001b[32m", "\u001b[36m", "\u001b[33m\u001b[1m", "\u001b[0m"];
    const place = ["shop/cart", "checkout", line].map((part) => `${cyan}${part}${off}`).join(":");
    expect(coloured).toEqual([
      `${green}2024-03-09 09:05:04.070${off} | ${level}WARNING ${off} | ${place} - ${level}stock is low${off}\n`,
    ]);
  });
});
