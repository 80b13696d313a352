import { readFileSync } from "node:fs";
import { createLogger } from "@logbridge/core";
import { expect, test } from "vitest";

const source = readFileSync(new URL("../src/logger/logger.ts", import.meta.url), "utf8");

test("I-08 the documentation of every level method, as the editor shows it, names its severity", () => {
  const documented = [...source.matchAll(/\/\*\*([^/]*)\*\/\n {2}declare (\w+): LogMethod;/g)];
  const logger = createLogger();
  const seen: string[] = [];
  logger.add((_text, record) => seen.push(`\`${record.level.name}\` (${record.level.no})`), { level: 0 });
  for (const [, , method] of documented) logger[method as "info"]("m");
  expect(documented.map(([, , method]) => method)).toEqual(
    "trace debug info success warning warn error critical fatal".split(" "),
  );
  for (const [index, [, text]] of documented.entries()) expect(text).toContain(`severity ${seen[index]}`);
});
